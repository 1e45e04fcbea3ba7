"""What a page learns about people, for each kind of reader."""

from __future__ import annotations

from datetime import date

import pytest

from intranet.core.policy import NotFound
from intranet.members import directory_queries, effects, queries
from intranet.members.statuses import Status
from tests.cast import Cast, acting, as_reader


def test_members_see_everybody_with_a_status(cast: Cast) -> None:
    people = directory_queries.directory(as_reader(cast.amel))
    found = {card.name: card.status for card in people}
    assert found["Chloé Martin"] == "employee"
    assert found["David Petit"] == "former"
    assert found["Gwen Le Goff"] is None
    assert [card.name for card in people] == sorted(found, key=lambda name: name.replace("é", "e"))


def test_sympathisers_see_names_and_nothing_else(cast: Cast) -> None:
    people = directory_queries.directory(as_reader(cast.farid))
    assert {card.status for card in people} == {None}
    names = {card.name for card in people}
    assert "Amel Benali" in names
    assert names.isdisjoint({"David Petit", "Gwen Le Goff"})


@pytest.mark.parametrize("words", ["chloe", "CHLOÉ mar", "martin chloé"])
def test_a_name_is_found_without_accents_and_in_any_order(cast: Cast, words: str) -> None:
    assert [card.id for card in directory_queries.directory(as_reader(cast.amel), words)] == [
        cast.chloe
    ]


def test_a_status_that_ended_is_history(cast: Cast) -> None:
    with acting(None) as tx:
        effects.change_status(tx, cast.chloe, Status.FORMER, date(2026, 1, 1), "RC-2026-001")
    profile = queries.profile(as_reader(cast.amel), cast.chloe)
    assert profile.status == "former"
    assert [(line.status, line.decision_number) for line in profile.periods] == [
        ("former", "RC-2026-001"),
        ("employee", None),
    ]
    counted = [card.id for card in directory_queries.directory(as_reader(cast.amel), "chloé")]
    assert counted == [cast.chloe]


def test_a_profile_tells_the_mandates(cast: Cast) -> None:
    profile = queries.profile(as_reader(cast.amel), cast.bruno)
    assert [(line.role, line.body_name) for line in profile.mandates] == [
        ("secretary", "Assemblée générale")
    ]
    with pytest.raises(NotFound):
        queries.profile(as_reader(cast.amel), 9999)


def test_bodies_tell_who_belongs_to_them_today(cast: Cast) -> None:
    found = {body.card.code: body for body in queries.body_profiles(as_reader(cast.amel))}
    assert {card.id for card in found["AG"].people} == set(cast.members)
    assert [line.person.id for line in found["AG"].mandates] == [cast.bruno]
    assert found["BRUIT"].people == ()


def test_a_mandate_that_ended_is_not_of_today(cast: Cast) -> None:
    with acting(None) as tx:
        effects.give_mandate(
            tx, cast.amel, "chair", date(2021, 1, 1), "AG-2021-001", cast.assembly, date(2022, 1, 1)
        )
    found = {body.card.code: body for body in queries.body_profiles(as_reader(cast.amel))}
    assert [line.role for line in found["AG"].mandates] == ["secretary"]
    assert len(queries.profile(as_reader(cast.amel), cast.amel).mandates) == 1
