"""What somebody typed and has not sent yet, for them alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from intranet.core.transaction import Reader
from intranet.proposals.typing.models import KeptTyping


@dataclass(frozen=True)
class Typed:
    """The fields of a form as they were left, and when."""

    fields: Mapping[str, str]
    at: datetime


def typed(reader: Reader, place: str) -> Typed | None:
    """What the person looking left in the form at this address, if anything."""
    if reader.actor.person_id is None:
        return None
    row = reader.session.get(KeptTyping, (reader.actor.person_id, place))
    return Typed(json.loads(row.fields), row.at) if row else None
