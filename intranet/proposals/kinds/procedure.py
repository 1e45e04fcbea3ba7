"""A change of how the cooperative decides: a procedure's next version, a first one, or its end."""

from __future__ import annotations

import json

from sqlalchemy import select

from intranet.core.policy import Conflict, NotFound
from intranet.core.transaction import Reader, Transaction
from intranet.polls import procedure_queries as procedures
from intranet.polls import strength_rules, writing
from intranet.polls.models import Procedure
from intranet.polls.procedure_models import ProcedureChange
from intranet.polls.procedure_queries import ProcedureCard
from intranet.proposals import strength
from intranet.proposals.kinds.kind import Enactment, Issue
from intranet.proposals.models import Proposal, ProposalVersion
from intranet.proposals.workflow import State
from intranet.voting.counted import Counted


def change_of(version: ProposalVersion) -> ProcedureChange | None:
    """What a version would write; None when it says nothing yet."""
    return ProcedureChange.from_json(json.loads(version.procedure)) if version.procedure else None


class ProcedureProposal:
    """A procedure to be written, changed or taken out of use.

    Each version keeps the whole procedure in `procedure`, and says it field by field in `text`:
    what was voted is what is written.
    """

    key = strength_rules.KIND

    def page_audience(self, _reader: Reader, _page_id: int) -> str:
        """A procedure is about no page: raises NotFound."""
        raise NotFound

    def issues_before_opening(
        self, reader: Reader, proposal: Proposal, version: ProposalVersion
    ) -> list[Issue]:
        """It fits the current version, makes sense, and is decided by a strong enough procedure."""
        change = change_of(version)
        if change is None:
            return [Issue("procedure_missing")]
        old = procedures.procedure(reader, change.key) if change.key else None
        found = _stale(old, change)
        if change.new and writing.problems(reader, change.new):
            found.append(Issue("procedure_senseless"))
        decider = procedures.procedure(reader, proposal.procedure_key)
        if not strength_rules.is_strong_enough(decider, strength_rules.touched(old, change.new)):
            found.append(Issue("procedure_too_weak_for_procedures", {"procedure": decider.name}))
        if old is not None:
            found += _left_behind(reader, old, change)
            found += strength.not_named_beside(reader, old, decider)
        if _voted_elsewhere(reader, proposal, change):
            found.append(Issue("another_vote_on_the_procedure"))
        return found

    def voted_text(self, version: ProposalVersion) -> str:
        """The procedure field by field, as this version says it."""
        return version.text

    def decided_text(self, version: ProposalVersion, _counted: Counted, _voted: str) -> str:
        """What was voted, as it was voted."""
        return self.voted_text(version)

    def hold(self, tx: Transaction, proposal: Proposal, version: ProposalVersion) -> None:
        """One vote at a time on each procedure: its rows are locked, then votes are looked for."""
        change = change_of(version)
        assert change is not None  # noqa: S101
        query = select(Procedure.id).where(Procedure.key == change.key).with_for_update()
        tx.session.execute(query).all()
        if _voted_elsewhere(tx, proposal, change):
            raise Conflict("proposals.procedure_is_held")

    def links(
        self, _reader: Reader, _proposal: Proposal, version: ProposalVersion
    ) -> list[tuple[str, str]]:
        """The links its author wrote down."""
        return [(kind, number) for kind, number in json.loads(version.links)]

    def enact(
        self,
        tx: Transaction,
        _proposal: Proposal,
        version: ProposalVersion,
        _enactment: Enactment,
    ) -> None:
        """Write what was voted as the next version; votes under way keep theirs."""
        change = change_of(version)
        assert change is not None  # noqa: S101
        if change.new is None:
            writing.retire(tx, change.key)
        else:
            writing.write(tx, change.key or _free_key(tx, change), change.new)


def _stale(old: ProcedureCard | None, change: ProcedureChange) -> list[Issue]:
    if old is None:
        return []
    if old.retired and change.new is None:
        return [Issue("procedure_already_retired", {"procedure": old.name})]
    if old.version != change.after_version:
        return [Issue("procedure_changed", {"procedure": old.name})]
    return []


def _left_behind(reader: Reader, old: ProcedureCard, change: ProcedureChange) -> list[Issue]:
    """What would lose its footing: ranks that nothing could change, procedures that name it."""
    cards = procedures.procedures(reader)
    found = []
    if strength_rules.ranks_left_alone(cards, old, change.new):
        found.append(Issue("ranks_left_alone", {"procedure": old.name}))
    naming = [
        card.name for card in cards if old.key in (card.course.second, card.course.escalation)
    ]
    if strength.rules_left_alone(reader, cards, old, change.new):
        found.append(Issue("rules_left_alone", {"procedure": old.name}))
    if change.new is None and naming:
        found.append(Issue("procedure_is_named", {"procedure": ", ".join(naming)}))
    return found


def _voted_elsewhere(reader: Reader, proposal: Proposal, change: ProcedureChange) -> bool:
    """Whether another vote is under way on the same procedure."""
    if not change.key:
        return False
    query = select(Proposal).where(
        Proposal.kind == strength_rules.KIND,
        Proposal.state == State.VOTING,
        Proposal.id != proposal.id,
    )
    others = [change_of(one.versions[-1]) for one in reader.session.scalars(query)]
    return any(other is not None and other.key == change.key for other in others)


def _free_key(tx: Transaction, change: ProcedureChange) -> str:
    """The address of a new procedure; a number is added when its name is taken by now."""
    assert change.new is not None  # noqa: S101
    key = writing.key_of(change.new)
    number, free = 1, key
    while writing.last_version(tx, free):
        number += 1
        free = f"{key}-{number}"
    return free


KIND = ProcedureProposal()
