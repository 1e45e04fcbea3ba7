"""The codes of the sentences that explain crosses, scores, points, grades, names and lots.

The words are in `web/words/choosing.py`; `docs/methods.md` gives the English sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

GRADED_VERDICTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "nobody_has_majority": ("needed", "base", "base_size", "names"),
        "nobody_has_points": (),
        "named_round": ("people",),
        "decided_by_consent": ("candidate",),
        "nobody_without_consent": ("candidate",),
        "decided_drawn": ("elected", "people"),
    }
)
"""First lines of a ranking, beside those of every election."""

GRADED_CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "crosses_one": (),
        "crosses_at_most": ("most", "crosses", "valid"),
        "crosses_any": ("crosses", "valid"),
        "votes": ("place", "names", "votes", "valid"),
        "seat_needs_majority": ("needed", "threshold", "base", "base_size"),
        "unmarked_is_zero": (),
        "unmarked_is_worst": (),
        "scores_rule": ("highest", "possible"),
        "points_shared": ("budget", "given", "possible"),
        "total": ("place", "candidate", "total", "votes", "valid"),
        "judged": ("place", "candidate", "grade", "above", "below", "valid"),
        "medians_removed": ("candidate", "other", "removed", "grade", "other_grade"),
        "named": ("names", "votes"),
        "named_change": ("candidate", "first", "second"),
        "drawn_rule": ("seed",),
        "drawn": ("place", "candidate", "digest"),
    }
)
"""Lines of the methods with crosses, scores, points, grades, names or lots."""

TEXT_VALUES = frozenset({"grade", "other_grade", "digest", "seed"})
"""Values that hold other text: the words of a grade, digits of a digest, a seed."""
