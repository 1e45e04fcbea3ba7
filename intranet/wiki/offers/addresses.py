"""Where a suggested change is read."""

from __future__ import annotations


def offer_address(number: int) -> str:
    """Where a suggested change of a page, and the answer to it, is read."""
    return f"/wiki/suggestions/{number}"
