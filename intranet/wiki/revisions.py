"""The one way in which a page gets a new text."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import bindparam, exists, insert, select, update
from sqlalchemy.orm import Session

from intranet.core.block_match import match_blocks
from intranet.core.blocks import Block, IdentifiedBlock, join_blocks, split_blocks
from intranet.core.citations import keep_citations
from intranet.core.db import run
from intranet.core.policy import NotFound
from intranet.core.texts import keep_text, text_digest, text_of
from intranet.core.transaction import Transaction
from intranet.wiki.directory import Directory, directory_for
from intranet.wiki.inclusion.drawing import Inclusions
from intranet.wiki.links import PageLinks, bound_links, keep_links
from intranet.wiki.models import (
    Page,
    PageKind,
    PageLink,
    Rendering,
    Revision,
    RevisionBlock,
    RevisionKind,
)
from intranet.wiki.rendering import Drawn, Origin, draw


@dataclass(frozen=True)
class State:
    """A revision with its text cut into blocks under their ids, and where each comes from."""

    revision: Revision
    text: str
    blocks: tuple[IdentifiedBlock, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True)
class Writing:
    """A text to become a page's newest revision, block by block."""

    kind: RevisionKind
    blocks: tuple[Block, ...]
    origins: tuple[Origin, ...]
    author_id: int | None
    summary: str = ""
    minor: bool = False
    decision_number: str | None = None
    in_force_on: date | None = None


# Every save asks these: they are built once.
_BLOCKS = (
    select(RevisionBlock.block_id, RevisionBlock.decision_number, RevisionBlock.in_force_on)
    .where(RevisionBlock.revision_id == bindparam("revision_id"))
    .order_by(RevisionBlock.position)
)
_INCLUDES = exists().where(PageLink.page_id == bindparam("page_id"), PageLink.kind == "inclusion")
_IS_DECIDED = exists().where(
    Revision.page_id == bindparam("page_id"),
    Revision.number <= bindparam("number"),
    Revision.decision_number.is_not(None),
)
_HOLDS_WORDS = select(_INCLUDES & ~_IS_DECIDED)
_KEEP = insert(Revision)
_KEEP_BLOCKS = insert(RevisionBlock)
_SHOW = insert(Rendering)
_NEWEST = (
    select(Revision)
    .where(Revision.page_id == bindparam("page_id"))
    .order_by(Revision.number.desc())
    .limit(1)
)


def new_block_id() -> str:
    """An id for a block that was not there before: ten letters and digits."""
    return secrets.token_hex(5)


def state_of(session: Session, revision: Revision) -> State:
    """A revision as blocks. The ids are those it was stored with."""
    text = text_of(session, revision.text_digest)
    rows = run(session, _BLOCKS, {"revision_id": revision.id})
    origins = tuple(Origin(*row) for row in rows)
    pieces = split_blocks(text)
    blocks = tuple(
        IdentifiedBlock(origin.block_id, piece)
        for origin, piece in zip(origins, pieces, strict=False)
    )
    return State(revision, text, blocks, origins)


def newest(session: Session, page_id: int) -> Revision:
    """The newest revision of a page, in force or still to come. Raises NotFound."""
    found = session.scalars(_NEWEST, {"page_id": page_id}).one_or_none()
    if found is None:
        raise NotFound
    return found


def revision_of(session: Session, page_id: int, revision_id: int | None) -> Revision:
    """A revision of this page by its id. Raises NotFound when it belongs to another page."""
    found = session.get(Revision, revision_id) if revision_id else None
    if found is None or found.page_id != page_id:
        raise NotFound
    return found


def identified(old: State | None, pieces: tuple[Block, ...]) -> tuple[Origin, ...]:
    """The ids of the blocks of a new text: those that were there keep theirs, with their origin
    as long as their words are the same."""
    before = old.blocks if old else ()
    ids = match_blocks(before, [piece.text for piece in pieces], new_block_id)
    words = {block.id: block.text for block in before}
    origins = {origin.block_id: origin for origin in old.origins} if old else {}
    return tuple(
        origins[block_id] if words.get(block_id) == piece.text else Origin(block_id)
        for block_id, piece in zip(ids, pieces, strict=True)
    )


def _notes(session: Session, page_id: int) -> Mapping[str, str]:
    """What was noted with each decision that changed this page."""
    query = select(Revision.decision_number, Revision.summary).where(
        Revision.page_id == page_id, Revision.decision_number.is_not(None)
    )
    return {number: summary for number, summary in session.execute(query) if number}


def drawn(
    session: Session,
    page: Page,
    text: str,
    origins: Sequence[Origin],
    directory: Directory | None = None,
    notes: Mapping[str, str] | None = None,
    removed: Collection[str] = (),
) -> Drawn:
    """A text as the readers of this page see it; `removed` are digests of texts that it may
    include no more. Raises core.markdown.TooLong."""
    if notes is None:
        decided = any(origin.decision_number for origin in origins)
        notes = _notes(session, page.id) if decided else {}
    known = directory or directory_for(session, text, page.source_path)
    links = PageLinks(known, page.audience, page.source_path, bound_links(session, page.id))
    noted = [replace(o, note=notes.get(o.decision_number or "", "")) for o in origins]
    is_rule = page.kind == PageKind.RULE
    slug = page.slug if is_rule else None
    rule_id = page.id if is_rule else None
    including = Inclusions(session, page.audience, page.language, rule_id, removed)
    inside = including.of(text, [origin.block_id for origin in origins], links, page.id)
    return draw(
        text,
        noted,
        links,
        title=page.title,
        language=page.language,
        amendable_at=slug,
        inside=inside,
        has_numbers=page.has_numbers,
    )


def append(tx: Transaction, page: Page, before: Revision | None, writing: Writing) -> int:
    """Add a revision to a page, with its blocks, its rendering and its links; gives its id."""
    revision_id = append_undrawn(tx, page, before, writing)
    made = drawn(tx.session, page, join_blocks(writing.blocks), writing.origins)
    run(tx.session, _SHOW, {"revision_id": revision_id, **_shown(made)})
    keep_links(tx.session, page.id, made.links)
    keep_citations(tx.session, "page", page.id, [made.html])
    return revision_id


def append_undrawn(tx: Transaction, page: Page, before: Revision | None, writing: Writing) -> int:
    """Add a revision whose rendering the caller makes afterwards, when all it links to is there;
    gives its id."""
    revision = {
        "page_id": page.id,
        "number": before.number + 1 if before else 1,
        "base_id": before.id if before else None,
        "kind": writing.kind,
        "title": page.title,
        "text_digest": keep_text(tx.session, join_blocks(writing.blocks)),
        "author_id": writing.author_id,
        "at": tx.now,
        "summary": writing.summary,
        "minor": writing.minor,
        "decision_number": writing.decision_number,
        "in_force_on": writing.in_force_on,
    }
    kept = run(tx.session, _KEEP, revision)
    assert kept.inserted_primary_key is not None  # noqa: S101
    revision_id = int(kept.inserted_primary_key[0])
    if writing.blocks:
        run(tx.session, _KEEP_BLOCKS, _rows(revision_id, writing))
    if before is not None:
        _let_go_of_inclusions(tx.session, page, before)
    return revision_id


def _let_go_of_inclusions(session: Session, page: Page, before: Revision) -> None:
    """Draw an earlier text with links in place of what it includes: nothing draws it again when
    the readers of the included page change. A text that a decision wrote keeps its words."""
    asked = {"page_id": page.id, "number": before.number}
    if not run(session, _HOLDS_WORDS, asked).scalar_one():
        return
    state = state_of(session, before)
    directory = directory_for(session, state.text, page.source_path)
    links = PageLinks(directory, page.audience, page.source_path, bound_links(session, page.id))
    made = draw(
        state.text,
        state.origins,
        links,
        title=before.title,
        language=page.language,
        has_numbers=page.has_numbers,
    )
    keep_words(session, before.id, made)


def keep_words(session: Session, revision_id: int, made: Drawn) -> None:
    """Store what an earlier revision looks like; the links of its page are those of the newest."""
    one = update(Rendering).where(Rendering.revision_id == revision_id)
    session.execute(one.values(**_shown(made)))


def _shown(made: Drawn) -> dict[str, str]:
    """What is kept of a drawing beside its links, by column."""
    return {"html": made.html, "contents": made.contents, "plain": made.plain}


def _rows(revision_id: int, writing: Writing) -> list[dict[str, object]]:
    return [
        {
            "revision_id": revision_id,
            "position": position,
            "block_id": origin.block_id,
            "kind": block.kind,
            "text_digest": text_digest(block.text),
            "decision_number": origin.decision_number,
            "in_force_on": origin.in_force_on,
        }
        for position, (block, origin) in enumerate(
            zip(writing.blocks, writing.origins, strict=True)
        )
    ]


def keep_drawing(session: Session, page: Page, revision_id: int, made: Drawn) -> None:
    """Store what a revision looks like now and the links of its page, in place of what was."""
    row = session.get(Rendering, revision_id) or Rendering(revision_id=revision_id)
    session.add(row)
    row.html, row.contents, row.plain = made.html, made.contents, made.plain
    keep_links(session, page.id, made.links)
    keep_citations(session, "page", page.id, [made.html])
