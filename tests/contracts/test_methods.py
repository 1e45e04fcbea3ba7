"""What every decision method owes, whatever it counts. A new file in the folder is run too."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.voting.lines import ARITHMETIC_CODES, LINE_CODES, VERDICT_CODES
from intranet.voting.method import Method
from intranet.voting.outcome import Outcome
from intranet.voting.registry import all_methods
from intranet.voting.settings import Settings
from intranet.voting.types import (
    NOT_VOTED,
    SPOILED,
    BallotForm,
    Base,
    CastBallot,
    Choice,
    Electorate,
    InvalidChoice,
    InvalidCount,
    Law,
    Result,
    Setting,
    Silence,
    TieRule,
)
from tests.voting.strategies import SETTINGS, electorates


@dataclass(frozen=True)
class Sides:
    """Which options of a form say yes, no and neither; the strongest no comes last."""

    in_favour: tuple[str, ...]
    against: tuple[str, ...]
    neither: tuple[str, ...]


SIDES = {
    BallotForm.CHOOSE: Sides(("for",), ("against",), ("abstain", "blank")),
    BallotForm.CONSENT: Sides(("consent", "reservation"), ("objection",), ("stand_aside",)),
    BallotForm.CONSENSUS: Sides(("agree", "reservation"), ("block",), ("stand_aside",)),
    BallotForm.GRADIENTS: Sides(
        ("endorse", "endorse_minor", "support_with_reservation"),
        ("disagree_but_follow", "disagree_not_involved", "block"),
        ("abstain", "stand_aside"),
    ),
    BallotForm.SENSE: Sides(("looks_good",), ("concerned",), ("unsure",)),
    BallotForm.ADVICE: Sides(("go_ahead",), ("advise_against",), ("change_first", "no_advice")),
}
METHODS = all_methods()
CONCLUDING = tuple(method for method in METHODS if method.concludes)
RANK_OF_RESULTS = {Result.ADOPTED: 2, Result.TIED: 1, Result.REJECTED: 0, Result.NO_QUORUM: 0}

every_method = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.key)
every_deciding_method = pytest.mark.parametrize("method", CONCLUDING, ids=lambda method: method.key)


def ballot(option: str) -> CastBallot:
    return CastBallot(Choice(option, "because of the cost"))


@cache
def boxes(method: Method) -> st.SearchStrategy[list[CastBallot]]:
    """Boxes with every option, spoiled ballots, and lifted objections where they exist."""
    cast = [ballot(option) for option in (*method.options, SPOILED)]
    if method.ballot is BallotForm.CONSENT:
        cast.append(CastBallot(Choice("objection", "because of the cost"), is_lifted=True))
    return st.lists(st.sampled_from(cast), max_size=12)


def draw_vote(data: st.DataObject, method: Method) -> tuple[list[CastBallot], Electorate, Settings]:
    ballots = data.draw(boxes(method))
    return ballots, data.draw(electorates(len(ballots))), data.draw(SETTINGS)


@every_method
@given(data=st.data())
def test_t12_every_total_counts_people_and_is_explained(
    method: Method, data: st.DataObject
) -> None:
    ballots, electorate, settings = draw_vote(data, method)
    outcome = method.tally(ballots, electorate, settings)
    assert outcome.method == method.key
    assert {*method.options, SPOILED, NOT_VOTED} <= set(outcome.counts)
    assert sum(outcome.counts.values()) == outcome.registered == electorate.registered
    assert outcome.counts[NOT_VOTED] == electorate.registered - len(ballots)
    assert outcome.taken_part == electorate.taking_part(len(ballots))
    assert (outcome.result is Result.NO_QUORUM) is not outcome.quorum_met
    assert outcome.quorum_met is (outcome.taken_part >= outcome.quorum_needed)
    assert (outcome.needed >= 1) is method.concludes
    assert (outcome.result is Result.ADVISED) is not method.concludes


@every_method
@given(data=st.data())
def test_the_base_is_the_one_of_the_rule(method: Method, data: st.DataObject) -> None:
    ballots, electorate, settings = draw_vote(data, method)
    outcome = method.tally(ballots, electorate, settings)
    if Setting.BASE in method.settings:
        assert outcome.base is settings.base
    if outcome.base is Base.REGISTERED:
        assert outcome.base_size == electorate.registered
    assert outcome.base_size <= electorate.registered


@every_method
@given(data=st.data())
def test_the_verdict_comes_first_and_agrees_with_the_result(
    method: Method, data: st.DataObject
) -> None:
    outcome = method.tally(*draw_vote(data, method))
    verdict, *arithmetic = outcome.lines
    assert verdict.code in VERDICT_CODES
    assert verdict.code.startswith(outcome.result.value)
    assert arithmetic
    assert all(line.code in ARITHMETIC_CODES for line in arithmetic)


@every_method
@given(data=st.data())
def test_every_line_holds_exactly_the_documented_values(
    method: Method, data: st.DataObject
) -> None:
    for line in method.tally(*draw_vote(data, method)).lines:
        assert set(line.values) == set(LINE_CODES[line.code])
        for name, value in line.values.items():
            assert type(value) is (str if name in ("base", "threshold") else int)
            assert value != ""


@every_method
@given(data=st.data())
def test_an_outcome_survives_json(method: Method, data: st.DataObject) -> None:
    outcome = method.tally(*draw_vote(data, method))
    assert Outcome.from_json(json.loads(json.dumps(outcome.to_json()))) == outcome


@every_method
@given(data=st.data())
def test_only_the_settings_it_names_change_the_count(method: Method, data: st.DataObject) -> None:
    ballots, electorate, settings = draw_vote(data, method)
    named = Settings(**{name.value: getattr(settings, name.value) for name in method.settings})
    assert method.tally(ballots, electorate, named) == method.tally(ballots, electorate, settings)


@every_deciding_method
@pytest.mark.parametrize("registered", [0, 1, 10])
@pytest.mark.parametrize("silence", [Silence.NOTHING, Silence.REJECTED])
def test_t6_no_ballot_at_all_adopts_nothing(
    method: Method, registered: int, silence: Silence
) -> None:
    outcome = method.tally([], Electorate(registered), Settings(silence=silence))
    assert outcome.result is Result.REJECTED


@every_deciding_method
@given(data=st.data(), settings=SETTINGS)
def test_t6_when_everyone_abstains_nothing_is_adopted(
    method: Method, data: st.DataObject, settings: Settings
) -> None:
    neither = data.draw(st.sampled_from(SIDES[method.ballot].neither))
    outcome = method.tally([ballot(neither)] * 5, Electorate(5), settings)
    assert outcome.result is Result.REJECTED


@every_deciding_method
@given(data=st.data(), settings=SETTINGS, each=st.integers(1, 6))
def test_as_many_against_as_in_favour_adopts_nothing(
    method: Method, data: st.DataObject, settings: Settings, each: int
) -> None:
    sides = SIDES[method.ballot]
    in_favour = data.draw(st.sampled_from(sides.in_favour))
    box = [ballot(in_favour)] * each + [ballot(sides.against[-1])] * each
    outcome = method.tally(box, Electorate(2 * each), settings)
    is_left_open = Setting.TIE in method.settings and settings.tie is not TieRule.REJECTED
    assert outcome.result is (Result.TIED if is_left_open else Result.REJECTED)


@every_deciding_method
@pytest.mark.parametrize(("voters", "result"), [(4, Result.NO_QUORUM), (5, Result.ADOPTED)])
def test_one_vote_makes_the_quorum(method: Method, voters: int, result: Result) -> None:
    assert Setting.QUORUM in method.settings
    in_favour = SIDES[method.ballot].in_favour[0]
    box = [ballot(in_favour)] * voters
    outcome = method.tally(box, Electorate(10), Settings(quorum=Fraction(1, 2)))
    assert (outcome.result, outcome.quorum_needed) == (result, 5)


@pytest.mark.parametrize(
    "method",
    [method for method in METHODS if Setting.THRESHOLD in method.settings],
    ids=lambda method: method.key,
)
@pytest.mark.parametrize("base", Base)
@pytest.mark.parametrize(("size", "needed"), [(3, 2), (6, 4), (9, 6), (10, 7)])
def test_two_thirds_is_exact(method: Method, base: Base, size: int, needed: int) -> None:
    sides = SIDES[method.ballot]

    def outcome(votes: int) -> Outcome:
        box = [ballot(sides.in_favour[0])] * votes + [ballot(sides.against[-1])] * (size - votes)
        settings = Settings(base=base, threshold=Fraction(2, 3), strict=False)
        return method.tally(box, Electorate(size), settings)

    assert outcome(needed).needed == needed
    assert outcome(needed).result is Result.ADOPTED
    assert outcome(needed - 1).result is Result.REJECTED


@pytest.mark.parametrize(
    "method",
    [method for method in METHODS if method.ballot is BallotForm.CHOOSE],
    ids=lambda method: method.key,
)
@given(data=st.data())
def test_the_number_needed_is_the_smallest_that_adopts(method: Method, data: st.DataObject) -> None:
    outcome = method.tally(*draw_vote(data, method))
    votes_for, votes_against = outcome.counts["for"], outcome.counts["against"]
    is_reached = votes_for >= outcome.needed and votes_for > votes_against
    assert (outcome.result is Result.ADOPTED) is (outcome.quorum_met and is_reached)


@every_method
def test_more_ballots_than_people_are_refused(method: Method) -> None:
    box = [ballot(method.options[0])] * 3
    with pytest.raises(InvalidCount):
        method.tally(box, Electorate(2), Settings())


@every_method
def test_a_ballot_of_another_method_is_refused(method: Method) -> None:
    with pytest.raises(InvalidCount):
        method.tally([ballot("perhaps")], Electorate(2), Settings())


@every_method
def test_its_form_is_read_and_never_guessed(method: Method) -> None:
    for option in method.options:
        assert method.read({"option": option, "reason": "because"}) == Choice(option, "because")
    for unknown in ("", " ", "perhaps", SPOILED, NOT_VOTED, method.options[0].upper()):
        with pytest.raises(InvalidChoice):
            method.read({"option": unknown, "reason": "because"})
    with pytest.raises(InvalidChoice):
        method.read({})


@every_method
def test_it_has_a_name_and_knows_its_form(method: Method) -> None:
    assert method.label
    sides = SIDES[method.ballot]
    assert set(method.options) == {*sides.in_favour, *sides.against, *sides.neither}
    assert len(set(method.settings)) == len(method.settings)


def check_anonymous(method: Method, data: st.DataObject) -> None:
    ballots, electorate, settings = draw_vote(data, method)
    shuffled = data.draw(st.permutations(ballots))
    assert method.tally(shuffled, electorate, settings) == method.tally(
        ballots, electorate, settings
    )


def check_monotone(method: Method, data: st.DataObject) -> None:
    ballots, electorate, settings = draw_vote(data, method)
    sides = SIDES[method.ballot]
    better = list(ballots)
    move = data.draw(st.sampled_from(["arrive", "join", "leave"]))
    in_favour = ballot(data.draw(st.sampled_from(sides.in_favour)))
    if move == "arrive" and len(ballots) < electorate.asked:
        better.append(in_favour)
    if move == "join" and ballots:
        better[data.draw(st.integers(0, len(ballots) - 1))] = in_favour
    strongest = ballot(sides.against[-1])
    if move == "leave" and strongest in ballots:
        other = data.draw(st.sampled_from([*method.options, SPOILED]))
        better[ballots.index(strongest)] = ballot(other)
    before = method.tally(ballots, electorate, settings)
    after = method.tally(better, electorate, settings)
    assert RANK_OF_RESULTS[after.result] >= RANK_OF_RESULTS[before.result]


def check_needs_support(method: Method, data: st.DataObject) -> None:
    ballots, electorate, settings = draw_vote(data, method)
    in_favour = SIDES[method.ballot].in_favour
    unsupported = [one for one in ballots if one.choice.option not in in_favour]
    result = method.tally(unsupported, electorate, settings).result
    assert result in (Result.REJECTED, Result.NO_QUORUM)


LAW_CHECKS: dict[Law, Callable[[Method, st.DataObject], None]] = {
    Law.ANONYMOUS: check_anonymous,
    Law.MONOTONE: check_monotone,
    Law.NEEDS_SUPPORT: check_needs_support,
}


@pytest.mark.parametrize(
    ("method", "law"),
    [(method, law) for method in METHODS for law in sorted(method.laws)],
    ids=lambda one: getattr(one, "key", one),
)
@given(data=st.data())
def test_it_keeps_the_laws_it_claims(method: Method, law: Law, data: st.DataObject) -> None:
    LAW_CHECKS[law](method, data)


@every_method
def test_the_order_of_ballots_never_matters(method: Method) -> None:
    assert Law.ANONYMOUS in method.laws


def test_every_law_that_is_claimed_can_be_checked() -> None:
    assert {law for method in METHODS for law in method.laws} <= set(LAW_CHECKS)
