"""Who may set an installation up."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader


def may_found(reader: Reader, is_set_up: bool) -> Verdict:
    """Whoever holds the one-time link or the console, once, while there is no cooperative."""
    if is_set_up:
        return no("founding.already_set_up")
    return YES if reader.actor.is_system else no("founding.only_by_the_link")
