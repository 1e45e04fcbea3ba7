"""Writing down what a proposal is asked to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from intranet.core.events import canonical
from intranet.core.policy import Conflict, Invalid
from intranet.core.text import UnusableLine, clean_line, slugify
from intranet.core.transaction import Transaction
from intranet.proposals.outlines.events import OutlineWritten
from intranet.proposals.outlines.models import OutlineVersion
from intranet.proposals.outlines.policy import may_write_outlines
from intranet.proposals.outlines.sections import MOST_SECTIONS, Section

LONGEST_NAME, LONGEST_TITLE, LONGEST_HINT, LONGEST_TEXT = 80, 120, 500, 20_000


@dataclass(frozen=True)
class NewOutline:
    """An outline as somebody typed it; `key` is empty for a new one."""

    name: str
    sections: Sequence[Section]
    text: str = ""
    key: str = ""
    retired: bool = False


def write_outline(tx: Transaction, new: NewOutline, base_number: int) -> str:
    """Write an outline or its next version, and give its key.

    `base_number` is the version somebody began from. Raises Conflict when another one came
    meanwhile, Invalid for what cannot be used.
    """
    tx.require(may_write_outlines)
    name, sections = _checked(new)
    key = new.key or _free_key(tx, name)
    last = tx.session.scalar(
        select(func.max(OutlineVersion.number)).where(OutlineVersion.key == key)
    )
    if (last or 0) != base_number:
        raise Conflict("outlines.newer_version")
    assert tx.actor.person_id is not None  # noqa: S101
    row = OutlineVersion(
        key=key,
        number=base_number + 1,
        name=name,
        sections=canonical([[one.title, one.hint, one.required] for one in sections]),
        text=new.text,
        retired=new.retired,
        author_id=tx.actor.person_id,
        at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()
    tx.record(OutlineWritten(key, row.number, row.retired))
    return key


def _checked(new: NewOutline) -> tuple[str, list[Section]]:
    """The name and the sections that have a title, as they are stored. Raises Invalid."""
    try:
        name = clean_line(new.name, LONGEST_NAME)
    except UnusableLine as problem:
        raise Invalid(name="outlines.name_length") from problem
    sections = [one for one in new.sections if one.title.strip()]
    if not sections or len(sections) > MOST_SECTIONS:
        raise Invalid(title_0="outlines.sections_missing")
    titles = [" ".join(one.title.split()) for one in sections]
    if len({title.casefold() for title in titles}) < len(titles):
        raise Invalid(title_0="outlines.section_twice")
    if any(len(one.title) > LONGEST_TITLE or len(one.hint) > LONGEST_HINT for one in sections):
        raise Invalid(title_0="outlines.section_too_long")
    if len(new.text) > LONGEST_TEXT:
        raise Invalid(text="text_too_long")
    paired = zip(titles, sections, strict=True)
    return name, [
        Section(title, "", " ".join(one.hint.split()), one.required) for title, one in paired
    ]


def _free_key(tx: Transaction, name: str) -> str:
    known = set(tx.session.scalars(select(OutlineVersion.key).distinct()))
    wanted = key = f"our-{slugify(name)}"
    number = 1
    while key in known:
        number += 1
        key = f"{wanted}-{number}"
    return key
