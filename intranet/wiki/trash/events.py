"""What happens to pages around the trash."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class PageTrashed(Event):
    """A page was put in the trash, with a reason; its text, history and address stay."""

    page_id: int


@dataclass(frozen=True)
class PageTakenFromTrash(Event):
    """A page came back from the trash, as it was."""

    page_id: int
