"""What each status may do in this cooperative, and the decision that said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intranet.core.transaction import Reader
from intranet.members.models import Cooperative
from intranet.members.statuses import Right, Status, rights_of


@dataclass(frozen=True)
class RightsTable:
    """The rights of every status; `decision_number` is None while the founders' words count."""

    rights: Mapping[Status, frozenset[Right]]
    decision_number: str | None


def rights_table(reader: Reader) -> RightsTable:
    """The table in force."""
    row = reader.session.get(Cooperative, 1)
    said = row.rights if row else "{}"
    rights = {status: rights_of(status, said) for status in Status}
    return RightsTable(rights, row.rights_decision if row else None)


def has_right(reader: Reader, status: str | None, right: Right) -> bool:
    """Whether a status gives a right here."""
    return status is not None and right in rights_table(reader).rights[Status(status)]
