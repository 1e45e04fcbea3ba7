"""A document as Whoosh keeps it, and back; and the stamp beside the index."""

import json
import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from whoosh.analysis import Token as WhooshToken
from whoosh.analysis import Tokenizer
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema

from intranet.search.analysis import Token
from intranet.search.backends._whoosh_query import WEIGHTS, tag_key
from intranet.search.fields import analysed, factor, tag_names
from intranet.search.port import SCHEMA_VERSION, Document
from intranet.search.results import Found
from intranet.search.storable import storable

_STAMP = "stamp.json"


class _OurTerms(Tokenizer):  # type: ignore[misc]  # Whoosh has no types.
    """Reads back the terms that _encoded wrote: Whoosh analyses nothing itself."""

    def __call__(self, value: str, **_options: Any) -> Iterator[WhooshToken]:
        token = WhooshToken(positions=True)
        token.boost = 1.0
        token.stopped = False
        for item in value.split():
            token.text, _, position = item.rpartition(":")
            token.pos = int(position)
            yield token


def _encoded(tokens: list[Token]) -> str:
    return " ".join(f"{token.term}:{token.position}" for token in tokens)


def schema() -> Schema:
    """The fields of the index."""
    texts = {name: TEXT(analyzer=_OurTerms(), stored=False) for name in WEIGHTS}
    names = {name: ID() for name in ("kind", "audience", "state", "factor")}
    names["date"] = ID(sortable=True)
    return Schema(
        key=ID(unique=True, stored=True), tag=KEYWORD(commas=True), shown=STORED, **texts, **names
    )


def fields_of(document: Document) -> dict[str, Any]:
    """What Whoosh is given of a document: terms to find it by, and what is shown of it."""
    values: dict[str, Any] = {name: _encoded(tokens) for name, tokens in analysed(document).each()}
    values |= {"key": document.key, "kind": document.kind, "audience": document.audience}
    values["tag"] = ",".join(map(tag_key, tag_names(document))) or None
    values["state"] = document.state or None
    values["date"] = document.dated_on.isoformat() if document.dated_on else None
    multiplier = factor(document)
    values["factor"] = None if multiplier == 1.0 else str(multiplier)
    values["shown"] = (
        document.kind,
        storable(document.title),
        storable(document.body),
        document.language,
        document.url,
        document.source,
        document.state,
        document.dated_on.isoformat() if document.dated_on else None,
        document.tags,
    )
    return values


def found_of(result: Any) -> Found:
    """What is shown of a document, read back."""
    kind, title, body, language, url, source, state, day, tags = result["shown"]
    return Found(
        key=result["key"],
        kind=kind,
        title=title,
        body=body,
        language=language,
        url=url,
        source=source,
        state=state,
        dated_on=date.fromisoformat(day) if day else None,
        tags=tuple(tags),
        score=float(result.score or 0.0),
    )


def write_stamp(folder: Path, event: int | None) -> None:
    """Say in the index's folder how far it has come; the file is whole at any moment."""
    beside = folder / f"{_STAMP}.{secrets.token_hex(4)}"
    beside.write_text(json.dumps({"schema": SCHEMA_VERSION, "event": event}), encoding="ascii")
    beside.replace(folder / _STAMP)


def read_stamp(folder: Path) -> tuple[int, int | None]:
    """Schema version and last event; version 0 when there is nothing to read."""
    try:
        stamp = json.loads((folder / _STAMP).read_text(encoding="ascii"))
        return int(stamp["schema"]), stamp["event"]
    except (OSError, ValueError, KeyError, TypeError):
        return 0, None
