"""What lies on the desk of somebody who writes a proposal: the rule, the procedures, the form."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from intranet.core import clock
from intranet.core.block_changes import BlockChange
from intranet.core.policy import Invalid, NotFound, Refused
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.statuses import Audience
from intranet.polls import procedure_queries as procedures
from intranet.polls.procedure_queries import ProcedureCard
from intranet.proposals import queries
from intranet.proposals.adopting import TextToAdopt, text_to_adopt
from intranet.proposals.changing import block_after, block_change, page_changes
from intranet.proposals.forms import FIELDS, ProposalForm
from intranet.proposals.options import CHOOSING
from intranet.proposals.outlines.queries import Outline
from intranet.proposals.outlines.sections import Section
from intranet.proposals.planned import as_fields
from intranet.proposals.policy import may_choose_procedure, may_propose
from intranet.proposals.queries import ProposalCard
from intranet.proposals.readiness import CHOICE
from intranet.proposals.service import NewProposal
from intranet.proposals.usual import last_procedure
from intranet.proposals.versions import Wording
from intranet.wiki import rules, sources
from intranet.wiki.models import Layer
from intranet.wiki.rules import RuleText
from intranet.wiki.sources import PageSource


@dataclass(frozen=True)
class Choice:
    """A procedure that may be chosen, with how many people it asks today, and the earliest calendar
    of a proposal submitted now: when its vote could open, and when it could be decided."""

    procedure: ProcedureCard
    registered: int
    votes_from: datetime
    decides_on: datetime


@dataclass(frozen=True)
class Desk:
    """A proposal being written: on a rule or free, new or reworded, on a paragraph or the page.

    `page` is an ordinary page that would become a rule; `chooses` says that it is about options.
    `block_id` with `after` is the paragraph behind which a new one would stand. `sections` are what
    the `outline` asks, or what the wording at hand already answers. `adopted` is what a page with
    amendments could say.
    """

    choices: tuple[Choice, ...]
    today: date
    rule: RuleText | None = None
    block_id: str | None = None
    proposal: ProposalCard | None = None
    page: PageSource | None = None
    adopted: TextToAdopt | None = None
    chooses: bool = False
    after: bool = False
    sections: tuple[Section, ...] = ()
    outline: Outline | None = None
    outlines: tuple[Outline, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of proposal that is written here."""
        if self.page:
            return "adoption"
        return CHOICE if self.chooses else _kind(self.rule)

    @property
    def block_text(self) -> str:
        """The present words of the paragraph on the desk; empty for a whole page."""
        block = self.rule.block(self.block_id) if self.rule and self.block_id else None
        return block.text if block else ""

    @property
    def place(self) -> str:
        """What is done at the paragraph on the desk, for the form to say it again."""
        return "after" if self.after else ""


def _fits(reader: Reader, card: ProcedureCard, kind: str) -> bool:
    """Whether a procedure is meant for this kind of proposal, and this person may choose it."""
    meant = not card.course.kinds or kind in card.course.kinds
    meant = meant and (kind in CHOOSING) is (card.election is not None)
    return meant and bool(may_choose_procedure(reader, card))


def choices_for(
    reader: Reader, kind: str, layers: Collection[str] | None, rule: RuleText | None = None
) -> tuple[Choice, ...]:
    """The procedures that may decide this: for a rule, those that it admits; for a page that would
    become one, those that may change one of these ranks. The one that last decided on the rule
    comes first, then those under which this person votes: a form proposes the first of them."""
    cards = [
        card
        for card in procedures.procedures(reader)
        if _fits(reader, card, kind)
        and (layers is None or set(layers) & set(card.layers))
        and (rule is None or rule.admits(card.key, card.layers))
    ]
    rolls = procedures.rolls(reader, cards)
    me, usual = reader.actor.person_id, last_procedure(reader, rule) if rule else None
    cards.sort(key=lambda card: (card.key != usual, me not in rolls[card.id]))
    zone = members.cooperative(reader.session).zone
    found = []
    for card in cards:
        opens = clock.same_wall_time_after(reader.now, card.min_discussion_hours, zone)
        ends = clock.same_wall_time_after(opens, card.min_voting_hours, zone)
        found.append(Choice(card, len(rolls[card.id]), opens, ends))
    return tuple(found)


def new_desk(
    reader: Reader, slug: str | None, block_id: str | None, *, after: bool = False
) -> Desk:
    """The desk for a new proposal. Raises Refused, or NotFound for an unknown rule or paragraph."""
    _require_proposer(reader)
    rule = rules.rule_text_of(reader, slug) if slug else None
    if block_id and (rule is None or rule.block(block_id) is None):
        raise NotFound
    today = members.today(reader)
    choices = choices_for(reader, _kind(rule), None, rule)
    return Desk(choices, today, rule, block_id or None, after=after and bool(block_id))


def choice_desk(reader: Reader) -> Desk:
    """The desk for a new choice among options. Raises Refused."""
    _require_proposer(reader)
    today = members.today(reader)
    return Desk(choices_for(reader, CHOICE, None), today, chooses=True)


def _require_proposer(reader: Reader) -> None:
    verdict = may_propose(reader)
    if not verdict:
        raise Refused(verdict)


def _kind(rule: RuleText | None) -> str:
    return "amendment" if rule else "resolution"


def adoption_desk(reader: Reader, slug: str) -> Desk:
    """The desk for making a page a rule, with every procedure that may decide on some rank.

    Raises Refused, or NotFound when there is no such ordinary page in use.
    """
    _require_proposer(reader)
    page = sources.page_source_of(reader, slug)
    if not page.can_become_a_rule:
        raise NotFound
    today = members.today(reader)
    return Desk(choices_for(reader, "adoption", tuple(Layer)), today, page=page)


def desk_of(reader: Reader, proposal_id: int, whole: bool) -> Desk:
    """The desk for a new wording. Raises NotFound, or Refused with the reason."""
    card = queries.proposal(reader, proposal_id)
    if not card.may.reword:
        raise Refused(card.may.reword)
    if card.layer and card.page_id:
        today, page = members.today(reader), sources.page_source(reader, card.page_id)
        choices = choices_for(reader, card.kind, (card.layer,))
        was = card.version
        adopted = text_to_adopt(reader, was.text, was.base_revision_id, page)
        return Desk(choices, today, proposal=card, page=page, adopted=adopted)
    rule = rules.rule_text(reader, card.page_id) if card.page_id else None
    today = members.today(reader)
    changes = card.version.changes
    one = changes[0] if len(changes) == 1 else None
    fits = bool(one and rule and rule.block(one.block_id or "") and not whole)
    block_id = one.block_id if one and fits else None
    choices = choices_for(reader, card.kind, None, rule)
    desk = Desk(choices, today, rule, block_id, card, chooses=card.kind == CHOICE)
    return replace(desk, after=bool(one and block_id and one.kind == "insert_after"))


def blank(desk: Desk) -> ProposalForm:
    """The empty form, with the present words of the rule where there is one."""
    values = dict.fromkeys(FIELDS, "")
    values["audience"] = Audience.WORKERS.value
    if desk.rule and not desk.after:
        values["new_text"] = desk.block_text if desk.block_id else desk.rule.body
    values["seats"] = "1"
    values["layer"] = Layer.OPERATING_RULES.value if desk.page else ""
    if desk.choices:
        values["procedure"] = desk.choices[0].procedure.key
    return ProposalForm(values)


def taken_up(again: ProposalCard) -> dict[str, str]:
    """What a new proposal takes over from one that found its end; a rule is read anew."""
    version = again.version
    told = {"title": version.title, "motivation": version.motivation, "text": version.text}
    told |= {"options": "\n".join(version.options), "seats": str(version.seats)}
    return told | {"audience": again.audience}


def filled(desk: Desk) -> ProposalForm:
    """The form with the wording that counts now."""
    assert desk.proposal is not None  # noqa: S101
    version = desk.proposal.version
    form = blank(desk)
    form.values |= {
        "title": version.title,
        "motivation": version.motivation,
        "text": version.text,
        "options": "\n".join(version.options),
        "seats": str(version.seats),
        "procedure": desk.proposal.procedure_key,
        "audience": desk.proposal.audience,
        "effective_on": version.effective_on.isoformat() if version.effective_on else "",
        "review_on": version.review_on.isoformat() if version.review_on else "",
        "ends_on": version.ends_on.isoformat() if version.ends_on else "",
        "past_because": version.past_because,
        **as_fields(version.actions),
    }
    if version.links:
        form.values["link_kind"], form.values["link_number"] = version.links[0]
    if desk.rule:
        form.values["new_text"] = _new_text(desk.rule, version.changes, desk.block_id)
    return form


def _new_text(rule: RuleText, changes: tuple[BlockChange, ...], block_id: str | None) -> str:
    """The words proposed: of one paragraph, or of the page when the changes still fit it."""
    if block_id:
        return changes[0].new_text
    if all(rules.still_fits(rule, change) for change in changes):
        return rules.text_after(rule, changes).removeprefix(rule.header)
    return rule.body


def _changes(desk: Desk, form: ProposalForm) -> tuple[BlockChange, ...]:
    if desk.rule is None:
        return ()
    try:
        if desk.block_id and desk.after:
            return block_after(desk.block_id, form.values["new_text"])
        if desk.block_id:
            return block_change(desk.rule, desk.block_id, form.values["new_text"])
        return page_changes(desk.rule, form.values["new_text"])
    except ValueError as error:
        raise Invalid(new_text="changes_unclear") from error


def wording(desk: Desk, form: ProposalForm) -> Wording:
    """The wording typed on this desk; an adoption takes the text of its page, with the amendments
    taken in. Raises Invalid."""
    if desk.page:
        typed = form.wording((), desk.page.revision_id)
        which = form.values["adopted_text"]
        text = desk.adopted.chosen(which) if desk.adopted else desk.page.source
        return replace(typed, text=text, reasons=form.answered(desk.sections))
    base = desk.rule.revision_id if desk.rule else None
    typed = form.wording(_changes(desk, form), base)
    return replace(typed, reasons=form.answered(desk.sections))


def audience_of(form: ProposalForm) -> str:
    """Who may read, as chosen in the form; empty when nothing was chosen. Raises Invalid."""
    wanted = form.values["audience"]
    if wanted and wanted not in set(Audience):
        raise Invalid(audience="audience_unknown")
    return wanted


def _layer(desk: Desk, form: ProposalForm) -> str | None:
    """The rank chosen for a page, which the procedure chosen must admit. Raises Invalid."""
    if desk.page is None:
        return None
    wanted, key = form.values["layer"], form.values["procedure"]
    if wanted not in set(Layer):
        raise Invalid(layer="layer_missing")
    if not any(c.procedure.key == key and wanted in c.procedure.layers for c in desk.choices):
        raise Invalid(procedure="procedure_too_weak_for_the_rank")
    return wanted


def new_proposal(desk: Desk, form: ProposalForm) -> NewProposal:
    """The proposal typed on this desk. Raises Invalid."""
    about = desk.page or desk.rule
    return NewProposal(
        kind=desk.kind,
        wording=wording(desk, form),
        procedure_key=form.values["procedure"],
        page_id=about.page_id if about else None,
        audience=audience_of(form) or Audience.WORKERS,
        layer=_layer(desk, form),
    )
