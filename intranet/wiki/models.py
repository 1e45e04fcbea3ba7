"""Pages in a tree, their revisions, the blocks of each revision and where the blocks come from."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intranet.core.db import Base, Identified, append_only


class PageKind(StrEnum):
    """An ordinary page is edited by hand; a rule changes only by a decision."""

    ORDINARY = "ordinary"
    RULE = "rule"


class Layer(StrEnum):
    """The rank of a rule among the norms of the cooperative, the strongest first."""

    STATUTES = "statutes"
    WORK_RULES = "work_rules"
    OPERATING_RULES = "operating_rules"


class RevisionKind(StrEnum):
    """How a revision came to be."""

    CREATED = "created"
    EDITED = "edited"
    RESTORED = "restored"
    ENACTED = "enacted"
    IMPORTED = "imported"


def one_of(column: str, values: type[StrEnum]) -> str:
    """The SQL condition that a column holds one of the enumeration's values."""
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


class Page(Identified):
    """A place in the wiki: its name, its place in the tree and who may read it.

    `deciders` lists, separated by spaces, the keys of the only procedures that may change a rule,
    as the decision `deciders_decision` said; empty means every procedure that may change its rank.
    `has_numbers` asks for a number before each heading.
    `current_place_id` is the row of `rule_place` that the tree shows.

    `is_working` says that the text of an ordinary page is still being written together.

    `audience` may read it, and of these `writers` may change it: everybody who may write the wiki
    when empty. Both are those of the page above unless it `has_own_rights`.
    """

    __tablename__ = "page"
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("page.id"))
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str]
    layer: Mapped[str | None]
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    title_key: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str]
    audience: Mapped[str]
    writers: Mapped[str] = mapped_column(default="", server_default="")
    has_own_rights: Mapped[bool] = mapped_column(default=True, server_default=true())
    is_draft: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_working: Mapped[bool] = mapped_column(default=False, server_default=false())
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    protected_because: Mapped[str | None]
    review_on: Mapped[date | None]
    review_told_for: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    archived_at: Mapped[datetime | None]
    archived_because: Mapped[str | None]
    trashed_at: Mapped[datetime | None]
    trashed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    trashed_because: Mapped[str | None]
    source_path: Mapped[str | None] = mapped_column(unique=True)
    current_revision_id: Mapped[int | None]
    has_numbers: Mapped[bool] = mapped_column(default=False, server_default=false())
    deciders: Mapped[str] = mapped_column(Text, default="", server_default="")
    deciders_decision: Mapped[str | None]
    current_place_id: Mapped[int | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint(one_of("kind", PageKind), name="known_kind"),
        CheckConstraint(f"layer IS NULL OR {one_of('layer', Layer)}", name="known_layer"),
        CheckConstraint("(kind = 'rule') = (layer IS NOT NULL)", name="rules_have_a_layer"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),
        CheckConstraint(
            "(trashed_at IS NULL) = (trashed_because IS NULL)", name="trash_has_a_reason"
        ),
        CheckConstraint("trashed_at IS NULL OR kind = 'ordinary'", name="no_rule_in_the_trash"),
        Index("ix_page_tree", "parent_id", "position"),
    )


class FormerSlug(Base):
    """An address a page once had; it leads to the page for ever unless another page takes it."""

    __tablename__ = "former_slug"
    slug: Mapped[str] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))


class Revision(Identified):
    """One state of a page's text. Never changed: later revisions correct earlier ones.

    `in_force_on` is the day from which an enacted text applies; `decision_number` names the
    decision that enacted it.
    """

    __tablename__ = "revision"
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    number: Mapped[int]
    base_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    kind: Mapped[str]
    title: Mapped[str]
    text_digest: Mapped[str] = mapped_column(ForeignKey("text_body.digest"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    summary: Mapped[str] = mapped_column(default="")
    minor: Mapped[bool] = mapped_column(default=False)
    decision_number: Mapped[str | None]
    in_force_on: Mapped[date | None]
    page: Mapped[Page] = relationship(foreign_keys=[page_id])
    __table_args__ = (
        UniqueConstraint("page_id", "number"),
        CheckConstraint(one_of("kind", RevisionKind), name="known_kind"),
        CheckConstraint(
            "(kind = 'enacted') = (decision_number IS NOT NULL)", name="enacted_by_a_decision"
        ),
        CheckConstraint(
            "decision_number IS NULL OR in_force_on IS NOT NULL", name="enacted_from_a_day"
        ),
        Index("ix_revision_decision", "decision_number"),
    )


class RevisionBlock(Base):
    """A block of a revision under its stable id, and the decision that put it there, if any."""

    __tablename__ = "revision_block"
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    block_id: Mapped[str]
    kind: Mapped[str]
    text_digest: Mapped[str]
    decision_number: Mapped[str | None]
    in_force_on: Mapped[date | None]
    __table_args__ = (
        UniqueConstraint("revision_id", "block_id"),
        Index("ix_revision_block_block", "block_id"),
        Index("ix_revision_block_decision", "decision_number"),
    )


class ParagraphAct(StrEnum):
    """What a revision did to a paragraph; `none` marks a revision that changed no paragraph."""

    CREATED = "created"
    CHANGED = "changed"
    REMOVED = "removed"
    NONE = "none"


class ParagraphChange(Base):
    """What a revision of a rule did to one paragraph, in the order of the text.

    Kept as the revision is written, so that no page has to compare texts; made from the revisions,
    which are the record, and can be made again from them.
    """

    __tablename__ = "paragraph_change"
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    block_id: Mapped[str]
    act: Mapped[str]
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        CheckConstraint(one_of("act", ParagraphAct), name="known_act"),
        Index("ix_paragraph_change_block", "page_id", "block_id"),
    )


class Rendering(Base):
    """What a revision looks like; made at the save, and again when a page it links to changes."""

    __tablename__ = "rendering"
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    html: Mapped[str] = mapped_column(Text)
    contents: Mapped[str] = mapped_column(Text)
    plain: Mapped[str] = mapped_column(Text)


class PageLink(Identified):
    """A link from a page's current text; a link to nothing keeps what was written."""

    __tablename__ = "page_link"
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    kind: Mapped[str]
    target: Mapped[str]
    target_key: Mapped[str]
    target_page_id: Mapped[int | None] = mapped_column(ForeignKey("page.id"))
    __table_args__ = (
        Index("ix_page_link_page", "page_id"),
        Index("ix_page_link_target_page", "target_page_id"),
        Index("ix_page_link_target_key", "target_key"),
    )


class PageTag(Base):
    """A word under which a page is filed."""

    __tablename__ = "page_tag"
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(primary_key=True)
    __table_args__ = (Index("ix_page_tag_tag", "tag"),)


append_only(Revision)
append_only(RevisionBlock)
