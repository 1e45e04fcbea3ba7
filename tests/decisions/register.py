"""Short ways to fill a register in tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from intranet.core.transaction import Transaction
from intranet.decisions.effects import Entered, Entry, enter
from tests.cast import Cast

DECIDED = date(2026, 3, 12)


def entry(cast: Cast, title: str = "Acheter un four", **changes: Any) -> Entry:
    """An adopted decision of the assembly, readable by those who work here."""
    plain = Entry(
        body_id=cast.assembly,
        body_code="AG",
        title=title,
        text=f"{title}, dès que possible.",
        result="adopted",
        decided_on=DECIDED,
        origin_kind="proposal",
        origin_id=7,
        audience="workers",
    )
    return replace(plain, **changes)


def entered(tx: Transaction, cast: Cast, title: str = "Acheter un four", **changes: Any) -> Entered:
    """Enter such a decision."""
    return enter(tx, entry(cast, title, **changes))
