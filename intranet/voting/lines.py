"""The codes of the sentences that explain an outcome. The words are made in the web layer.

`docs/methods.md` gives the English sentence of each code, with the names below in braces.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from intranet.voting.election_lines import ELECTION_CODES, ELECTION_VERDICTS, RANKED_CODES
from intranet.voting.graded_lines import GRADED_CODES, GRADED_VERDICTS

_MAJORITY = ("votes_for", "needed", "base", "base_size")
_SIDES = ("votes_for", "votes_against")
_VOTES_LEFT_OUT = ("abstain", "blank", "spoiled")
_OVERRIDE = ("in_favour", "needed", "threshold", "base", "base_size")

VERDICT_CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "no_quorum": ("taken_part", "quorum_needed", "registered"),
        "adopted_more_for": _SIDES,
        "rejected_not_more_for": _SIDES,
        "rejected_tie": _SIDES,
        "tied_chair": _SIDES,
        "tied_new_round": _SIDES,
        "tied_draw": _SIDES,
        "adopted_by_draw": _SIDES,
        "rejected_by_draw": _SIDES,
        "rejected_no_votes_cast": (),
        "adopted_majority": _MAJORITY,
        "rejected_majority": _MAJORITY,
        "adopted_consent": ("in_favour", "asked"),
        "adopted_despite_objections": ("in_favour", "objection", "silent_against"),
        "rejected_objections": ("objection",),
        "rejected_silence": ("silent",),
        "rejected_nobody_in_favour": (),
        "adopted_unanimity": ("votes_for", "base", "base_size"),
        "rejected_unanimity": ("votes_for", "base", "base_size"),
        "adopted_consensus": ("in_favour", "asked"),
        "adopted_despite_blocks": ("in_favour", "block"),
        "rejected_blocks": ("block",),
        "adopted_support": ("support", "needed", "base", "base_size"),
        "rejected_support": ("support", "needed", "base", "base_size"),
        "rejected_support_not_more": ("support", "opposed"),
        "rejected_lowest_steps": ("lowest",),
        "advised_sense": ("given", "asked"),
        "advised_advice": ("given", "asked"),
        "advised_decided": (
            "person",
            "given",
            "asked",
            "go_ahead",
            "change_first",
            "advise_against",
        ),
    }
)
"""The first line of an outcome, and the names of its values."""

ARITHMETIC_CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "quorum_none": ("taken_part", "registered"),
        "quorum_met": ("taken_part", "quorum_needed", "registered"),
        "quorum_missed": ("taken_part", "quorum_needed", "registered", "missing"),
        "voices_in_parts": ("external", "people", "full", "part"),
        "counts_votes": (*_SIDES, *_VOTES_LEFT_OUT, "not_voted"),
        "base_registered": ("registered",),
        "base_present_or_represented": ("present_or_represented", "registered"),
        "base_cast": ("cast", *_VOTES_LEFT_OUT),
        "base_cast_with_blank": ("cast", *_VOTES_LEFT_OUT),
        "threshold_more_than": ("threshold", "base", "base_size", "needed"),
        "threshold_at_least": ("threshold", "base", "base_size", "needed"),
        "counts_positions": (
            "consent",
            "reservation",
            "stand_aside",
            "objection",
            "objection_lifted",
            "spoiled",
            "not_voted",
        ),
        "silence_not_counted": ("silent",),
        "silence_counts_in_favour": ("silent",),
        "silence_counts_against": ("silent",),
        "objections_lifted": ("objection_lifted",),
        "reservations_kept": ("reservation",),
        "override_met": _OVERRIDE,
        "override_missed": _OVERRIDE,
        "threshold_all": ("base", "base_size"),
        "counts_consensus": (
            "agree",
            "reservation",
            "stand_aside",
            "block",
            "spoiled",
            "not_voted",
        ),
        "counts_steps": (
            "endorse",
            "endorse_minor",
            "support_with_reservation",
            "abstain",
            "stand_aside",
            "disagree_but_follow",
            "disagree_not_involved",
            "block",
            "spoiled",
            "not_voted",
        ),
        "sides_drawn": ("seed",),
        "steps_added_up": ("support", "neither", "opposed"),
        "base_steps_cast": ("base_size", "neither", "spoiled"),
        "lowest_steps_stop": ("lowest",),
        "lowest_steps_do_not_stop": ("lowest",),
        "counts_sense": ("looks_good", "unsure", "concerned", "spoiled", "not_voted"),
        "sense_decides_nothing": (),
        "counts_advice": (
            "go_ahead",
            "change_first",
            "advise_against",
            "no_advice",
            "spoiled",
            "not_voted",
        ),
        "advice_decides_nothing": (),
    }
)
"""The lines that follow the verdict, and the names of their values."""

LINE_CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **VERDICT_CODES,
        **ARITHMETIC_CODES,
        **ELECTION_VERDICTS,
        **ELECTION_CODES,
        **RANKED_CODES,
        **GRADED_VERDICTS,
        **GRADED_CODES,
    }
)
"""Every code that an outcome or a ranking may hold, with the names of its values.

All values are whole numbers, except `base` (a value of `Base`), `threshold` (text, "2/3") and
those that `election_lines` lists, and `seed` and `person` (text).
"""


@dataclass(frozen=True)
class Line:
    """One sentence of an explanation, before it has words.

    Raises ValueError when the values are not exactly those that the code promises.
    """

    code: str
    values: Mapping[str, int | str]

    def __post_init__(self) -> None:
        if self.code not in LINE_CODES or set(self.values) != set(LINE_CODES[self.code]):
            raise ValueError(f"line {self.code} cannot hold {sorted(self.values)}")
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))


def line(code: str, values: Mapping[str, int | str]) -> Line:
    """The line of this code, picking the values it needs. Raises KeyError when one is absent."""
    return Line(code, {name: values[name] for name in LINE_CODES[code]})
