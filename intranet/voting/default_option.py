"""Who leaves a ranked count before it begins, for want of support against the default option."""

from __future__ import annotations

from collections.abc import Sequence

from intranet.voting.election import Dropped, ElectionSettings
from intranet.voting.lines import Line, line
from intranet.voting.opening import exact_text
from intranet.voting.pairwise import Pairs

ABOVE_DEFAULT = "above_default"
MAJORITY = "majority"


def with_default(options: Sequence[str], settings: ElectionSettings | None) -> tuple[str, ...]:
    """The ballot of these options: themselves, then the default option of the settings, if any."""
    default = settings.default_option if settings else ""
    return (*options, default) if default else tuple(options)


def needed_over_default(settings: ElectionSettings, ballots: int) -> int:
    """The smallest number of ballots that must place an option above the default one, when all of
    them place it above or below."""
    more_than = int(settings.above_default) + 1
    if settings.majority == 1:
        return max(more_than, ballots // 2 + 1)
    above, below = settings.majority.numerator, settings.majority.denominator
    return max(more_than, 1, -(-above * ballots // (above + below)))


def drop_unsupported(
    pairs: Pairs, candidates: Sequence[str], settings: ElectionSettings
) -> tuple[tuple[Dropped, ...], tuple[Line, ...]]:
    """Those dropped, and a line for each candidate beside the default option.

    First who is not placed above the default option by more ballots than `above_default`; then
    who does not reach the majority against it: `majority` times as many ballots above as below,
    and more of them when it is 1. Source: Debian constitution, A.6.2 and A.6.3.
    """
    default = settings.default_option
    dropped, lines = [], []
    for candidate in candidates if default else ():
        if candidate == default:
            continue
        above, below = pairs[candidate, default], pairs[default, candidate]
        reason, code = _judge(above, below, settings)
        if reason:
            dropped.append(Dropped(candidate, reason))
        values: dict[str, int | str] = {
            "candidate": candidate,
            "default": default,
            "above": above,
            "below": below,
            "ratio": exact_text(settings.majority),
            "more_than": exact_text(settings.above_default),
        }
        lines.append(line(code, values))
    return tuple(dropped), tuple(lines)


def _judge(above: int, below: int, settings: ElectionSettings) -> tuple[str, str]:
    """The reason to drop, or "", and the code of the sentence."""
    if not above > settings.above_default and settings.above_default > 0:
        return ABOVE_DEFAULT, "dropped_above_default"
    if settings.majority > 1 and above < settings.majority * below:
        return MAJORITY, "dropped_majority"
    if above <= below:
        return MAJORITY, "dropped_not_above"
    return "", "kept_over_default"
