"""Why a result stands where it stands, in plain words for the command line (pure)."""

from __future__ import annotations

from intranet.search.analysis import occurrences
from intranet.search.plan import Phrase, Plan
from intranet.search.port import Found


def explained(plan: Plan, found: Found) -> list[str]:
    """The lines that say what was found where, and by what the score was multiplied."""
    lines = [f"score {found.score:.2f}"]
    fields = (
        ("title", found.title),
        ("headings", "\n".join(words for words, _ in found.sections)),
        ("tags", "\n".join(found.tags)),
        ("body", found.body),
    )
    for word in plan.words + plan.phrases:
        for way in plan.ways(word):
            where = _where(way, fields, found.language)
            if where:
                name = " ".join("/".join(concept.names) for concept in way)
                lines.append(f"{name}: {', '.join(where)}")
    lines += [f"times {value:g} for {name}" for name, value in found.boosts]
    return lines


def _where(way: Phrase, fields: tuple[tuple[str, str], ...], language: str) -> list[str]:
    """How often the words of a phrase stand in each field; the rarest of them counts."""
    said = []
    for name, text in fields:
        counts = [len(occurrences(text, language, frozenset(concept.names))) for concept in way]
        if min(counts):
            said.append(f"{min(counts)} in {name}")
    return said
