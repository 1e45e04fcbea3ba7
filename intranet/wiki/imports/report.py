"""What an import is asked to do, and what it did."""

from __future__ import annotations

from dataclasses import dataclass, field

from intranet.wiki.formats.raw import Reason


@dataclass(frozen=True)
class Target:
    """Where imported pages go and who may read them."""

    audience: str
    parent_id: int | None = None


@dataclass
class Report:
    """What an import did: how many files of each fate, and why some were left out. `files` counts
    those newly laid beside pages."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    files: int = 0
    skipped: list[tuple[str, Reason]] = field(default_factory=list)

    def summary(self) -> str:
        """The one line at the end."""
        return (
            f"imported {self.imported}, updated {self.updated}, unchanged {self.unchanged}, "
            f"skipped {len(self.skipped)}"
        )
