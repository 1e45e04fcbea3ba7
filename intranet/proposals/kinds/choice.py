"""A choice among several options: candidates, dates, variants, names."""

from __future__ import annotations

import json
from collections.abc import Sequence

from intranet.core.policy import NotFound
from intranet.core.transaction import Reader, Transaction
from intranet.members.queries import PersonCard
from intranet.polls import procedure_queries as procedures
from intranet.polls.procedure_models import Tied, gathers_names
from intranet.polls.procedure_queries import ProcedureCard
from intranet.proposals.kinds.kind import Enactment, Issue
from intranet.proposals.models import Proposal, ProposalVersion
from intranet.proposals.options import FEWEST, as_list, as_ticked_list
from intranet.voting import registry
from intranet.voting.counted import Counted
from intranet.voting.default_option import with_default
from intranet.voting.election import Ranking


def options_of(version: ProposalVersion) -> tuple[str, ...]:
    """The options that a version puts to the vote, in the order of the ballot."""
    return tuple(json.loads(version.options))


def ballot_of(
    procedure: ProcedureCard, version: ProposalVersion, roll: Sequence[PersonCard]
) -> tuple[str, ...]:
    """The lines of the ballot of a version under this procedure: its options and the one for none
    of them, or the names of everybody on the roll; nothing for a vote on a text.

    Two people of one name are told apart by their numbers.
    """
    if not gathers_names(procedure.method):
        return with_default(options_of(version), procedure.election)
    names = [person.name for person in roll]
    return tuple(
        one.name if names.count(one.name) == 1 else f"{one.name} ({one.id})" for one in roll
    )


class ChoiceProposal:
    """A list of options of which the vote keeps one or several; the entry is the whole effect."""

    key = "choice"

    def page_audience(self, _reader: Reader, _page_id: int) -> str:
        """A choice is about no page: raises NotFound."""
        raise NotFound

    def issues_before_opening(
        self, reader: Reader, proposal: Proposal, version: ProposalVersion
    ) -> list[Issue]:
        """There are words, two options or more, and fewer seats than options."""
        options = options_of(version)
        found = [] if version.text.strip() else [Issue("text_missing")]
        procedure = procedures.procedure(reader, proposal.procedure_key)
        if gathers_names(procedure.method):
            found += [Issue("names_come_from_the_roll")] if options else []
        elif len(options) < FEWEST:
            found.append(Issue("options_missing"))
        elif version.seats >= len(options):
            found.append(Issue("seats_for_all", {"options": len(options)}))
        default = procedure.election.default_option.casefold() if procedure.election else ""
        if default and default in {option.casefold() for option in options}:
            found.append(Issue("option_is_default", {"procedure": procedure.name}))
        if procedure.course.tied is Tied.RUNOFF and version.seats > 1:
            found.append(Issue("runoff_for_one_seat", {"procedure": procedure.name}))
        fills_one = procedure.election and "seats" not in registry.settings_read(procedure.method)
        if fills_one and version.seats > 1:
            found.append(Issue("method_fills_one_seat", {"procedure": procedure.name}))
        return found

    def voted_text(self, version: ProposalVersion) -> str:
        """The words of the author, then the options."""
        return f"{version.text.strip()}\n\n{as_list(options_of(version))}".strip()

    def decided_text(self, version: ProposalVersion, counted: Counted, voted: str) -> str:
        """The same words, with a tick beside whoever is chosen; after an election without
        candidate, the words of the consent, which name the person."""
        if not isinstance(counted, Ranking):
            return voted
        ticked = as_ticked_list(options_of(version), counted.elected)
        return f"{version.text.strip()}\n\n{ticked}"

    def hold(self, tx: Transaction, proposal: Proposal, version: ProposalVersion) -> None:
        """Nothing else stands still."""

    def links(
        self, _reader: Reader, _proposal: Proposal, version: ProposalVersion
    ) -> list[tuple[str, str]]:
        """The links its author wrote down."""
        return [(kind, number) for kind, number in json.loads(version.links)]

    def enact(
        self,
        tx: Transaction,
        proposal: Proposal,
        version: ProposalVersion,
        enactment: Enactment,
    ) -> None:
        """Nothing more than the entry in the register."""


KIND = ChoiceProposal()
