"""Names drawn by lot, from a seed drawn in public, so that anybody can draw them again."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from hashlib import sha256

from intranet.voting.election import ElectionSettings, Ranking, Round, Verdict
from intranet.voting.lines import line
from intranet.voting.opening import gathered, open_box
from intranet.voting.papers import Paper
from intranet.voting.seats import names
from intranet.voting.types import BallotForm, ChoiceProblem, InvalidChoice, InvalidCount, Law


class Sortition:
    """As many names as there are seats, drawn from the list; nobody votes.

    The list is published first. Then the seed is drawn in public (dice, the numbers of a lottery
    of a day named beforehand) and recorded. From there everything is computed: the digest of
    each name is the SHA-256 of the seed, a line feed and the name, in UTF-8 (composed characters,
    NFC); the names with the smallest digests are drawn, in that order. The order of the list
    changes nothing, and leaving out somebody who declines changes nothing among the others. There
    is no ballot, so nothing is blank, spoiled or not voted, and no tie.
    """

    key = "sortition"
    label = "Drawing lots"
    ballot = BallotForm.NONE
    settings = ("seats", "seed")
    laws = frozenset({Law.ANONYMOUS})

    def read(
        self,
        raw: Mapping[str, str],  # noqa: ARG002
        candidates: Sequence[str],  # noqa: ARG002
        settings: ElectionSettings,  # noqa: ARG002
    ) -> Paper:
        """Nobody votes: always raises InvalidChoice."""
        raise InvalidChoice(ChoiceProblem.UNKNOWN)

    def count(
        self,
        papers: Sequence[Paper],
        candidates: Sequence[str],
        registered: int,
        settings: ElectionSettings,
    ) -> Ranking:
        """Draw. Raises InvalidCount without a seed, without names, or with a ballot."""
        if papers:
            raise InvalidCount("no_ballots_in_a_draw")
        own = ElectionSettings(seats=settings.seats, seed=settings.seed)
        box = open_box(self.key, (), candidates, registered, own)
        order = drawn(box.candidates, own.seed)
        elected = order[: own.seats]
        lines = [
            line("decided_drawn", {"elected": names(elected), "people": len(order)}),
            line("drawn_rule", {"seed": own.seed}),
        ]
        lines += [
            line(
                "drawn", {"place": place, "candidate": name, "digest": digest(name, own.seed)[:16]}
            )
            for place, name in enumerate(order, 1)
        ]
        scores = {name: digest(name, own.seed) for name in order}
        groups = [(name,) for name in order]
        return gathered(
            box, Verdict.DECIDED, groups, elected, lines, rounds=(Round(1, scores, elected),)
        )


def undrawn(candidates: Sequence[str], registered: int, settings: ElectionSettings) -> Ranking:
    """The list before the draw: everybody is tied, and the seed is still to be drawn."""
    own = ElectionSettings(seats=settings.seats)
    box = open_box(METHOD.key, (), candidates, registered, own)
    values: dict[str, int | str] = {"people": len(box.candidates), "left": own.seats}
    first = line("tied_before_the_draw", values)
    everybody = (box.candidates,)
    return gathered(box, Verdict.TIED, everybody, (), [first], tied=box.candidates)


def drawn(candidates: Sequence[str], seed: str) -> tuple[str, ...]:
    """All the names in the order of the draw, which `tie_break` takes as well.

    Raises InvalidCount without a seed.
    """
    if not seed.strip():
        raise InvalidCount("no_seed")
    return tuple(sorted(candidates, key=lambda name: digest(name, seed)))


def digest(name: str, seed: str) -> str:
    """The SHA-256 of the seed, a line feed and the name, in 64 hexadecimal digits."""
    text = unicodedata.normalize("NFC", f"{seed}\n{name}")
    return sha256(text.encode()).hexdigest()


METHOD = Sortition()
