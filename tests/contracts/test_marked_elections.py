"""What every method with crosses, scores, points or grades owes. A new file is run too."""

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
from intranet.voting.graded_lines import GRADED_VERDICTS, TEXT_VALUES
from intranet.voting.lines import LINE_CODES
from intranet.voting.papers import Paper, PaperState
from intranet.voting.registry import all_elections
from intranet.voting.types import BallotForm, Base, InvalidChoice, InvalidCount, Law
from tests.voting.rankings import BLANK, SPOILED

NAMES = ("Ada", "Bo", "Cy", "Di")
TOP = 4
BEST = {
    BallotForm.CROSS: 1,
    BallotForm.CROSSES: 1,
    BallotForm.SCORE: TOP,
    BallotForm.POINTS: TOP,
    BallotForm.GRADE: TOP,
}
"""The best mark of each form, for a vote with four grades or points."""

METHODS = [one for one in all_elections() if one.ballot in BEST]
EXAMPLES = 40
RULES = ElectionSettings(
    grades=("great", "good", "fair", "reject"), highest=TOP, more_than_half_of=None
)

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
def papers(draw: st.DrawFn, method: Election, candidates: Sequence[str]) -> Paper:
    """A ballot of this form, with too many marks sometimes; now and then blank or spoiled."""
    copies = draw(st.integers(1, 3))
    marks = {
        name: draw(st.integers(1, BEST[method.ballot]))
        for name in candidates
        if draw(st.integers(0, 2)) > 0
    }
    if not marks:
        state = draw(st.sampled_from([PaperState.BLANK, PaperState.SPOILED]))
        return Paper(state=state, copies=copies)
    return Paper(marks, copies=copies)


@st.composite
def votes(draw: st.DrawFn, method: Election) -> Vote:
    candidates = list(NAMES[: draw(st.integers(1, 4))])
    box = draw(st.lists(papers(method, candidates), max_size=7))
    default = draw(st.sampled_from(["", candidates[-1] if len(candidates) > 1 else ""]))
    rules = replace(
        RULES,
        seats=draw(st.integers(1, len(candidates) + 1)),
        unmarked=draw(st.sampled_from([Unmarked.LAST, Unmarked.REJECT])),
        quorum=draw(st.sampled_from([None, None, Fraction(1, 3), Fraction(1)])),
        default_option=default,
        most_marks=draw(st.none() | st.integers(1, 3)),
        more_than_half_of=draw(st.none() | st.sampled_from(Base)),
        tie_break=tuple(draw(st.sampled_from([(), tuple(draw(st.permutations(candidates)))]))),
    )
    cast = sum(paper.copies for paper in box)
    return Vote(box, candidates, cast + draw(st.integers(0, 4)), rules)


@every_method
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_every_ballot_and_every_candidate_is_accounted_for(
    method: Election, data: st.DataObject
) -> None:
    vote = data.draw(votes(method))
    ranking = vote.counted(method)
    turnout = ranking.turnout
    assert turnout.cast == sum(paper.copies for paper in vote.papers)
    assert turnout.cast + turnout.not_voted == turnout.registered == vote.registered
    placed = [name for group in ranking.order for name in group]
    if placed:
        assert sorted(placed) == sorted(vote.candidates)
    assert set(ranking.elected) <= set(placed)
    assert len(set(ranking.elected)) == len(ranking.elected) <= max(1, vote.settings.seats)
    assert not set(ranking.elected) & set(ranking.tied)


@every_method
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_a_tie_is_shown_and_nothing_else_is(method: Election, data: st.DataObject) -> None:
    ranking = data.draw(votes(method)).counted(method)
    assert (ranking.verdict is Verdict.TIED) is bool(ranking.tied)
    if ranking.tied:
        assert tuple(sorted(ranking.tied)) in ranking.order
    if ranking.verdict is Verdict.DECIDED:
        assert ranking.elected
    if ranking.verdict is Verdict.NO_QUORUM:
        assert ranking.elected == ranking.order == ()


@every_method
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_the_verdict_comes_first_and_every_line_is_documented(
    method: Election, data: st.DataObject
) -> None:
    ranking = data.draw(votes(method)).counted(method)
    verdict = ranking.lines[0].code
    assert verdict == "no_quorum" or verdict in {**ELECTION_VERDICTS, **GRADED_VERDICTS}
    assert verdict.startswith(ranking.verdict.value)
    words = NAMED_VALUES | EXACT_VALUES | TEXT_VALUES | {"base", "threshold"}
    for line in ranking.lines:
        assert set(line.values) == set(LINE_CODES[line.code])
        for name, value in line.values.items():
            assert type(value) is (str if name in words else int)
            assert value != ""


@every_method
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_a_ranking_and_its_settings_survive_json(method: Election, data: st.DataObject) -> None:
    vote = data.draw(votes(method))
    ranking = vote.counted(method)
    assert Ranking.from_json(json.loads(json.dumps(ranking.to_json()))) == ranking
    written = json.loads(json.dumps(vote.settings.to_json()))
    assert ElectionSettings.from_json(written) == vote.settings


@every_method
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_only_the_settings_it_names_change_the_count(method: Election, data: st.DataObject) -> None:
    vote = data.draw(votes(method))
    named = ElectionSettings(**{name: getattr(vote.settings, name) for name in method.settings})
    assert replace(vote, settings=named).counted(method) == vote.counted(method)


@every_method
@pytest.mark.parametrize("box", [[], [BLANK], [BLANK, SPOILED, BLANK]])
def test_nobody_is_chosen_when_no_ballot_says_anything(method: Election, box: list[Paper]) -> None:
    ranking = method.count(box, ["Ada", "Bo"], 4, RULES)
    assert (ranking.verdict, ranking.elected) == (Verdict.NOBODY, ())
    assert ranking.turnout.not_voted == 4 - len(box)


@every_method
def test_t85_seats_for_everybody_go_to_everybody_who_got_something(method: Election) -> None:
    box = [Paper({"Ada": 1}, copies=2), Paper({"Bo": 1})]
    ranking = method.count(box, NAMES[:3], 3, replace(RULES, seats=4, most_marks=1))
    all_are_graded = method.ballot is BallotForm.GRADE
    assert ranking.verdict is Verdict.DECIDED
    assert set(ranking.elected) == {"Ada", "Bo", *(["Cy"] if all_are_graded else [])}
    alone = method.count([Paper({"Ada": 1})], ["Ada"], 3, RULES)
    assert (alone.verdict, alone.elected) == (Verdict.DECIDED, ("Ada",))


@every_method
@pytest.mark.parametrize(("cast", "verdict"), [(4, Verdict.NO_QUORUM), (5, Verdict.DECIDED)])
def test_blank_and_spoiled_ballots_make_the_quorum(
    method: Election, cast: int, verdict: Verdict
) -> None:
    box = [BLANK, SPOILED, Paper({"Ada": 1}, copies=cast - 2)]
    rules = replace(RULES, quorum=Fraction(1, 2), grades=("yes", "worse", "worst"))
    if method.ballot is BallotForm.GRADE:
        box[-1] = Paper({"Ada": 3, "Bo": 1}, copies=cast - 2)
    ranking = method.count(box, ["Ada", "Bo"], 10, rules)
    assert (ranking.verdict, ranking.quorum_needed) == (verdict, 5)


@every_method
@pytest.mark.parametrize(
    ("box", "names", "code"),
    [
        ([Paper({"Ada": 1}, copies=3)], ["Ada", "Bo"], "more_ballots_than_people"),
        ([Paper({"Zoe": 1})], ["Ada", "Bo"], "not_a_candidate"),
        ([Paper({"Ada": 1})], ["Ada", "Ada"], "candidate_twice"),
        ([], [], "no_candidate"),
        ([Paper({"Ada": 9})], ["Ada", "Bo"], "mark_"),
        ([Paper({"Ada": -1})], ["Ada", "Bo"], "mark_"),
    ],
)
def test_what_contradicts_itself_is_refused(
    method: Election, box: list[Paper], names: list[str], code: str
) -> None:
    if method.ballot is BallotForm.POINTS and box and box[0].marks.get("Ada") == 9:
        pytest.skip("more points than there are is a spoiled ballot")
    with pytest.raises(InvalidCount, match=code):
        method.count(box, names, 2, RULES)


@every_method
def test_its_form_is_read_and_never_guessed(method: Election) -> None:
    names = ["Ada", "Bo", "Cy"]
    filled = {"mark.1": "1", "mark.2": "", "reason": " why "}
    assert method.read(filled, names, RULES) == Paper({"Bo": 1}, reason="why")
    assert method.read({"blank": "1"}, names, RULES).state is PaperState.BLANK
    for wrong in (
        {},
        {"mark.0": ""},
        {"mark.0": "9"},
        {"mark.0": "-1"},
        {"mark.0": "first"},
        {"mark.0": " 1"},
        {"mark.0": "1", "blank": "1"},
    ):
        with pytest.raises(InvalidChoice):
            method.read(wrong, names, RULES)


@every_method
def test_it_has_a_name_and_names_settings_that_exist(method: Election) -> None:
    assert method.label
    assert set(method.settings) <= set(ElectionSettings().to_json())
    assert {Law.ANONYMOUS, Law.NEUTRAL, Law.MONOTONE} == method.laws


def check_anonymous(method: Election, data: st.DataObject) -> None:
    vote = data.draw(votes(method))
    each = [replace(paper, copies=1) for paper in vote.papers for _ in range(paper.copies)]
    shuffled = replace(vote, papers=data.draw(st.permutations(each)))
    assert shuffled.counted(method) == vote.counted(method)


def check_neutral(method: Election, data: st.DataObject) -> None:
    vote = data.draw(votes(method))
    listed = data.draw(st.permutations(vote.candidates))
    assert replace(vote, candidates=listed).counted(method) == vote.counted(method)
    new = dict(zip(vote.candidates, listed, strict=True))
    renamed = Vote(
        [
            replace(paper, marks={new[name]: mark for name, mark in paper.marks.items()})
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
    before, after = vote.counted(method), renamed.counted(method)
    assert after.verdict is before.verdict
    assert set(after.elected) == {new[name] for name in before.elected}
    assert set(after.tied) == {new[name] for name in before.tied}
    assert [set(group) for group in after.order] == [
        {new[name] for name in group} for group in before.order
    ]


def check_monotone(method: Election, data: st.DataObject) -> None:
    """Who is chosen stays chosen when one valid ballot marks this candidate better."""
    box = data.draw(st.lists(papers(method, NAMES), min_size=1, max_size=6))
    rules = replace(RULES, highest=4 * TOP, most_marks=len(NAMES))
    cast = sum(paper.copies for paper in box)
    before = method.count(box, NAMES, cast, rules)
    if before.verdict is not Verdict.DECIDED:
        return
    (winner,) = before.elected
    place = data.draw(st.integers(0, len(box) - 1))
    if box[place].state is not PaperState.VALID:
        return
    kept = {} if method.ballot is BallotForm.CROSS else dict(box[place].marks)
    better = replace(box[place], marks={**kept, winner: BEST[method.ballot]})
    after = method.count([*box[:place], better, *box[place + 1 :]], NAMES, cast, rules)
    assert after.elected == (winner,)


LAW_CHECKS: dict[Law, Callable[[Election, st.DataObject], None]] = {
    Law.ANONYMOUS: check_anonymous,
    Law.NEUTRAL: check_neutral,
    Law.MONOTONE: check_monotone,
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


def test_every_method_among_candidates_is_run_by_a_contract() -> None:
    others = {one.key for one in all_elections() if one not in METHODS}
    ranked = {one.key for one in all_elections() if one.ballot is BallotForm.RANK}
    assert others - ranked == {"election_without_candidate", "sortition"}
