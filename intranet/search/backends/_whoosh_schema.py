"""A document as Whoosh keeps it, and back; and the stamp beside the index."""

import json
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from whoosh.analysis import Token as WhooshToken
from whoosh.analysis import Tokenizer
from whoosh.columns import VarBytesColumn
from whoosh.fields import COLUMN, ID, KEYWORD, STORED, TEXT, Schema

from intranet.search.analysis import Token
from intranet.search.backends._terms import columns, kept
from intranet.search.backends._whoosh_query import WEIGHTS
from intranet.search.fields import analysed, factor, labels_of
from intranet.search.port import SCHEMA_VERSION, Document, Found
from intranet.search.results import packed, unpacked

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
    return Schema(
        key=ID(unique=True, stored=True),
        label=KEYWORD(commas=True),
        labels=COLUMN(VarBytesColumn()),
        factor=ID(stored=True),
        date=ID(sortable=True),
        shown=STORED,
        terms=STORED,
        lengths=STORED,
        **texts,
    )


def fields_of(document: Document) -> dict[str, Any]:
    """What Whoosh is given of a document: terms to find it by, and what is shown of it."""
    fields = analysed(document)
    values: dict[str, Any] = {name: _encoded(tokens) for name, tokens in fields.each()}
    labels = labels_of(document)
    multiplier = factor(document)
    return values | {
        "key": document.key,
        "label": ",".join(labels),
        "labels": json.dumps(labels).encode("ascii"),
        "date": document.dated_on.isoformat() if document.dated_on else None,
        "factor": None if multiplier == 1.0 else str(multiplier),
        "shown": packed(document),
        "terms": kept(columns(fields)),
        "lengths": [len(tokens) for _, tokens in fields.each()],
    }


def found_of(stored: Mapping[str, Any], worth: float) -> Found:
    """What is shown of a document, read back."""
    return unpacked(stored["shown"], worth)


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
