"""What was adopted and is not in the rules: found, noted, settled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from intranet.core.policy import Invalid, Refused
from intranet.decisions import effects as register
from intranet.members.queries import today
from intranet.rulebook import service
from intranet.rulebook.outstanding_queries import Outstanding, outstanding
from tests.cast import Cast, acting, as_reader
from tests.proposals.stage import Stage, a_change, set_up
from tests.wiki.writing import enact


@pytest.fixture
def stage(app: Flask, cast: Cast) -> Stage:
    return set_up(cast)


def decided(stage: Stage, title: str, audience: str = "workers", amends: str = "") -> str:
    """An adopted resolution, and what it does to an earlier decision."""
    with acting(None) as tx:
        entry = register.Entry(
            body_id=stage.cast.assembly,
            body_code="AG",
            title=title,
            text="Trois jours pour les parents.",
            result="adopted",
            decided_on=today(tx),
            origin_kind="by_hand",
            audience=audience,
        )
        number = register.enter(tx, entry).number
        if amends:
            register.link(tx, number, amends, "amends")
    return number


def seen(person_id: int) -> Outstanding:
    return outstanding(as_reader(person_id))


def test_an_adopted_text_stands_in_the_list_until_its_day(stage: Stage) -> None:
    day = today(as_reader(stage.cast.amel)) + timedelta(days=20)
    enact(stage.page_id, [a_change(stage)], decided(stage, "Trois jours"), day)
    [line] = seen(stage.cast.chloe).coming
    assert (line.page.slug, line.in_force_on, line.title) == ("teletravail", day, "Trois jours")
    assert seen(stage.cast.chloe).unwritten == ()
    assert seen(stage.cast.farid).coming == ()


def test_a_decision_that_amends_a_rule_without_writing_is_found(stage: Stage) -> None:
    decided(stage, "Sans rapport")
    number = decided(stage, "Les parents", amends=stage.origin)
    [line] = seen(stage.cast.chloe).unwritten
    assert (line.number, line.because) == (number, "")
    assert seen(stage.cast.farid).unwritten == ()


def test_what_members_note_stands_there_until_it_is_settled(stage: Stage) -> None:
    number = decided(stage, "Les parents")
    with acting(stage.cast.amel) as tx:
        service.note_debt(tx, number, "Télétravail", "le nombre de jours")
    [line] = seen(stage.cast.chloe).unwritten
    assert line.page is not None
    assert (line.number, line.page.slug, line.because) == (
        number,
        "teletravail",
        "le nombre de jours",
    )
    with acting(stage.cast.bruno) as tx:
        service.settle_debt(tx, number, "la règle le disait déjà")
    assert seen(stage.cast.chloe).unwritten == ()


def test_a_found_decision_can_be_settled_too(stage: Stage) -> None:
    number = decided(stage, "Les parents", amends=stage.origin)
    with acting(stage.cast.amel) as tx:
        service.settle_debt(tx, number, "rien à écrire")
    assert seen(stage.cast.chloe).unwritten == ()


def test_what_was_replaced_meanwhile_owes_nothing(stage: Stage) -> None:
    number = decided(stage, "Les parents", amends=stage.origin)
    with acting(None) as tx:
        register.link(tx, stage.origin, number, "repeals")
    assert seen(stage.cast.chloe).unwritten == ()


def test_only_those_who_keep_the_register_note(stage: Stage) -> None:
    number = decided(stage, "Les parents")
    with pytest.raises(Refused), acting(stage.cast.chloe) as tx:
        service.note_debt(tx, number, "", "le nombre de jours")


@pytest.mark.parametrize(
    ("number", "rule", "because", "field"),
    [
        ("AG-1999-001", "", "quelque chose", "number"),
        ("", "Rien de tel", "quelque chose", "rule"),
        ("", "", " ", "because"),
    ],
)
def test_a_note_names_a_decision_and_says_why(
    stage: Stage, number: str, rule: str, because: str, field: str
) -> None:
    known = decided(stage, "Les parents")
    with pytest.raises(Invalid) as refused, acting(stage.cast.amel) as tx:
        service.note_debt(tx, number or known, rule, because)
    assert list(refused.value.errors) == [field]
