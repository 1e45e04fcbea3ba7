from fractions import Fraction

import pytest

from intranet.voting.election import ElectionSettings, Ranking, Verdict
from intranet.voting.methods import consent, simple_majority
from intranet.voting.methods.election_without_candidate import (
    METHOD,
    after_consent,
    after_two_rounds,
)
from intranet.voting.papers import Paper
from intranet.voting.settings import Settings
from intranet.voting.types import Electorate, InvalidCount
from tests.voting.boxes import box
from tests.voting.rankings import BLANK, said

TEAM = ["Amel", "Bruno", "Chloé", "Esther", "Farid"]


def names(*written: str) -> Ranking:
    papers = [Paper({name: 1}) if name else BLANK for name in written]
    return METHOD.count(papers, TEAM, 5, ElectionSettings())


FIRST = names("Amel", "Amel", "Bruno", "Esther", "")
SECOND = names("Amel", "Bruno", "Bruno", "Bruno", "")


def test_counting_names_chooses_nobody_even_when_all_write_the_same() -> None:
    for round_of_names in (FIRST, names("Amel", "Amel", "Amel", "Amel", "Amel")):
        assert (round_of_names.verdict, round_of_names.elected) == (Verdict.NAMED, ())
        assert round_of_names.order[0] == ("Amel",)
    assert FIRST.order == (("Amel",), ("Bruno", "Esther"))
    assert FIRST.turnout.blank == 1
    assert said(FIRST, "named")[1] == {"names": "Bruno, Esther", "votes": 1}


def test_two_rounds_stand_side_by_side_and_show_who_changed_their_mind() -> None:
    both = after_two_rounds(FIRST, SECOND)
    assert [one.number for one in both.rounds] == [1, 2]
    assert both.order == (("Bruno",), ("Amel",))
    assert said(both, "named_change") == [
        {"candidate": "Amel", "first": 2, "second": 1},
        {"candidate": "Bruno", "first": 1, "second": 3},
        {"candidate": "Esther", "first": 1, "second": 0},
    ]


def test_the_person_proposed_is_chosen_by_consent_whatever_the_numbers() -> None:
    agreed = consent.METHOD.tally(box(consent=4, reservation=1), Electorate(5), Settings())
    chosen = after_consent(after_two_rounds(FIRST, SECOND), "Amel", agreed)
    assert (chosen.verdict, chosen.elected) == (Verdict.DECIDED, ("Amel",))
    assert [line.code for line in chosen.lines[:2]] == ["decided_by_consent", "adopted_consent"]
    assert Ranking.from_json(chosen.to_json()) == chosen


def test_an_objection_leaves_the_role_open() -> None:
    blocked = consent.METHOD.tally(box(consent=4, objection=1), Electorate(5), Settings())
    ranking = after_consent(SECOND, "Bruno", blocked)
    assert (ranking.verdict, ranking.elected) == (Verdict.NOBODY, ())


def test_only_somebody_named_can_be_proposed_and_only_consent_chooses() -> None:
    agreed = consent.METHOD.tally(box(consent=5), Electorate(5), Settings())
    with pytest.raises(InvalidCount, match="nobody_named_this_person"):
        after_consent(SECOND, "Esther", agreed)
    voted = simple_majority.METHOD.tally(box(votes_for=5), Electorate(5), Settings())
    with pytest.raises(InvalidCount, match="no_names_gathered"):
        after_consent(SECOND, "Bruno", voted)


def test_nothing_is_gathered_without_a_quorum_or_without_a_name() -> None:
    few = METHOD.count([Paper({"Amel": 1})], TEAM, 5, ElectionSettings(quorum=Fraction(1, 2)))
    none = METHOD.count([BLANK, BLANK], TEAM, 5, ElectionSettings())
    assert (few.verdict, none.verdict) == (Verdict.NO_QUORUM, Verdict.NOBODY)
    for missing in (few, none):
        with pytest.raises(InvalidCount, match="no_names_gathered"):
            after_two_rounds(FIRST, missing)


def test_a_ballot_with_two_names_is_spoiled() -> None:
    ranking = METHOD.count(
        [Paper({"Amel": 1, "Bruno": 1}), Paper({"Bruno": 1})], TEAM, 5, ElectionSettings()
    )
    assert (ranking.turnout.spoiled, ranking.order) == (1, (("Bruno",),))
    assert METHOD.read({"mark": "4"}, TEAM, ElectionSettings()) == Paper({"Farid": 1})
