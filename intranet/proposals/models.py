"""Proposals, the versions of their text, and the blocks of rules a vote holds still."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intranet.core.db import Base, Identified, append_only
from intranet.members.statuses import narrowest
from intranet.proposals.workflow import State
from intranet.wiki.models import Layer, Page, one_of

_STATES = ", ".join(f"'{state}'" for state in State)
OF_SEVERAL = "several"
"""The kind of a change to several rules at once."""

_DATED = "('adopted', 'rejected', 'lapsed', 'withdrawn', 'annulled')"


ORIGINS = ("proposal", "suggestion")
"""The kinds of origin whose number is that of a proposal: the vote on it, and a vote on changes
suggested to its text. A voice lent for the one does not speak in the other."""


class Proposal(Identified):
    """Something a person asks the others to decide.

    `page_id` is the rule an amendment changes, or the page an adoption makes a rule; `layer` is,
    for an adoption, the rank that the page would have.
    """

    __tablename__ = "proposal"
    kind: Mapped[str]
    state: Mapped[str]
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    procedure_key: Mapped[str]
    page_id: Mapped[int | None] = mapped_column(ForeignKey("page.id"))
    layer: Mapped[str | None]
    audience: Mapped[str]
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    concluded_at: Mapped[datetime | None]
    ended_because: Mapped[str | None] = mapped_column(Text)
    poll_id: Mapped[int | None] = mapped_column(ForeignKey("poll.id"))
    decision_number: Mapped[str | None] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column()
    versions: Mapped[list[ProposalVersion]] = relationship(
        order_by="ProposalVersion.number", back_populates="proposal"
    )
    page: Mapped[Page | None] = relationship()
    further_pages: Mapped[list[Page]] = relationship(secondary="proposal_page", viewonly=True)
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="known_state"),
        CheckConstraint(
            f"(state IN {_DATED}) = (concluded_at IS NOT NULL)", name="ended_has_a_date"
        ),
        CheckConstraint(
            "state <> 'adopted' OR decision_number IS NOT NULL", name="adopted_has_a_decision"
        ),
        CheckConstraint("state <> 'voting' OR poll_id IS NOT NULL", name="voting_has_a_poll"),
        CheckConstraint("kind <> 'amendment' OR page_id IS NOT NULL", name="amendment_has_a_page"),
        CheckConstraint("(kind = 'adoption') = (layer IS NOT NULL)", name="adoption_has_a_layer"),
        CheckConstraint("kind <> 'adoption' OR page_id IS NOT NULL", name="adoption_has_a_page"),
        CheckConstraint(f"layer IS NULL OR {one_of('layer', Layer)}", name="known_layer"),
        Index("ix_proposal_state", "state", "id"),
        Index("ix_proposal_page", "page_id"),
    )

    @property
    def readers(self) -> str:
        """The audience of the proposal as it is now: never wider than that of its pages."""
        return narrowest(self.audience, *(page.audience for page in self.pages))

    @property
    def pages(self) -> list[Page]:
        """The pages it is about: one, none, or those of a change to several rules."""
        if self.kind == OF_SEVERAL:
            return list(self.further_pages)
        return [self.page] if self.page else []


class ProposalPage(Base):
    """A rule that a change to several rules is about; a proposal about one page names it itself."""

    __tablename__ = "proposal_page"
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    __table_args__ = (Index("ix_proposal_page_page", "page_id"),)


class ProposalVersion(Identified):
    """One wording of a proposal. Never changed: a new wording is a new version.

    `changes` is, for an amendment, the JSON list of block changes against `base_revision_id`.
    `links` is the JSON list of what adoption does to earlier decisions, as [kind, number] pairs.
    `deciders` is the JSON list of the procedures that alone could change a rule from then on.
    `procedure` is, for a change of how to decide, the JSON of the `ProcedureChange`; else empty.
    `ends_on` is, for a trial, the last day on which it would apply.
    `reasons` is the JSON list of the sections of the motivation, as its outline asked for them.
    `particulars` is the JSON of what the kind needs to know beside its words; each kind reads its
    own.
    `procedure_key` names the procedure that would decide it, unknown for old wordings.
    `past_because` is the reason for which it would apply from a day that is past.
    `actions` is the JSON list of what would be to do, as `planned.py` writes it.
    """

    __tablename__ = "proposal_version"
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    number: Mapped[int]
    title: Mapped[str]
    motivation: Mapped[str] = mapped_column(Text)
    motivation_html: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    text_html: Mapped[str] = mapped_column(Text)
    changes: Mapped[str] = mapped_column(Text, default="[]")
    base_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    links: Mapped[str] = mapped_column(Text, default="[]")
    procedure: Mapped[str] = mapped_column(Text, default="", server_default="")
    options: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    seats: Mapped[int] = mapped_column(default=1, server_default="1")
    reasons: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    particulars: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    deciders: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    procedure_key: Mapped[str | None]
    past_because: Mapped[str] = mapped_column(Text, default="", server_default="")
    actions: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    effective_on: Mapped[date | None]
    review_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    proposal: Mapped[Proposal] = relationship(back_populates="versions")
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)


class PlannedOpening(Base):
    """The instant at which the worker opens a vote, and when it then ends; gone once it opened.

    `missed` says, after an opening that could not take place, what was missing, as a code.
    """

    __tablename__ = "planned_opening"
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    missed: Mapped[str | None]
    __table_args__ = (CheckConstraint("closes_at > opens_at", name="dates_in_order"),)


class Sequel(Base):
    """That a proposal takes up another one that found its end."""

    __tablename__ = "sequel"
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    after_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    __table_args__ = (Index("ix_sequel_after", "after_id"),)


WHOLE_PAGE = "page"
"""The place held by a vote on a page as a whole: its adoption as a rule, or its repeal."""


class HeldBlock(Base):
    """A block of a rule page under vote: one vote at a time holds it still."""

    __tablename__ = "held_block"
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    block_id: Mapped[str] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    __table_args__ = (Index("ix_held_block_proposal", "proposal_id"),)


WORDS = {
    "motivation": "",
    "motivation_html": "",
    "text": "",
    "text_html": "",
    "changes": "[]",
    "options": "[]",
    "reasons": "[]",
    "particulars": "{}",
    "past_because": "",
    "actions": "[]",
}
"""What a wording says, and what is left of each when words must be removed."""
_UNTOUCHED = (
    "id",
    "proposal_id",
    "number",
    "title",
    "base_revision_id",
    "links",
    "procedure",
    "seats",
    "deciders",
    "procedure_key",
    "effective_on",
    "review_on",
    "ends_on",
    "author_id",
    "at",
)
EMPTIED = " AND ".join(
    (
        *(f"NEW.{name} = '{left}'" for name, left in WORDS.items()),
        *(
            f"coalesce(CAST(NEW.{name} AS TEXT), '') = coalesce(CAST(OLD.{name} AS TEXT), '')"
            for name in _UNTOUCHED
        ),
    )
)

append_only(ProposalVersion, emptied=EMPTIED)
append_only(Sequel)
