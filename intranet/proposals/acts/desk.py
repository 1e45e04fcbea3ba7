"""What lies on the desk of somebody who proposes an act: people, mandates, rules, procedures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from intranet.core.policy import NotFound, Refused
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.mandate_queries import Held, mandates_held
from intranet.members.queries import BodyCard, PersonCard
from intranet.members.status_queries import people_here
from intranet.members.statuses import Status
from intranet.proposals import queries
from intranet.proposals.editing import Choice, choices_for
from intranet.proposals.kinds.kind import ACTS
from intranet.proposals.kinds.several import rule_changes
from intranet.proposals.models import OF_SEVERAL
from intranet.proposals.outlines.queries import Outline
from intranet.proposals.outlines.sections import Section
from intranet.proposals.policy import may_propose
from intranet.proposals.queries import ProposalCard
from intranet.wiki import placing, rules, tree
from intranet.wiki import queries as wiki
from intranet.wiki.models import Layer
from intranet.wiki.rules import RuleText

MAY_BE_TRIED = frozenset({"new_rule", OF_SEVERAL})
"""The acts that may be decided for a time: the paragraphs that they write then say so. What makes
somebody a member, gives a mandate or ends a rule does not undo itself on a day."""


@dataclass(frozen=True)
class ActDesk:
    """An act being proposed or reworded; `rules` are those that it is about."""

    kind: str
    choices: tuple[Choice, ...]
    today: date
    rules: tuple[RuleText, ...] = ()
    rule_names: tuple[tuple[str, str], ...] = ()
    people: tuple[PersonCard, ...] = ()
    bodies: tuple[BodyCard, ...] = ()
    held: tuple[Held, ...] = ()
    places: tuple[tuple[int, str], ...] = ()
    neighbours: tuple[tuple[int, str], ...] = ()
    statuses: tuple[Status, ...] = ()
    proposal: ProposalCard | None = None
    sections: tuple[Section, ...] = ()
    outline: Outline | None = None
    outlines: tuple[Outline, ...] = ()

    @property
    def may_be_tried(self) -> bool:
        """Whether it may be decided for a time only."""
        return self.kind in MAY_BE_TRIED


def new_act(reader: Reader, kind: str, slugs: Sequence[str] = ()) -> ActDesk:
    """The desk of a new act, about the rules at these addresses. Raises Refused, NotFound."""
    verdict = may_propose(reader)
    if not verdict:
        raise Refused(verdict)
    if kind not in ACTS:
        raise NotFound
    texts = tuple(rules.rule_text_of(reader, slug) for slug in dict.fromkeys(slugs))
    return _desk(reader, kind, texts)


def act_of(reader: Reader, proposal_id: int) -> ActDesk:
    """The desk of a new wording. Raises NotFound, or Refused with the reason."""
    card = queries.proposal(reader, proposal_id)
    if card.kind not in ACTS:
        raise NotFound
    if not card.may.reword:
        raise Refused(card.may.reword)
    if card.kind == OF_SEVERAL:
        pages = [one.page_id for one in rule_changes(card.version.particulars)]
    else:
        pages = [card.page_id] if card.page_id else []
    texts = tuple(rules.rule_text(reader, page_id) for page_id in pages)
    return _desk(reader, card.kind, texts, card)


def _desk(
    reader: Reader, kind: str, texts: tuple[RuleText, ...], card: ProposalCard | None = None
) -> ActDesk:
    today = members.today(reader)
    about_people = kind in ("mandate", "election", "status")
    about_rules = kind in (OF_SEVERAL, "repeal", "reorder")
    return ActDesk(
        kind=kind,
        choices=_choices(reader, kind, texts),
        today=today,
        rules=texts,
        rule_names=tuple((one.slug, one.title) for one in wiki.rules(reader))
        if about_rules
        else (),
        people=tuple(people_here(reader, today)),
        bodies=tuple(members.bodies(reader)) if about_people else (),
        held=tuple(mandates_held(reader, today)) if kind == "mandate" else (),
        places=tuple(tree.choices(reader)) if kind == "new_rule" else (),
        neighbours=tuple(placing.neighbours(reader, texts[0].page_id))
        if kind == "reorder" and texts
        else (),
        statuses=_statuses(reader) if kind == "status" else (),
        proposal=card,
    )


def _choices(reader: Reader, kind: str, texts: Sequence[RuleText]) -> tuple[Choice, ...]:
    """The procedures that may decide the act: for rules, those that each of them admits."""
    layers = tuple(Layer) if kind == "new_rule" else None
    found = choices_for(reader, kind, layers, texts[0] if texts else None)
    return tuple(
        one
        for one in found
        if all(text.admits(one.procedure.key, one.procedure.layers) for text in texts)
    )


def _statuses(reader: Reader) -> tuple[Status, ...]:
    is_open = members.cooperative(reader.session).external_members
    return tuple(one for one in Status if is_open or one is not Status.MEMBER_EXTERNAL)
