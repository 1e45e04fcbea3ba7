"""Everybody writes a name and says why, twice; then one person is proposed, by consent.

The three steps are three counts: the names of each round (`METHOD.count`), the two rounds side by
side (`after_two_rounds`), and the consent on the person proposed (`after_consent`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from intranet.voting.election import ElectionSettings, Ranking, Round, Verdict
from intranet.voting.lines import Line, line
from intranet.voting.mark_fields import read_one
from intranet.voting.opening import gathered, open_box, undecided
from intranet.voting.outcome import Outcome
from intranet.voting.papers import Paper, spoiled
from intranet.voting.seats import grouped, names
from intranet.voting.types import BallotForm, InvalidCount, Law, Result


class ElectionWithoutCandidate:
    """Gathers names for a role; counting them chooses nobody.

    Everybody on the list may be named, by one name a ballot; a ballot with several is spoiled, a
    blank one names nobody on purpose. Names are listed by the number of ballots, and as many is
    no difficulty: whoever leads the meeting proposes one of those named, for the reasons heard
    and not for the numbers, and the person is chosen by consent. Not having voted counts for
    the quorum only.
    Source: the sociocratic election of Gerard Endenburg; in France the election sans candidat.
    """

    key = "election_without_candidate"
    label = "Election without candidate"
    ballot = BallotForm.NAME
    settings = ("quorum",)
    laws = frozenset({Law.ANONYMOUS, Law.NEUTRAL})

    def read(
        self,
        raw: Mapping[str, str],
        candidates: Sequence[str],
        settings: ElectionSettings,  # noqa: ARG002
    ) -> Paper:
        """The name written, or a blank ballot. Raises InvalidChoice."""
        return read_one(raw, candidates)

    def count(
        self,
        papers: Sequence[Paper],
        candidates: Sequence[str],
        registered: int,
        settings: ElectionSettings,
    ) -> Ranking:
        """List the names of one round, the most written first. Raises InvalidCount."""
        own = ElectionSettings(quorum=settings.quorum)
        kept = tuple(_readable(papers))
        box = open_box(self.key, kept, candidates, registered, own)
        if nothing := undecided(box):
            return nothing
        written: dict[str, int] = {}
        for paper in box.papers:
            for name in paper.marks:
                written[name] = written.get(name, 0) + paper.copies
        order = grouped(written)
        lines = [line("named_round", {"people": len(written)}), *_names(order, written)]
        scores = {name: str(written[name]) for group in order for name in group}
        return gathered(box, Verdict.NAMED, order, (), lines, rounds=(Round(1, scores),))


def after_two_rounds(first: Ranking, second: Ranking) -> Ranking:
    """The names of the second round, with those of the first beside them.

    Raises InvalidCount unless names were gathered in both.
    """
    if {first.verdict, second.verdict} != {Verdict.NAMED}:
        raise InvalidCount("no_names_gathered")
    before, after = first.rounds[0].scores, second.rounds[0].scores
    changes = tuple(
        line(
            "named_change",
            {"candidate": name, "first": _times(before, name), "second": _times(after, name)},
        )
        for name in sorted({*before, *after})
        if _times(before, name) != _times(after, name)
    )
    rounds = (first.rounds[0], replace(second.rounds[0], number=2))
    return replace(second, rounds=rounds, lines=(*second.lines, *changes))


def after_consent(gathered_names: Ranking, proposed: str, consent: Outcome) -> Ranking:
    """The end of the election: the person proposed is chosen if the round of consent adopts.

    Raises InvalidCount when nobody named the person, or when the outcome is of another method.
    """
    if gathered_names.verdict is not Verdict.NAMED or consent.method != "consent":
        raise InvalidCount("no_names_gathered")
    if not any(proposed in group for group in gathered_names.order):
        raise InvalidCount("nobody_named_this_person")
    is_chosen = consent.result is Result.ADOPTED
    code = "decided_by_consent" if is_chosen else "nobody_without_consent"
    return replace(
        gathered_names,
        verdict=Verdict.DECIDED if is_chosen else Verdict.NOBODY,
        elected=(proposed,) if is_chosen else (),
        lines=(line(code, {"candidate": proposed}), *consent.lines, *gathered_names.lines[1:]),
    )


def _readable(papers: Iterable[Paper]) -> Iterable[Paper]:
    for paper in papers:
        if any(mark != 1 for mark in paper.marks.values()):
            raise InvalidCount("mark_is_no_cross")
        yield spoiled(paper) if len(paper.marks) > 1 else paper


def _names(order: Sequence[Sequence[str]], written: Mapping[str, int]) -> list[Line]:
    return [line("named", {"names": names(group), "votes": written[group[0]]}) for group in order]


def _times(scores: Mapping[str, str], name: str) -> int:
    return int(scores.get(name, "0"))


METHOD = ElectionWithoutCandidate()
