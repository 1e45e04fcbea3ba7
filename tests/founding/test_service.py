"""An installation is set up once, by whoever holds its link or its console."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from intranet.auth.models import Account
from intranet.core.db import db
from intranet.core.policy import Invalid, Refused
from intranet.founding import defaults, service
from intranet.founding.service import Founding
from intranet.members import queries as members_queries
from intranet.members.models import Body, Cooperative, Person
from intranet.polls.models import Procedure
from intranet.wiki.models import Layer
from tests.cast import Cast, acting
from tests.journal import happened

LOCALES = frozenset({"fr", "en"})
ANSWERS = Founding(
    "Rabots & Rayons", "fr", "Amel  Benali", " Amel@Example.org", "tilleul rabot rayon"
)


def found(answers: Founding = ANSWERS) -> int:
    with acting(None) as tx:
        return service.found_cooperative(tx, answers, LOCALES)


def test_the_first_person_is_a_member_and_administers(app: Flask) -> None:
    account = db.session.get_one(Account, found())
    assert account.email == "amel@example.org"
    assert account.is_administrator
    assert account.person.name == "Amel Benali"
    assert [period.status for period in account.person.periods] == ["member_employee"]
    assert members_queries.cooperative(db.session()).name == "Rabots & Rayons"


def test_the_bodies_of_the_law_are_there(app: Flask) -> None:
    found()
    assert {body.code: body.statuses for body in db.session.query(Body)} == {
        "AG": "member_employee member_external",
        "RC": "member_employee employee applicant",
    }
    assert happened() == [
        "CooperativeNamed",
        "PersonAdded",
        "CooperativeFounded",
        "BodyAdded",
        "BodyAdded",
        *["ProcedureDefined"] * 6,
    ]


def test_there_is_a_way_to_change_every_layer_of_rules(app: Flask) -> None:
    found()
    procedures = db.session.query(Procedure).all()
    changed = {layer for procedure in procedures for layer in procedure.layers.split()}
    assert changed == {str(layer) for layer in Layer}
    assert {procedure.version for procedure in procedures} == {1}
    assert happened().count("ProcedureDefined") == len(defaults.PROCEDURES)


def test_an_installation_is_set_up_once(app: Flask) -> None:
    found()
    with pytest.raises(Refused) as refusal:
        found(replace(ANSWERS, name="Une autre", email="other@example.org"))
    assert refusal.value.verdict.reason == "founding.already_set_up"
    assert db.session.query(Cooperative).count() == 1
    assert db.session.query(Person).count() == 1


def test_nobody_who_signs_in_founds_anything(cast: Cast) -> None:
    with acting(None) as tx:
        tx.session.query(Cooperative).update({"name": "x"})
    with pytest.raises(Refused), acting(cast.gwen) as tx:
        service.found_cooperative(tx, ANSWERS, LOCALES)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"person": ""}, "person"),
        ({"locale": "xx"}, "locale"),
        ({"email": "amel"}, "email"),
        ({"password": "court"}, "password"),
        ({"password": "Rabots & Rayons"}, "password"),
    ],
)
def test_what_is_wrong_is_named_by_field(app: Flask, change: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        found(replace(ANSWERS, **change))
    assert set(wrong.value.errors) == {field}
    assert db.session.query(Person).count() == 0
    assert happened() == []
