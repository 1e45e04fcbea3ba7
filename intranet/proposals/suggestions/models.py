"""Suggested changes to the text of a proposal, what happened to each, and the ballots on them.

Members call them amendments. The class is not named so, because a proposal of the kind
`amendment` is another thing: it changes a rule page.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Identified, append_only
from intranet.proposals.suggestions.workflow import State
from intranet.wiki.models import one_of


class Suggestion(Identified):
    """A change that somebody would like in the text of a proposal.

    `changes` is the JSON list of block changes against the blocks of version `base_number`: of the
    text of a resolution, of a new rule or of a page to be adopted, or of the rule as the proposal
    would leave it. Each keeps the words it replaces. `page_id` is that rule where the proposal
    changes several. `declined_because` is the reason for which the author of the
    proposal did not take it up. `ballot_id` is the last ballot it was put on.
    """

    __tablename__ = "suggestion"
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    number: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    base_number: Mapped[int]
    page_id: Mapped[int | None] = mapped_column(ForeignKey("page.id"))
    changes: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    declined_because: Mapped[str | None] = mapped_column(Text)
    ballot_id: Mapped[int | None] = mapped_column(ForeignKey("suggestion_ballot.id"))
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("proposal_id", "number"),
        CheckConstraint(one_of("state", State), name="known_state"),
        CheckConstraint("state <> 'voting' OR ballot_id IS NOT NULL", name="voting_has_a_ballot"),
    )


class SuggestionStep(Identified):
    """One thing that happened to a suggestion. Never changed.

    `person_id` is None when a count did it; `changes` and `base_number` are what it said from then
    on; `by_number` is the other suggestion that caused it.
    """

    __tablename__ = "suggestion_step"
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"))
    step: Mapped[str]
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    because: Mapped[str] = mapped_column(Text, default="")
    base_number: Mapped[int]
    changes: Mapped[str] = mapped_column(Text)
    by_number: Mapped[int | None]
    ballot_id: Mapped[int | None] = mapped_column(ForeignKey("suggestion_ballot.id"))
    __table_args__ = (Index("ix_suggestion_step", "suggestion_id", "id"),)


class SuggestionBallot(Identified):
    """A vote among suggestions that change the same paragraph, and the text as it is.

    The order of the candidates is that of the numbers of the suggestions, the present text last.
    `outcome` is empty until it ends, then one of `chosen`, `kept`, `tied`, `no_quorum`,
    `called_off`, or `unfit`: one was chosen, and could not enter the text as it had become.
    """

    __tablename__ = "suggestion_ballot"
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    version_number: Mapped[int]
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), unique=True)
    outcome: Mapped[str] = mapped_column(default="", server_default="")
    winner: Mapped[int | None]
    ended_because: Mapped[str] = mapped_column(Text, default="", server_default="")
    __table_args__ = (
        CheckConstraint("(outcome = 'chosen') = (winner IS NOT NULL)", name="chosen_has_a_winner"),
        Index("ix_suggestion_ballot_proposal", "proposal_id", "outcome"),
    )


EMPTIED = " AND ".join(
    (
        "NEW.changes = '[]'",
        "NEW.because = ''",
        *(
            f"coalesce(CAST(NEW.{name} AS TEXT), '') = coalesce(CAST(OLD.{name} AS TEXT), '')"
            for name in (
                "id",
                "suggestion_id",
                "step",
                "at",
                "person_id",
                "base_number",
                "by_number",
                "ballot_id",
            )
        ),
    )
)

append_only(SuggestionStep, emptied=EMPTIED)
