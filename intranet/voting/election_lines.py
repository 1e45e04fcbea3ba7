"""The codes of the sentences that explain an election, with the names of their values.

The words are in `web/words/elections.py`; `docs/methods.md` gives the English sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ELECTION_VERDICTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "decided_elected": ("elected", "seats"),
        "decided_seats_empty": ("elected", "seats", "empty"),
        "tied_for_seats": ("tied", "left"),
        "tied_after_elected": ("elected", "tied", "left"),
        "tied_count_stops": ("tied",),
        "tied_count_stops_after_elected": ("elected", "tied"),
        "tied_before_the_draw": ("people", "left"),
        "nobody_no_ballots": (),
        "nobody_default": ("default",),
    }
)
"""The first line of a ranking, beside `no_quorum`; each begins with the value of its verdict."""

ELECTION_CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "counts_papers": ("valid", "blank", "spoiled", "not_voted"),
        "unmarked_uncompared": (),
        "unmarked_last": (),
        "unmarked_reject": (),
        "draw_separates": ("names",),
        "withdrawn": ("names",),
    }
)
"""Lines that every method among candidates may use."""

RANKED_CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "unmarked_ends": (),
        "dropped_above_default": ("candidate", "default", "above", "more_than"),
        "dropped_majority": ("candidate", "default", "above", "below", "ratio"),
        "dropped_not_above": ("candidate", "default", "above", "below"),
        "kept_over_default": ("candidate", "default", "above", "below"),
        "beats_each_other": ("candidate",),
        "nobody_beats_each_other": (),
        "defeat": ("candidate", "other", "votes_for", "votes_against"),
        "pair_tied": ("candidate", "other", "votes_for", "votes_against"),
        "chain": ("candidate", "other", "strength", "strength_back"),
        "chains_tied": ("candidate", "other", "strength"),
        "place": ("place", "names", "beaten_by"),
        "points_rule": ("most",),
        "points": ("place", "names", "score"),
        "quota": ("quota", "valid", "seats"),
        "round_majority": ("round", "candidate", "score", "in_play"),
        "round_placed": ("round", "candidate", "place"),
        "round_quota": ("round", "candidate", "score", "quota"),
        "round_seats_left": ("round", "names"),
        "round_surplus": ("round", "candidate", "score", "value"),
        "round_eliminated": ("round", "candidate", "score"),
        "round_eliminated_together": ("round", "names", "score"),
        "round_earlier": ("round", "candidate", "names"),
        "round_draw": ("round", "candidate", "names"),
        "round_stops": ("round", "names"),
    }
)
"""Lines of the methods that count rankings."""

NAMED_VALUES = frozenset({"candidate", "other", "default", "names", "elected", "tied"})
"""Values that hold one candidate, or several one after the other."""

EXACT_VALUES = frozenset({"score", "quota", "value", "ratio", "more_than", "in_play"})
"""Values that hold an exact number as text: "3", "47.15", "22.5", "1412.45570" or "10/3"."""
