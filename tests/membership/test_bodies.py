"""Bodies stand one above another, and change by a decision once votes have begun."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from fractions import Fraction

import pytest

from intranet.core.policy import Conflict, Invalid, Refused
from intranet.members import queries as members
from intranet.members.body_queries import lineage
from intranet.members.queries import BodyCard
from intranet.membership.bodies import service
from intranet.membership.bodies.service import BodyWords
from intranet.polls.procedure_models import Course, NewProcedure
from intranet.polls.service import define_procedure
from intranet.voting.settings import Settings
from tests.cast import Cast, Client, acting, as_reader
from tests.decisions.register import entered
from tests.journal import happened
from tests.proposals import stage as on
from tests.proposals.stage import set_up


def body(cast: Cast, code: str) -> BodyCard:
    return next(card for card in members.bodies(as_reader(cast.amel)) if card.code == code)


def errors(by: int, body_id: int, said: BodyWords) -> dict[str, str]:
    with pytest.raises(Invalid) as caught, acting(by) as tx:
        service.change(tx, body_id, said)
    return dict(caught.value.errors)


def test_a_ring_of_bodies_is_walked_once() -> None:
    ring = [BodyCard(1, "A", "", "", frozenset(), 2), BodyCard(2, "B", "", "", frozenset(), 1)]
    assert lineage(ring, 1) == (1, 2)


def test_members_write_bodies_down_until_the_first_vote(cast: Cast) -> None:
    with acting(cast.amel) as tx:
        number = service.add(tx, " ca ", ["employee"], BodyWords("Cercle", "", cast.meeting))
    assert (body(cast, "CA").id, body(cast, "CA").parent_id) == (number, cast.meeting)
    stage = set_up(cast)
    on.open_it(stage, on.a_resolution(stage))
    assert errors(cast.amel, number, BodyWords("Atelier")) == {
        "decision_number": "membership.unknown_decision"
    }
    with acting(None) as tx:
        decision = entered(tx, cast, "Renommer le cercle").number
    with acting(cast.amel) as tx:
        service.change(tx, number, BodyWords("Atelier", "", cast.assembly, decision))
    assert body(cast, "CA").name == "Atelier"
    assert happened()[-1] == "BodyChanged"


def test_employees_without_a_vote_change_no_body(cast: Cast) -> None:
    with pytest.raises(Refused), acting(cast.chloe) as tx:
        service.change(tx, cast.meeting, BodyWords("La nôtre"))


def test_no_body_stands_above_itself(cast: Cast) -> None:
    said = BodyWords("Assemblée générale", "", cast.meeting)
    assert errors(cast.amel, cast.assembly, said) == {"parent_id": "membership.body_above_itself"}


def escalating(cast: Cast, body_id: int, key: str) -> NewProcedure:
    return NewProcedure(
        "Du cercle",
        "",
        body_id,
        "simple_majority",
        Settings(quorum=Fraction(1, 2)),
        course=Course(escalation=key),
    )


def test_a_text_goes_on_only_to_a_body_above(cast: Cast) -> None:
    set_up(cast)
    upwards = escalating(cast, cast.meeting, "absolute")
    with acting(cast.amel) as tx:
        define_procedure(tx, upwards)
    downwards = replace(escalating(cast, cast.assembly, "consent"), name="Vers le bas")
    with pytest.raises(Invalid) as caught, acting(cast.amel) as tx:
        define_procedure(tx, downwards)
    assert caught.value.errors == {"escalation": "escalation_not_above"}
    with pytest.raises(Conflict) as cut, acting(cast.amel) as tx:
        service.change(tx, cast.meeting, BodyWords("Réunion coopérative"))
    assert (cut.value.reason, cut.value.values) == (
        "membership.road_cut",
        {"procedures": "Du cercle"},
    )


def test_a_member_changes_a_body_on_its_page(cast: Cast, client: Client) -> None:
    client.sign_in("amel").submit("/language", language="en")
    assert "above it: Assemblée générale" in html.unescape(client.get("/bodies").text)
    assert client.get(f"/bodies/{cast.meeting}").status_code == 200
    answer = client.submit(f"/bodies/{cast.meeting}", name="", parent_id=str(cast.assembly))
    assert answer.status_code == 422
    answer = client.submit(f"/bodies/{cast.meeting}", name="La réunion", parent_id="")
    assert answer.status_code == 303
    assert "La réunion" in client.get("/bodies").text
    assert client.get("/bodies/999").status_code == 404


def sits(cast: Cast, body_id: int) -> set[int]:
    reader = as_reader(cast.amel)
    return {one.id for one in members.electorate(reader, body_id, members.today(reader))}


def test_a_body_by_list_has_the_people_that_a_member_names_and_then_others(cast: Cast) -> None:
    with acting(cast.amel) as tx:
        people = frozenset({cast.amel, cast.chloe})
        number = service.add(tx, "CERCLE", [], BodyWords("Cercle atelier", people=people))
    assert sits(cast, number) == people
    with acting(cast.bruno) as tx:
        service.change(tx, number, BodyWords("Cercle atelier", people=frozenset({cast.bruno})))
    assert sits(cast, number) == {cast.bruno}
    assert happened() == ["BodyAdded", "BodyChanged"]
    assert errors(cast.amel, number, BodyWords("Cercle", people=frozenset())) == {
        "people": "membership.list_without_people"
    }


def test_nobody_sits_by_name_who_neither_works_here_nor_is_a_member(cast: Cast) -> None:
    for outside in (cast.farid, cast.david, 0):
        with pytest.raises(Invalid) as wrong, acting(cast.amel) as tx:
            service.add(tx, "X", [], BodyWords("Cercle", people=frozenset({outside})))
        assert set(wrong.value.errors) == {"people"}
    with pytest.raises(Invalid) as wrong, acting(cast.amel) as tx:
        service.add(tx, "X", ["employee"], BodyWords("Les deux", people=frozenset({cast.amel})))
    assert set(wrong.value.errors) == {"statuses"}


def test_the_page_of_a_body_by_list_names_people(client: Client, cast: Cast) -> None:
    client.sign_in("amel")
    fields = {"code": "CERCLE", "name": "Cercle atelier", "people": [str(cast.chloe)]}
    assert client.submit("/bodies/", **fields).status_code == 303
    number = body(cast, "CERCLE").id
    page = client.get(f"/bodies/{number}").get_data(as_text=True)
    assert re.search(rf'value="{cast.chloe}" checked', page), page
    assert re.search(r"<h1[^>]*>[^<]*Cercle atelier", page)
    fields["people"] = [str(cast.bruno)]
    assert client.submit(f"/bodies/{number}", **fields).status_code == 303
    assert sits(cast, number) == {cast.bruno}
