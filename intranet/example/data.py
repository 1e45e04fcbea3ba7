"""The files of the example cooperative, read; README.md beside them says what each key means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from intranet.core import frontmatter

HERE = Path(__file__).parent
# The same loader written in C is ten times as fast; not every machine has it.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Record = dict[str, Any]
"""An entry of a YAML file, as the README describes it."""


@dataclass(frozen=True)
class PageFile:
    """A page with its present text; `key` is its path, `parent` the key of the page above it."""

    key: str
    title: str
    kind: str
    layer: str
    tags: tuple[str, ...]
    audience: str
    position: int
    created: date
    author: str
    text: str

    @property
    def parent(self) -> str:
        """The key of the page under which it stands; empty at the top."""
        return self.key.rpartition("/")[0]


@dataclass(frozen=True)
class Example:
    """Everything that is loaded, in the order of the files."""

    cooperative: Record
    password: str
    people: list[Record]
    bodies: list[Record]
    procedures: list[Record]
    pages: Mapping[str, PageFile]
    decisions: Mapping[str, Record]
    proposals: list[Record]
    choosing: list[Record]
    choices: list[Record]
    advice: Record


def read() -> Example:
    """The example cooperative as its files describe it."""
    people, choices = _yaml("people"), _yaml("choices")
    return Example(
        cooperative=_yaml("cooperative"),
        password=people["demo_password"],
        people=people["people"],
        bodies=_yaml("bodies")["bodies"],
        procedures=_yaml("procedures")["procedures"],
        pages={page.key: page for page in map(_page, sorted((HERE / "pages").rglob("*.md")))},
        decisions={entry["key"]: entry for entry in _yaml("decisions")["decisions"]},
        proposals=_yaml("proposals")["proposals"],
        choosing=choices["procedures"],
        choices=choices["choices"],
        advice=_yaml("advice"),
    )


def first_texts(pages: Iterable[PageFile], decisions: Iterable[Record]) -> dict[str, str]:
    """Every page as it was first written: the changes undone from the last to the first."""
    texts = {page.key: page.text for page in pages}
    for entry in reversed(list(decisions)):
        change = entry.get("page_change")
        if change:
            texts[change["page"]] = texts[change["page"]].replace(
                change["by"], change["replace"], 1
            )
    return texts


def _yaml(name: str) -> Record:
    found: Record = yaml.load((HERE / f"{name}.yml").read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506
    return found


def _page(path: Path) -> PageFile:
    source = frontmatter.split(path.read_text(encoding="utf-8"))
    matter: Mapping[str, Any] = source.values
    return PageFile(
        key=path.relative_to(HERE / "pages").with_suffix("").as_posix(),
        title=matter["title"],
        kind=matter["kind"],
        layer=matter.get("layer", ""),
        tags=tuple(matter["tags"]),
        audience=matter["audience"],
        position=int(matter["position"]),
        created=date.fromisoformat(matter["created"]),
        author=matter["author"],
        text=source.body.strip() + "\n",
    )
