"""Short ways to suggest changes in tests, and to vote on them."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from intranet.audit import poll_checks
from intranet.core.block_changes import BlockChange
from intranet.core.clock import now
from intranet.polls.models import Poll
from intranet.proposals.kinds.several import RuleChange, to_text
from intranet.proposals.suggestions import desks, queries, service, texts
from intranet.proposals.suggestions.ballots import queries as ballot_queries
from intranet.proposals.suggestions.ballots import service as ballots
from intranet.proposals.suggestions.queries import SuggestionCard
from intranet.proposals.suggestions.service import Suggested
from intranet.wiki import rules
from tests.cast import acting, as_reader
from tests.proposals import choosing as among
from tests.proposals import stage as on
from tests.proposals.stage import Stage
from tests.wiki.writing import rule

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


HOURS = """Le lundi, tout le monde est à l’atelier.

On commence à neuf heures.

On mange à midi.
"""


def a_change_of_several(stage: Stage) -> tuple[int, int]:
    """A submitted change of two rules that each also get a first paragraph, and the second rule.

    A paragraph of the one reads like one of the other.
    """
    there = rules.rule_text(as_reader(stage.cast.amel), rule("Horaires", HOURS, stage.origin))
    here, nine = on.rule(stage), there.blocks[1]
    first = BlockChange("insert_after", None, "", "Nous nous voyons souvent.")
    later = BlockChange("replace", nine.id, nine.text, "On commence à dix heures.")
    parts = [
        RuleChange(here.page_id, here.title, here.revision_id, (first, on.a_change(stage))),
        RuleChange(there.page_id, there.title, there.revision_id, (first, later)),
    ]
    with acting(stage.cast.amel) as tx:
        wording = on.Wording("Nos journées", "Pour le rythme.", particulars=to_text(parts))
        proposal_id = on.service.draft(tx, on.NewProposal("several", wording, stage.absolute))
        on.service.submit(tx, proposal_id)
    return proposal_id, there.page_id


def suggested(
    author: int, proposal_id: int, old: str, new: str, reason: str = "C’est plus juste."
) -> int:
    """Somebody would have the paragraph that holds `old` read with `new` instead."""
    everywhere = desks.desks(as_reader(author), proposal_id)
    desk, block = next((d, one) for d in everywhere for one in d.blocks if old in one.text)
    words = block.text.replace(old, new) if new else ""
    changes = texts.to_paragraph(desk.blocks, block.id, words)
    said = Suggested(changes, desk.version, reason, desk.page_id)
    with acting(author) as tx:
        return service.suggest(tx, proposal_id, said)


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


def text_now(person: int, proposal_id: int, page_id: int | None = None) -> str:
    """The whole text, or that of one of its rules, as the proposal asks for it now."""
    return desks.desk(as_reader(person), proposal_id, page_id).whole


def poll_of(stage: Stage, proposal_id: int, ballot_id: int) -> int:
    """The poll behind a vote on suggestions."""
    reader = as_reader(stage.cast.amel)
    return ballot_queries.ballot_page(reader, proposal_id, ballot_id).poll.id


def decided(
    stage: Stage, proposal_id: int, ballot_id: int, *crosses: tuple[int | None, ...]
) -> None:
    """Let members mark the ballot, end it and count, as the worker does."""
    poll_id = poll_of(stage, proposal_id, ballot_id)
    for person, marks in zip(stage.cast.members, crosses, strict=False):
        among.mark(poll_id, person, among.marks(*marks))
    with acting(None) as tx:
        hours = {"opened_at": tx.now - timedelta(days=3), "closes_at": tx.now - timedelta(hours=1)}
        tx.session.execute(update(Poll).where(Poll.id == poll_id).values(**hours))
    assert ballot_queries.due(as_reader(stage.cast.amel)) == [ballot_id]
    with acting(None) as tx:
        ballots.count(tx, ballot_id)
    assert list(poll_checks.recounts(as_reader(stage.cast.amel))) == []
