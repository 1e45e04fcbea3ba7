"""The result of an election as drawings: lengths in whole hundredths of a percent, never floats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask import Flask

from intranet.voting import registry
from intranet.voting.election import Ranking, Round
from intranet.voting.election_lines import EXACT_VALUES
from intranet.voting.types import BallotForm
from intranet.web import messages

LONGEST = 44
"""Characters of a name beside a bar; the table beside the drawing has the whole of it."""


@dataclass(frozen=True)
class Bar:
    """One option: its name, its number in words, and the length of its bar as "37.50%"."""

    name: str
    said: str
    length: str
    is_chosen: bool
    is_tied: bool

    @property
    def short(self) -> str:
        """The name, cut where a drawing on a phone would cut it."""
        return self.name if len(self.name) <= LONGEST else f"{self.name[: LONGEST - 1]}…"


@dataclass(frozen=True)
class Part:
    """One grade of a merit profile: where its part begins, how long it is, how many gave it."""

    grade: str
    place: int
    start: str
    length: str
    count: int


@dataclass(frozen=True)
class Profile:
    """The grades of one option, best first, with the grade that stands in the middle."""

    bar: Bar
    parts: tuple[Part, ...]
    median: str


@dataclass(frozen=True)
class Step:
    """One round: its bars, who was settled in it, and how many ballots go to nobody any more."""

    number: int
    bars: tuple[Bar, ...]
    elected: tuple[str, ...]
    eliminated: tuple[str, ...]
    exhausted: str


@dataclass(frozen=True)
class Pair:
    """One comparison of two options, from the side of the first."""

    votes_for: int
    votes_against: int

    @property
    def sign(self) -> str:
        """`win`, `loss` or `tie`."""
        if self.votes_for == self.votes_against:
            return "tie"
        return "win" if self.votes_for > self.votes_against else "loss"


def percent(part: Fraction | int, whole: Fraction | int) -> str:
    """The part as a percentage with two decimals, cut and not rounded; nothing of nothing."""
    if whole <= 0 or part <= 0:
        return "0%"
    hundredths = min(10000, int(Fraction(part) * 10000 / Fraction(whole)))
    return f"{hundredths // 100}.{hundredths % 100:02}%"


def _bars(ranking: Ranking, scores: Mapping[str, str], chosen: Sequence[str]) -> tuple[Bar, ...]:
    most = max((Fraction(score) for score in scores.values()), default=Fraction(0))
    whole = max(most, Fraction(_whole(ranking)))
    return tuple(
        Bar(
            name=name,
            said=messages.rounded(score),
            length=percent(Fraction(score), whole),
            is_chosen=name in chosen,
            is_tied=name in ranking.tied,
        )
        for name, score in scores.items()
    )


def _whole(ranking: Ranking) -> int:
    """What the longest possible bar stands for: all valid ballots where bars are ballots."""
    added_up = {"score", "dot_allocation", "borda"}
    return 0 if ranking.method in added_up else ranking.turnout.valid


def result_bars(ranking: Ranking) -> tuple[Bar, ...]:
    """One bar for each option of a count that has a single step and no grades, the longest first;
    else none."""
    if len(ranking.rounds) != 1 or ranking.pairwise or not has_ballots(ranking):
        return ()
    scores = ranking.rounds[0].scores
    by_score = dict(sorted(scores.items(), key=lambda pair: -Fraction(pair[1])))
    return _bars(ranking, by_score, ranking.elected)


def has_ballots(ranking: Ranking) -> bool:
    """Whether people marked ballots; where lots are drawn, digests are no number of anything."""
    return registry.ballot_form(ranking.method) is not BallotForm.NONE


def result_steps(ranking: Ranking) -> tuple[Step, ...]:
    """The rounds of a count that has several."""
    if result_bars(ranking) or not has_ballots(ranking):
        return ()
    return tuple(_step(ranking, one) for one in ranking.rounds)


def _step(ranking: Ranking, one: Round) -> Step:
    return Step(
        number=one.number,
        bars=_bars(ranking, one.scores, one.elected),
        elected=one.elected,
        eliminated=one.eliminated,
        exhausted=messages.rounded(one.exhausted),
    )


def result_profiles(ranking: Ranking, grades: Sequence[str]) -> tuple[Profile, ...]:
    """The grades of each option, in the order of the result; the middle is the majority grade."""
    names = [name for group in ranking.order for name in group]
    return tuple(_profile(ranking, name, grades) for name in names if name in ranking.profile)


def _profile(ranking: Ranking, name: str, grades: Sequence[str]) -> Profile:
    counts = ranking.profile[name]
    total, parts, before, median = sum(counts), [], 0, ""
    for place, count in enumerate(counts):
        word = grades[place] if place < len(grades) else str(place + 1)
        start, length = percent(before, total), percent(count, total)
        parts.append(Part(word, place, start, length, count))
        before += count
        if not median and 2 * before > total:
            median = word
    bar = Bar(name, median, "100%", name in ranking.elected, name in ranking.tied)
    return Profile(bar, tuple(parts), median)


def result_pairs(ranking: Ranking) -> list[tuple[str, list[Pair | None]]]:
    """Each option against each other one, in the order of the result; None on the diagonal."""
    pairs = ranking.pairwise
    names = [name for group in ranking.order for name in group]
    names += [one.candidate for one in ranking.dropped if (one.candidate, names[0]) in pairs]
    return [
        (
            name,
            [Pair(pairs[name, o], pairs[o, name]) if o != name else None for o in names],
        )
        for name in names
        if pairs
    ]


def is_rounded(ranking: Ranking) -> bool:
    """Whether a number on the page says less than the one that was counted."""
    scores = [score for one in ranking.rounds for score in (*one.scores.values(), one.exhausted)]
    values = [
        one.values[name] for one in ranking.lines for name in EXACT_VALUES & one.values.keys()
    ]
    return any(messages.is_cut(str(number)) for number in (*scores, *values))


def places(ranking: Ranking) -> list[tuple[int, tuple[str, ...]]]:
    """The groups of the result with the place each one holds."""
    found, place = [], 1
    for group in ranking.order:
        found.append((place, group))
        place += len(group)
    return found


def install(app: Flask) -> None:
    """Give templates these drawings as functions."""
    app.jinja_env.globals.update(
        has_ballots=has_ballots,
        result_bars=result_bars,
        result_is_rounded=is_rounded,
        result_pairs=result_pairs,
        result_places=places,
        result_profiles=result_profiles,
        result_steps=result_steps,
    )
