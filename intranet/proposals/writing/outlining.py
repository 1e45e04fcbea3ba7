"""Which questions the form of a proposal asks: of an outline, or of the wording at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from intranet.core.policy import NotFound
from intranet.core.text import whole_number
from intranet.core.transaction import Reader
from intranet.proposals.editing import Desk
from intranet.proposals.outlines import queries
from intranet.proposals.outlines.queries import Outline
from intranet.proposals.outlines.sections import Section
from intranet.proposals.queries import ProposalCard

WITHOUT = "none"
"""The answer of a form that asks for the motivation in one piece."""


def asked_sections(
    reader: Reader, shipped: Sequence[Outline], asked: Mapping[str, str]
) -> tuple[Outline | None, tuple[Outline, ...]]:
    """The outline that an address or a form names, by default the first, and those to choose from.

    A form names the version that it was made from, so that the answers stay under their questions
    when somebody writes the outline anew meanwhile.
    """
    offered = tuple(queries.outlines(reader, shipped))
    key, number = asked.get("outline", ""), asked.get("outline_number", "")
    if key == WITHOUT or not (key or offered):
        return None, offered
    if not key:
        return offered[0], offered
    try:
        return queries.outline(reader, shipped, key, whole_number(number)), offered
    except NotFound:
        return (offered[0] if offered else None), offered


def outlined(
    reader: Reader,
    shipped: Sequence[Outline],
    desk: Desk,
    asked: Mapping[str, str],
    again: ProposalCard | None = None,
) -> Desk:
    """The desk with the questions of its form.

    A wording that was written without an outline, also one that is taken up again, keeps its
    motivation in one piece.
    """
    written = desk.proposal or again
    if written is not None:
        return replace(desk, sections=with_hints(reader, shipped, written.version.reasons))
    outline, offered = asked_sections(reader, shipped, asked)
    sections = outline.sections if outline else ()
    return replace(desk, sections=sections, outline=outline, outlines=offered)


def with_hints(
    reader: Reader, shipped: Sequence[Outline], sections: Sequence[Section]
) -> tuple[Section, ...]:
    """The sections of a wording with the hints that outlines of today give for their titles."""
    hints = {
        one.title: one.hint
        for outline in queries.every_outline(reader, shipped)
        for one in outline.sections
    }
    return tuple(replace(one, hint=hints.get(one.title, "")) for one in sections)
