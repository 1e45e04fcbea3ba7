"""What happens to the list of names."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class SynonymsWritten(Event):
    """The list of names that mean the same for the search has another version."""

    synonym_list_id: int
