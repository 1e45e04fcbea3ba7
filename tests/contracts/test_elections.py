"""What every method that ranks candidates owes. A new file in the folder is run too."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.voting.election import Election, ElectionSettings, Ranking, Unmarked, Verdict
from intranet.voting.election_lines import ELECTION_VERDICTS, EXACT_VALUES, NAMED_VALUES
from intranet.voting.lines import LINE_CODES
from intranet.voting.pairwise import levels, pairwise, winner_of_all
from intranet.voting.papers import Paper, PaperState
from intranet.voting.registry import all_elections
from intranet.voting.transfers import droop_quota
from intranet.voting.types import BallotForm, InvalidChoice, InvalidCount, Law
from tests.voting.rankings import BLANK, SPOILED, ranked

NAMES = ("Ada", "Bo", "Cy", "Di", "Ed")
METHODS = [one for one in all_elections() if one.ballot is BallotForm.RANK]
EXAMPLES = 60

every_method = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.key)


@dataclass(frozen=True)
class Vote:
    """One generated election."""

    papers: list[Paper]
    candidates: list[str]
    registered: int
    settings: ElectionSettings

    def counted(self, method: Election) -> Ranking:
        return method.count(self.papers, self.candidates, self.registered, self.settings)


@st.composite
def papers(draw: st.DrawFn, candidates: Sequence[str]) -> Paper:
    """A ballot with any ranks, gaps and equal ranks included; sometimes blank or spoiled."""
    copies = draw(st.integers(1, 3))
    marks = {
        name: draw(st.integers(1, len(candidates)))
        for name in candidates
        if draw(st.integers(0, 3)) > 0
    }
    if not marks:
        state = draw(st.sampled_from([PaperState.BLANK, PaperState.SPOILED]))
        return Paper(state=state, copies=copies)
    return Paper(marks, copies=copies)


@st.composite
def rules(draw: st.DrawFn, candidates: Sequence[str]) -> ElectionSettings:
    default = draw(st.sampled_from(["", candidates[-1] if len(candidates) > 1 else ""]))
    return ElectionSettings(
        seats=draw(st.integers(1, len(candidates) + 1)),
        unmarked=draw(st.sampled_from(Unmarked)),
        quorum=draw(st.sampled_from([None, None, Fraction(1, 3), Fraction(1)])),
        default_option=default,
        majority=draw(st.sampled_from([Fraction(1), Fraction(3, 2), Fraction(3)])),
        above_default=draw(st.sampled_from([Fraction(0), Fraction(5, 2)])),
        tie_break=tuple(draw(st.sampled_from([(), tuple(draw(st.permutations(candidates)))]))),
    )


@st.composite
def votes(draw: st.DrawFn) -> Vote:
    candidates = list(NAMES[: draw(st.integers(1, 5))])
    box = draw(st.lists(papers(candidates), max_size=7))
    cast = sum(paper.copies for paper in box)
    return Vote(box, candidates, cast + draw(st.integers(0, 4)), draw(rules(candidates)))


@st.composite
def complete(draw: st.DrawFn, candidates: Sequence[str] = NAMES[:4]) -> list[Paper]:
    """Ballots that put every candidate in order, without equal ranks."""
    orders = draw(st.lists(st.permutations(candidates), min_size=1, max_size=9))
    return [Paper({name: rank for rank, name in enumerate(order, 1)}) for order in orders]


def result(ranking: Ranking, names: dict[str, str] | None = None) -> tuple[object, ...]:
    """What was decided, where the order of the list may not matter; renamed if asked."""
    new = names or {}

    def group(found: Sequence[str]) -> frozenset[str]:
        return frozenset(new.get(name, name) for name in found)

    return (
        ranking.verdict,
        tuple(group(found) for found in ranking.order),
        group(ranking.elected),
        group(ranking.tied),
        {(new.get(one.candidate, one.candidate), one.reason) for one in ranking.dropped},
        ranking.turnout,
        ranking.quota,
    )


@every_method
@settings(max_examples=EXAMPLES)
@given(vote=votes())
def test_every_ballot_and_every_candidate_is_accounted_for(method: Election, vote: Vote) -> None:
    ranking = vote.counted(method)
    turnout = ranking.turnout
    assert turnout.cast == sum(paper.copies for paper in vote.papers)
    assert turnout.cast + turnout.not_voted == turnout.registered == vote.registered
    placed = [name for group in ranking.order for name in group]
    dropped = [one.candidate for one in ranking.dropped]
    if ranking.order:
        assert sorted([*placed, *dropped]) == sorted(vote.candidates)
    assert set(ranking.elected) <= set(placed)
    assert len(set(ranking.elected)) == len(ranking.elected) <= max(1, vote.settings.seats)
    assert not set(ranking.elected) & set(ranking.tied) or ranking.rounds


@every_method
@settings(max_examples=EXAMPLES)
@given(vote=votes())
def test_a_tie_is_shown_and_nothing_else_is(method: Election, vote: Vote) -> None:
    ranking = vote.counted(method)
    assert (ranking.verdict is Verdict.TIED) is bool(ranking.tied)
    if ranking.verdict is Verdict.TIED:
        assert len(ranking.tied) > 1
        assert not set(ranking.tied) <= set(vote.settings.tie_break)
    if ranking.verdict is Verdict.NO_QUORUM:
        assert ranking.elected == ranking.order == ()
    if ranking.verdict is Verdict.NOBODY:
        assert ranking.elected in ((), (vote.settings.default_option,))
    if ranking.verdict is Verdict.DECIDED:
        assert ranking.elected


@every_method
@settings(max_examples=EXAMPLES)
@given(vote=votes())
def test_the_verdict_comes_first_and_every_line_is_documented(method: Election, vote: Vote) -> None:
    ranking = vote.counted(method)
    verdict = ranking.lines[0].code
    assert verdict == "no_quorum" or verdict in ELECTION_VERDICTS
    assert verdict.startswith(ranking.verdict.value)
    for line in ranking.lines:
        assert set(line.values) == set(LINE_CODES[line.code])
        for name, value in line.values.items():
            assert type(value) is (str if name in NAMED_VALUES | EXACT_VALUES else int)
            assert value != ""


@every_method
@settings(max_examples=EXAMPLES)
@given(vote=votes())
def test_a_ranking_and_its_settings_survive_json(method: Election, vote: Vote) -> None:
    ranking = vote.counted(method)
    assert Ranking.from_json(json.loads(json.dumps(ranking.to_json()))) == ranking
    written = json.loads(json.dumps(vote.settings.to_json()))
    assert ElectionSettings.from_json(written) == vote.settings


@every_method
@settings(max_examples=EXAMPLES)
@given(vote=votes())
def test_only_the_settings_it_names_change_the_count(method: Election, vote: Vote) -> None:
    named = ElectionSettings(**{name: getattr(vote.settings, name) for name in method.settings})
    assert replace(vote, settings=named).counted(method) == vote.counted(method)


@every_method
@pytest.mark.parametrize("box", [[], [BLANK], [BLANK, SPOILED, BLANK]])
@pytest.mark.parametrize("seats", [1, 2, 5])
def test_nobody_is_chosen_when_no_ballot_says_anything(
    method: Election, box: list[Paper], seats: int
) -> None:
    ranking = method.count(box, ["Ada", "Bo"], 4, ElectionSettings(seats=seats))
    assert (ranking.verdict, ranking.elected) == (Verdict.NOBODY, ())
    assert ranking.turnout.not_voted == 4 - len(box)


@every_method
def test_t85_one_candidate_is_chosen_by_one_ballot(method: Election) -> None:
    ranking = method.count([Paper({"Ada": 1})], ["Ada"], 3, ElectionSettings())
    assert (ranking.verdict, ranking.elected) == (Verdict.DECIDED, ("Ada",))


@every_method
@pytest.mark.parametrize("seats", [3, 4])
def test_t85_as_many_seats_as_candidates_elects_all(method: Election, seats: int) -> None:
    if "seats" not in method.settings:
        pytest.skip("it fills one seat")
    box = ranked("3 Ada > Bo > Cy", "1 Bo > Ada > Cy")
    ranking = method.count(box, ["Ada", "Bo", "Cy"], 4, ElectionSettings(seats=seats))
    assert ranking.verdict is Verdict.DECIDED
    assert set(ranking.elected) == {"Ada", "Bo", "Cy"}


def test_t85_no_seat_is_refused() -> None:
    with pytest.raises(InvalidCount, match="no_seat"):
        ElectionSettings(seats=0)


@every_method
def test_t25_a_perfect_tie_waits_for_the_recorded_draw(method: Election) -> None:
    box = ranked("2 Ada > Bo > Cy", "2 Bo > Cy > Ada", "2 Cy > Ada > Bo")
    names = ["Ada", "Bo", "Cy"]
    tied = method.count(box, names, 6, ElectionSettings())
    assert (tied.verdict, tied.elected) == (Verdict.TIED, ())
    assert set(tied.tied) == set(names)
    drawn = ElectionSettings(tie_break=("Cy", "Bo", "Ada"))
    first = method.count(box, names, 6, drawn)
    assert first.verdict is Verdict.DECIDED
    assert {line.code for line in first.lines} & {"draw_separates", "round_draw"}
    assert method.count(box[::-1], names[::-1], 6, drawn) == first


@every_method
@pytest.mark.parametrize(
    ("box", "names", "rules", "code"),
    [
        (ranked("3 Ada"), ["Ada", "Bo"], {}, "more_ballots_than_people"),
        (ranked("1 Zoe"), ["Ada", "Bo"], {}, "not_a_candidate"),
        (ranked("1 Ada"), ["Ada", "Ada"], {}, "candidate_twice"),
        ([], [], {}, "no_candidate"),
        (ranked("1 Ada"), ["Ada", "Bo"], {"tie_break": ("Zoe", "Ada")}, "draw_and_candidates"),
        (ranked("1 Ada"), ["Ada", "Bo"], {"tie_break": ("Bo", "Bo")}, "draw_and_candidates"),
    ],
)
def test_what_contradicts_itself_is_refused(
    method: Election, box: list[Paper], names: list[str], rules: dict[str, object], code: str
) -> None:
    with pytest.raises(InvalidCount, match=code):
        method.count(box, names, 2, ElectionSettings(**rules))  # type: ignore[arg-type]


@every_method
@pytest.mark.parametrize(("cast", "verdict"), [(4, Verdict.NO_QUORUM), (5, Verdict.DECIDED)])
def test_blank_and_spoiled_ballots_make_the_quorum(
    method: Election, cast: int, verdict: Verdict
) -> None:
    box = [BLANK, SPOILED, *ranked(f"{cast - 2} Ada > Bo")]
    ranking = method.count(box, ["Ada", "Bo"], 10, ElectionSettings(quorum=Fraction(1, 2)))
    assert (ranking.verdict, ranking.quorum_needed) == (verdict, 5)


@every_method
def test_its_form_is_read_and_never_guessed(method: Election) -> None:
    names, rules = ["Ada", "Bo", "Cy"], ElectionSettings()
    filled = {"mark.0": "2", "mark.1": "1", "mark.2": "", "reason": " why "}
    assert method.read(filled, names, rules) == Paper({"Ada": 2, "Bo": 1}, reason="why")
    assert method.read({"blank": "1"}, names, rules).state is PaperState.BLANK
    for wrong in (
        {},
        {"mark.0": ""},
        {"mark.0": "0"},
        {"mark.0": "4"},
        {"mark.0": "first"},
        {"mark.0": "-1"},
        {"mark.0": "1", "blank": "1"},
        {"mark.0": "1", "mark.1": "1", "mark.2": "1"},
    ):
        with pytest.raises(InvalidChoice):
            method.read(wrong, names, rules)
    with pytest.raises(InvalidChoice, match="incomplete"):
        method.read(filled, names, ElectionSettings(unmarked=Unmarked.REJECT))


@every_method
def test_it_has_a_name_and_names_settings_that_exist(method: Election) -> None:
    assert method.label
    assert set(method.settings) <= set(ElectionSettings().to_json())
    assert len(set(method.settings)) == len(method.settings)
    assert {Law.ANONYMOUS, Law.NEUTRAL} <= method.laws


def check_anonymous(method: Election, data: st.DataObject) -> None:
    vote = data.draw(votes())
    each = [replace(paper, copies=1) for paper in vote.papers for _ in range(paper.copies)]
    shuffled = replace(vote, papers=data.draw(st.permutations(each)))
    assert shuffled.counted(method) == vote.counted(method)


def check_neutral(method: Election, data: st.DataObject) -> None:
    vote = data.draw(votes())
    listed = data.draw(st.permutations(vote.candidates))
    assert replace(vote, candidates=listed).counted(method) == vote.counted(method)
    new = dict(zip(vote.candidates, listed, strict=True))
    renamed = Vote(
        [
            replace(paper, marks={new[name]: rank for name, rank in paper.marks.items()})
            for paper in vote.papers
        ],
        vote.candidates,
        vote.registered,
        replace(
            vote.settings,
            default_option=new.get(vote.settings.default_option, ""),
            tie_break=tuple(new[name] for name in vote.settings.tie_break),
        ),
    )
    assert result(renamed.counted(method)) == result(vote.counted(method), new)


def one_seat(method: Election, box: list[Paper], candidates: Sequence[str]) -> Ranking:
    cast = sum(paper.copies for paper in box)
    return method.count(box, candidates, cast, ElectionSettings())


def check_condorcet(method: Election, data: st.DataObject) -> None:
    box = data.draw(complete())
    winner = winner_of_all(pairwise(levels(box), NAMES[:4], Unmarked.LAST), NAMES[:4])
    if winner:
        assert one_seat(method, box, NAMES[:4]).elected == (winner,)


def check_majority(method: Election, data: st.DataObject) -> None:
    others = data.draw(complete())
    most = data.draw(st.lists(st.permutations(NAMES[1:4]), min_size=len(others) + 1, max_size=12))
    fans = [
        Paper({"Ada": 1, **{name: rank for rank, name in enumerate(order, 2)}}) for order in most
    ]
    assert one_seat(method, [*others, *fans], NAMES[:4]).elected == ("Ada",)


def check_monotone(method: Election, data: st.DataObject) -> None:
    box = data.draw(complete())
    before = one_seat(method, box, NAMES[:4])
    if before.verdict is not Verdict.DECIDED:
        return
    (winner,) = before.elected
    place = data.draw(st.integers(0, len(box) - 1))
    order = sorted(box[place].marks, key=lambda name: box[place].marks[name])
    order.remove(winner)
    order.insert(data.draw(st.integers(0, box[place].marks[winner] - 1)), winner)
    higher = list(box)
    higher[place] = Paper({name: rank for rank, name in enumerate(order, 1)})
    assert one_seat(method, higher, NAMES[:4]).elected == (winner,)


def check_clone_proof(method: Election, data: st.DataObject) -> None:
    box = data.draw(complete())
    cloned = []
    for paper in box:
        order = sorted(paper.marks, key=lambda name: paper.marks[name])
        at = order.index("Ada")
        order[at : at + 1] = data.draw(st.permutations(["Ada", "Twin"]))
        cloned.append(Paper({name: rank for rank, name in enumerate(order, 1)}))
    first = set(one_seat(method, box, NAMES[:4]).order[0])
    after = set(one_seat(method, cloned, [*NAMES[:4], "Twin"]).order[0])
    assert first == {"Ada" if name == "Twin" else name for name in after}


def check_proportional(method: Election, data: st.DataObject) -> None:
    seats, size = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 4))
    group, rest = NAMES[:size], NAMES[size:]
    fans = [
        Paper({name: rank for rank, name in enumerate([*first, *then], 1)})
        for first, then in data.draw(
            st.lists(st.tuples(st.permutations(group), st.permutations(rest)), max_size=8)
        )
    ]
    box = [*fans, *data.draw(complete(NAMES))]
    rules = ElectionSettings(seats=seats, tie_break=tuple(data.draw(st.permutations(NAMES))))
    ranking = method.count(box, NAMES, len(box), rules)
    solid = sum(
        set(sorted(one.marks, key=one.marks.__getitem__)[:size]) == set(group) for one in box
    )
    due = min(size, solid // droop_quota(len(box), seats))
    assert len(set(ranking.elected) & set(group)) >= due


LAW_CHECKS: dict[Law, Callable[[Election, st.DataObject], None]] = {
    Law.ANONYMOUS: check_anonymous,
    Law.NEUTRAL: check_neutral,
    Law.CONDORCET: check_condorcet,
    Law.MAJORITY: check_majority,
    Law.MONOTONE: check_monotone,
    Law.CLONE_PROOF: check_clone_proof,
    Law.PROPORTIONAL: check_proportional,
}


@pytest.mark.parametrize(
    ("method", "law"),
    [(method, law) for method in METHODS for law in sorted(method.laws)],
    ids=lambda one: getattr(one, "key", one),
)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_it_keeps_the_laws_it_claims(method: Election, law: Law, data: st.DataObject) -> None:
    LAW_CHECKS[law](method, data)


def test_every_law_is_checked_by_one_contract() -> None:
    assert set(LAW_CHECKS) | {Law.NEEDS_SUPPORT} == set(Law)
