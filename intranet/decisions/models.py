"""The register: what was decided, for ever, and how decisions follow from one another."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base, Identified, append_only, refuse_insert
from intranet.decisions.statuses import STOPS


class LinkKind(StrEnum):
    """What a later decision does to an earlier one, or needs from it."""

    AMENDS = "amends"
    SUPERSEDES = "supersedes"
    REPEALS = "repeals"
    ANNULS = "annuls"
    SUSPENDS = "suspends"
    RECTIFIES = "rectifies"
    IMPLEMENTS = "implements"
    REQUIRES = "requires"


class DecisionResult(StrEnum):
    """How the question ended. What was refused is kept with its reasons.

    Only an old register brought in from elsewhere holds questions put off or never decided.
    """

    ADOPTED = "adopted"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    DEFERRED = "deferred"
    UNDECIDED = "undecided"


_STOPS = ", ".join(f"'{kind}'" for kind in STOPS)
_BACK = "back.from_number = NEW.to_number AND back.to_number = NEW.from_number"
CIRCLE = " AND ".join(
    (
        f"NEW.kind IN ({_STOPS})",
        f"EXISTS (SELECT 1 FROM decision_link AS back WHERE {_BACK} AND back.kind IN ({_STOPS}))",  # noqa: S608
    )
)
_KINDS = ", ".join(f"'{kind}'" for kind in LinkKind)
_RESULTS = ", ".join(f"'{result}'" for result in DecisionResult)


class Decision(Identified):
    """One entry of the register, never edited nor deleted.

    Six dates are kept apart: decided, recorded, published, in force, to review, end. `outcome`
    and `procedure` are snapshots in JSON of the count and of the rule it was counted by.
    `origin_kind` and `origin_id` say where it came from, without knowing what that is.
    """

    __tablename__ = "decision"
    number: Mapped[str] = mapped_column(unique=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    year: Mapped[int]
    sequence: Mapped[int]
    title: Mapped[str]
    text_digest: Mapped[str] = mapped_column(ForeignKey("text_body.digest"))
    result: Mapped[str]
    decided_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    published_at: Mapped[datetime]
    effective_on: Mapped[date | None]
    review_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    retroactive_because: Mapped[str | None]
    origin_kind: Mapped[str]
    origin_id: Mapped[int | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    electorate_size: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(Text, default="")
    procedure: Mapped[str] = mapped_column(Text, default="")
    text_voted_digest: Mapped[str | None]
    source: Mapped[str | None] = mapped_column(unique=True)
    source_status: Mapped[str | None]
    __table_args__ = (
        CheckConstraint(f"result IN ({_RESULTS})", name="known_result"),
        CheckConstraint(
            "ends_on IS NULL OR effective_on IS NULL OR ends_on >= effective_on",
            name="ends_after_it_starts",
        ),
        CheckConstraint(
            "effective_on IS NULL OR decided_on IS NULL OR effective_on >= decided_on"
            " OR retroactive_because IS NOT NULL",
            name="retroactive_needs_a_reason",
        ),
        Index("ix_decision_year", "year", "sequence"),
        Index("ix_decision_decided", "decided_on", "id"),
        Index("ix_decision_origin", "origin_kind", "origin_id"),
    )


class DecisionLink(Identified):
    """One row with both readings: `from` supersedes `to`, `to` is superseded by `from`.

    No two rows of STOPS lead back and forth between two decisions: the database refuses the
    second, and the command longer circles too. An id is empty when the register did not hold that
    decision as the link was made. A row is never changed, so questions about links go by numbers,
    which may be entered later.
    """

    __tablename__ = "decision_link"
    from_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    from_number: Mapped[str]
    to_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    to_number: Mapped[str]
    kind: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        UniqueConstraint("from_number", "to_number", "kind"),
        CheckConstraint(f"kind IN ({_KINDS})", name="known_kind"),
        CheckConstraint("from_number <> to_number", name="not_to_itself"),
        CheckConstraint("from_id IS NOT NULL OR to_id IS NOT NULL", name="one_end_is_known"),
        Index("ix_decision_link_to", "to_number"),
        Index("ix_decision_link_from", "from_number"),
    )


class DecisionTag(Base):
    """A word under which a decision is filed; it lies beside the record and may change."""

    __tablename__ = "decision_tag"
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(primary_key=True)
    __table_args__ = (Index("ix_decision_tag_tag", "tag"),)


class DecisionShelf(Base):
    """What may change about a decision without touching the record: its readers, its rendering.

    `kind` is the kind of the proposal that it was, empty when it was none.
    """

    __tablename__ = "decision_shelf"
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    audience: Mapped[str]
    html: Mapped[str] = mapped_column(Text)
    plain: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(default="", server_default="")


class Counter(Base):
    """The last number given by a body in a year; locked while the next one is given."""

    __tablename__ = "counter"
    series: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


append_only(Decision)
append_only(DecisionLink)
refuse_insert(DecisionLink, "circle", CIRCLE)
