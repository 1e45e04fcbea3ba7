"""Short ways to suggest changes in tests, and to vote on them."""

from __future__ import annotations

from datetime import timedelta

from intranet.core.clock import now
from intranet.proposals.suggestions import queries, service, texts
from intranet.proposals.suggestions.ballots import service as ballots
from intranet.proposals.suggestions.queries import SuggestionCard
from intranet.proposals.suggestions.service import Suggested
from tests.cast import acting, as_reader
from tests.proposals import choosing as among
from tests.proposals import stage as on
from tests.proposals.stage import Stage

TEXT = """Nous achetons un vélo-cargo.

Il sert aux livraisons en ville.

Le budget est de 5 000 euros.
"""


def a_long_resolution(stage: Stage) -> int:
    """A resolution of three paragraphs, under discussion, by Amel."""
    proposal_id = on.a_resolution(stage)
    with acting(stage.cast.amel) as tx:
        on.service.reword(tx, proposal_id, on.Wording("Un vélo-cargo", "", TEXT), 1)
    return proposal_id


def suggested(
    author: int, proposal_id: int, old: str, new: str, reason: str = "C’est plus juste."
) -> int:
    """Somebody would have the paragraph that holds `old` read with `new` instead."""
    desk = queries.desk(as_reader(author), proposal_id)
    block = next(one for one in desk.blocks if old in one.text)
    words = block.text.replace(old, new) if new else ""
    changes = texts.to_paragraph(desk.blocks, block.id, words)
    with acting(author) as tx:
        return service.suggest(tx, proposal_id, Suggested(changes, desk.version, reason))


def asked(procedure: str = "approval") -> ballots.Asked:
    """A vote of two days under a procedure."""
    until = now() + timedelta(days=2)
    return ballots.Asked(procedure, until, "Amendement %(number)s (%(name)s)", "Texte actuel")


def on_a_ballot(stage: Stage, proposal_id: int, number: int, by: int | None = None) -> int:
    """Put a suggestion to the vote with its rivals, by approval."""
    among.a_way_to_choose(stage, "approval")
    with acting(by or stage.cast.amel) as tx:
        return ballots.put_to_vote(tx, proposal_id, number, asked())


def card(person: int, proposal_id: int, number: int) -> SuggestionCard:
    """A suggestion as somebody sees it."""
    return queries.suggested(as_reader(person), proposal_id).card(number)


def state(person: int, proposal_id: int, number: int) -> str:
    """Where a suggestion stands."""
    return card(person, proposal_id, number).state


def text_now(person: int, proposal_id: int) -> str:
    """The whole text as the proposal asks for it now."""
    return queries.desk(as_reader(person), proposal_id).whole
