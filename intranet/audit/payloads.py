"""What events of one name say, read back from the journal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from intranet.core.events import EventRow
from intranet.core.transaction import Reader


def payloads(reader: Reader, name: str) -> Iterator[dict[str, Any]]:
    """The payloads of all events of this name, in their order."""
    query = select(EventRow.payload).where(EventRow.name == name).order_by(EventRow.id)
    for payload in reader.session.scalars(query).yield_per(500):
        yield json.loads(payload)
