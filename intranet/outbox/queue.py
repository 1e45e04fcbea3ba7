"""Laying messages down to be sent after the commit, each once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from intranet.core.db import insert_once
from intranet.core.transaction import Transaction
from intranet.outbox.letters import Letter, Part
from intranet.outbox.models import Message

LETTER = "letter"


@dataclass(frozen=True)
class Order:
    """A message to be written by the writer of a channel when its time has come."""

    key: str
    channel: str
    due_at: datetime
    person_id: int | None = None
    reference: int | None = None
    words: str = ""


def lay_down(tx: Transaction, order: Order) -> bool:
    """Lay a message down unless one has its key, and say whether it was laid down now."""
    return insert_once(tx.session, Message, **asdict(order), created_at=tx.now, attempts=0)


def packed(letter: Letter) -> str:
    """A letter with its words, as it waits in its row."""
    return json.dumps(asdict(letter), ensure_ascii=False)


def unpacked(words: str) -> Letter:
    """A letter out of its row."""
    plain = json.loads(words)
    parts, foot = (_parts(plain.pop(name)) for name in ("parts", "foot"))
    return Letter(parts=parts, foot=foot, **plain)


def _parts(plain: Sequence[dict[str, str]]) -> tuple[Part, ...]:
    return tuple(Part(**part) for part in plain)
