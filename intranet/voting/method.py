"""What a decision method is: the shape that every file of `methods/` gives its `METHOD`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from intranet.voting.outcome import Outcome
from intranet.voting.settings import Settings
from intranet.voting.types import BallotForm, CastBallot, Choice, Electorate, Law, Setting


class Method(Protocol):
    """One way to decide. Pure: same ballots, same outcome, in any order.

    `label` is the English msgid of its name. `options` are the answers of the form, in the order
    shown. `settings` are the fields of `Settings` that change its count. `concludes` says whether
    the count ends the question; if not, the discussion goes on, or one person decides.
    """

    key: str
    label: str
    ballot: BallotForm
    options: tuple[str, ...]
    settings: tuple[Setting, ...]
    laws: frozenset[Law]
    concludes: bool

    def read(self, raw: Mapping[str, str]) -> Choice:
        """Turn the fields `option` and `reason` into a choice, or raise InvalidChoice.

        Never guesses: an empty or unknown option is an error, not an abstention.
        """
        ...

    def tally(
        self, ballots: Sequence[CastBallot], electorate: Electorate, settings: Settings
    ) -> Outcome:
        """Count, with whole numbers and fractions only, and explain line by line.

        Raises InvalidCount when the ballots cannot belong to this electorate or method.
        """
        ...
