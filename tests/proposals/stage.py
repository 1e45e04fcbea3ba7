"""A rule, the ways to decide, and shortcuts to bring a proposal where a test needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from sqlalchemy import update

from intranet.core.block_changes import BlockChange
from intranet.decisions import effects as register
from intranet.members.queries import today
from intranet.polls import procedure_queries
from intranet.polls.models import Poll
from intranet.polls.procedure_models import Course
from intranet.polls.service import NewProcedure, cast_ballot, define_procedure
from intranet.proposals import service
from intranet.proposals.service import NewProposal
from intranet.proposals.versions import Wording
from intranet.voting.settings import Settings
from intranet.voting.types import Base
from intranet.wiki import effects as wiki
from intranet.wiki.models import Layer
from intranet.wiki.rules import RuleText, rule_text
from tests.cast import Cast, acting, as_reader
from tests.snapshots import remembered

RULE = """Chacun·e peut télétravailler deux jours par semaine.

Le lundi, tout le monde est à l’atelier.
"""
CHANGED = "Chacun·e peut télétravailler trois jours par semaine."


@dataclass(frozen=True)
class Stage:
    """What stands ready: the cast, a rule page and the keys of the procedures."""

    cast: Cast
    page_id: int
    origin: str
    consent: str = "consent"
    absolute: str = "absolute"
    secret: str = "secret"


@remembered
def set_up(cast: Cast) -> Stage:
    """Write procedures and one rule made by a decision entered in the register."""
    with acting(cast.amel) as tx:
        both = (Layer.OPERATING_RULES, Layer.STATUTES)
        define_procedure(
            tx,
            NewProcedure(
                "Majorité absolue",
                "",
                cast.assembly,
                "qualified_majority",
                Settings(base=Base.REGISTERED, threshold=Fraction(1, 2), strict=True),
                layers=tuple(map(str, both)),
                key="absolute",
            ),
        )
        define_procedure(
            tx,
            NewProcedure(
                "Consentement",
                "",
                cast.meeting,
                "consent",
                Settings(quorum=Fraction(1, 2)),
                min_discussion_hours=0,
                key="consent",
            ),
        )
        define_procedure(
            tx,
            NewProcedure(
                "Scrutin secret",
                "",
                cast.assembly,
                "simple_majority",
                Settings(),
                secret=True,
                key="secret",
            ),
        )
    with acting(None) as tx:
        entered = register.enter(
            tx,
            register.Entry(
                body_id=cast.assembly,
                body_code="AG",
                title="Le télétravail",
                text="Adoption de l’article.",
                result="adopted",
                decided_on=today(tx),
                effective_on=today(tx),
                origin_kind="by_hand",
                audience="workers",
            ),
        )
        rule = wiki.NewRule(Layer.OPERATING_RULES, "Télétravail", RULE, "workers", "fr")
        page_id = wiki.create_rule(tx, rule, entered.number, today(tx))
    return Stage(cast, page_id, entered.number)


def few_vote_in_secret() -> None:
    """A next version of the secret procedure that three people are enough for."""
    with acting(None) as tx:
        old = procedure_queries.procedure(tx, "secret")
        new = NewProcedure(
            old.name,
            old.description,
            old.body_id,
            old.method,
            old.settings,
            secret=True,
            key="secret",
            course=Course(smallest_secret=3),
        )
        define_procedure(tx, new)


def rule(stage: Stage) -> RuleText:
    """The rule as it reads now."""
    return rule_text(as_reader(stage.cast.amel), stage.page_id)


def a_change(stage: Stage, new_text: str = CHANGED, position: int = 0) -> BlockChange:
    """The change that gives one paragraph of the rule new words."""
    block = rule(stage).blocks[position]
    return BlockChange("replace", block.id, block.text, new_text)


def an_amendment(stage: Stage, author: int | None = None, change: BlockChange | None = None) -> int:
    """A submitted amendment of the rule."""
    change = change or a_change(stage)
    author = author or stage.cast.amel
    with acting(author) as tx:
        wording = Wording("Trois jours de télétravail", "Moins de trajets.", "", (change,))
        new = NewProposal("amendment", wording, stage.absolute, stage.page_id)
        proposal_id = service.draft(tx, new)
        service.submit(tx, proposal_id)
    return proposal_id


def a_resolution(
    stage: Stage,
    procedure: str = "absolute",
    author: int | None = None,
    text: str = "Nous achetons un vélo-cargo.",
) -> int:
    """A submitted resolution."""
    with acting(author or stage.cast.amel) as tx:
        wording = Wording("Acheter un vélo-cargo", "Pour livrer.", text)
        proposal_id = service.draft(tx, NewProposal("resolution", wording, procedure))
        service.submit(tx, proposal_id)
    return proposal_id


def open_it(stage: Stage, proposal_id: int, author: int | None = None) -> int:
    """Put a proposal to the vote for two days; gives the poll."""
    with acting(author or stage.cast.amel) as tx:
        return service.open_voting(tx, proposal_id, tx.now + timedelta(days=2))


def vote(poll_id: int, **choices: int) -> None:
    """Cast ballots: option=person."""
    for option, person in choices.items():
        cast_one(poll_id, person, option)


def cast_one(poll_id: int, person: int, option: str, reason: str = "") -> None:
    """Cast one ballot."""
    with acting(person) as tx:
        cast_ballot(tx, poll_id, {"option": option, "reason": reason})


def end(poll_id: int) -> None:
    """Let the time of a poll run out."""
    with acting(None) as tx:
        hours = {"opened_at": tx.now - timedelta(days=3), "closes_at": tx.now - timedelta(hours=1)}
        tx.session.execute(update(Poll).where(Poll.id == poll_id).values(**hours))


def conclude(proposal_id: int) -> None:
    """Count, as the worker does."""
    with acting(None) as tx:
        service.conclude(tx, proposal_id)


def decide(stage: Stage, proposal_id: int, option: str = "for") -> None:
    """Open, let every member of the assembly vote the same, end and count."""
    poll_id = open_it(stage, proposal_id)
    for person in stage.cast.members:
        cast_one(poll_id, person, option)
    end(poll_id)
    conclude(proposal_id)
