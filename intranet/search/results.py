"""From what a backend kept of a document to what a reader is shown (pure)."""

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from intranet.search.fields import boosts_of
from intranet.search.port import FACETS, Document, Facet, Found, Hit
from intranet.search.sections import section_of
from intranet.search.snippets import marked, passage
from intranet.search.storable import storable

MOST_VALUES = 12
"""Values of one facet that are shown: the most frequent ones."""


def packed(document: Document) -> bytes:
    """What is shown of a document, as every backend keeps it beside its index."""
    anchors = document.anchors or ("",) * len(document.headings)
    values = (
        document.key,
        document.kind,
        storable(document.title),
        storable(document.body),
        document.language,
        document.url,
        document.source,
        document.state,
        document.dated_on.isoformat() if document.dated_on else None,
        document.tags,
        [pair for pair in zip(document.headings, anchors, strict=True) if pair[1]],
        boosts_of(document),
    )
    # Escaped, so that lone surrogates in tags and addresses come through.
    return zlib.compress(json.dumps(values, separators=(",", ":")).encode("ascii"), 1)


def unpacked(kept: bytes, score: float) -> Found:
    """What was packed, with the score it got."""
    key, kind, title, body, language, url, source, state, day, tags, sections, boosts = json.loads(
        zlib.decompress(kept)
    )
    return Found(
        key=key,
        kind=kind,
        title=title,
        body=body,
        language=language,
        url=url,
        source=source,
        state=state,
        dated_on=date.fromisoformat(day) if day else None,
        tags=tuple(tags),
        sections=tuple((words, anchor) for words, anchor in sections),
        boosts=tuple((name, value) for name, value in boosts),
        score=score,
    )


def hit(found: Found, sought: frozenset[str]) -> Hit:
    """The result as shown: title and best passage, with what was searched for marked, and the
    section in which the passage stands."""
    shown, at = passage(found.body, found.language, sought)
    section = section_of(found, sought, at)
    address = f"{found.url}#{section[1]}" if section and "#" not in found.url else found.url
    return Hit(
        key=found.key,
        kind=found.kind,
        title=marked(found.title, found.language, sought),
        snippet=shown,
        url=address,
        source=found.source,
        state=found.state,
        dated_on=found.dated_on,
        tags=found.tags,
        score=found.score,
        section=marked(section[0], found.language, sought) if section else (),
        found=found,
    )


def counted(labels: Iterable[Mapping[str, str]]) -> tuple[Facet, ...]:
    """The facets of documents whose labels these are, the most frequent value of each first."""
    counts: Counter[str] = Counter()
    words: dict[str, str] = {}
    for one in labels:
        counts.update(one.keys())
        words.update(one)
    return facets(counts, words)


def facets(counts: Mapping[str, int], words: Mapping[str, str]) -> tuple[Facet, ...]:
    """The facets of counted labels."""
    found: dict[str, list[Facet]] = {name: [] for name in FACETS}
    for full, count in counts.items():
        name, _, value = full.partition(":")
        if name in found:
            found[name].append(Facet(name, value, words.get(full, value), count))
    for values in found.values():
        values.sort(key=lambda facet: (-facet.count, facet.value))
    return tuple(facet for values in found.values() for facet in values[:MOST_VALUES])
