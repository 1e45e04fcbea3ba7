"""The way in: a dossier in prose, steps, a sponsor, and its end. The status itself changes by the
collective decision alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from intranet.core.markdown import render
from intranet.core.markdown_links import NoLinks
from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.transaction import Reader, Transaction
from intranet.discussions import effects as discussions
from intranet.members import queries as members
from intranet.members.models import Person
from intranet.members.rights_queries import has_right
from intranet.members.statuses import Right, Status
from intranet.membership.grounds import unknown_decision
from intranet.membership.integration import events, policy
from intranet.membership.integration.models import Dossier, DossierStep, StepTemplate

WISHES = (Status.MEMBER_EMPLOYEE, Status.EMPLOYEE, Status.SYMPATHISER, Status.MEMBER_EXTERNAL)
LONGEST_WORDS = 20_000
LONGEST_STEP = 200
MOST_STEPS = 30


@dataclass(frozen=True)
class DossierWords:
    """What a dossier says: the place wished for, the prose, the first day of the contract."""

    wish: str
    words: str
    works_since: date | None = None


def open_dossier(
    tx: Transaction, person_id: int, said: DossierWords, usual_steps: Sequence[str] = ()
) -> int:
    """Open a dossier with the steps of the template, and give its number.

    `usual_steps` count while the members have written no template. Raises NotFound, Refused,
    Invalid by field, Conflict while another dossier of the person is open.
    """
    if tx.session.get(Person, person_id, with_for_update=True) is None:
        raise NotFound
    tx.require(policy.may_open_dossier, person_id)
    _check(tx, person_id, said)
    is_open = select(Dossier.id).where(Dossier.person_id == person_id, Dossier.outcome == "")
    if tx.session.scalar(is_open) is not None:
        raise Conflict("integration.open_already")
    dossier = Dossier(
        person_id=person_id,
        wish=said.wish,
        words=said.words.strip(),
        works_since=said.works_since,
        opened_at=tx.now,
        opened_by_id=tx.actor.person_id,
    )
    tx.session.add(dossier)
    tx.session.flush()
    template = tx.session.get(StepTemplate, 1)
    for what in template.steps.splitlines() if template else usual_steps:
        tx.session.add(DossierStep(dossier_id=dossier.id, what=what))
    tx.record(events.DossierOpened(person_id, dossier.id))
    return dossier.id


def _check(reader: Reader, person_id: int, said: DossierWords) -> None:
    wrong = {}
    if said.wish not in WISHES:
        wrong["wish"] = "integration.wish_missing"
    elif members.status_on(reader, person_id, members.today(reader)) == said.wish:
        wrong["wish"] = "membership.same_status"
    if len(said.words) > LONGEST_WORDS:
        wrong["words"] = "integration.words_too_long"
    if wrong:
        raise Invalid(**wrong)


def _dossier(tx: Transaction, dossier_id: int) -> Dossier:
    dossier = tx.session.get(Dossier, dossier_id, with_for_update=True)
    if dossier is None or not policy.may_see_dossier(tx, dossier):
        raise NotFound
    return dossier


def write_dossier(tx: Transaction, dossier_id: int, said: DossierWords) -> None:
    """Write the words of a dossier anew. Raises NotFound, Refused, Invalid by field."""
    dossier = _dossier(tx, dossier_id)
    tx.require(policy.may_write_dossier, dossier)
    _check(tx, dossier.person_id, said)
    dossier.wish, dossier.words = said.wish, said.words.strip()
    dossier.works_since = said.works_since
    tx.record(events.DossierChanged(dossier.person_id, dossier.id))


def name_sponsor(tx: Transaction, dossier_id: int, sponsor_id: int | None) -> None:
    """Say which member goes along, or that nobody does for now.

    Raises NotFound, Refused, Invalid for somebody without a vote or the person themselves.
    """
    dossier = _dossier(tx, dossier_id)
    tx.require(policy.may_lead_dossier, dossier)
    if sponsor_id is not None:
        status = members.status_on(tx, sponsor_id, members.today(tx))
        if sponsor_id == dossier.person_id or not has_right(tx, status, Right.VOTE):
            raise Invalid(sponsor="integration.sponsor_unsuited")
    dossier.sponsor_id = sponsor_id
    tx.record(events.DossierChanged(dossier.person_id, dossier.id))


def add_step(tx: Transaction, dossier_id: int, what: str, due_on: date | None) -> int:
    """Add a step to one person's way. Raises NotFound, Refused, Invalid."""
    dossier = _dossier(tx, dossier_id)
    tx.require(policy.may_lead_dossier, dossier)
    said = " ".join(what.split())
    if not 1 <= len(said) <= LONGEST_STEP:
        raise Invalid(what="integration.step_length")
    steps = tx.session.query(DossierStep).filter_by(dossier_id=dossier.id).count()
    if steps >= MOST_STEPS:
        raise Invalid(what="integration.too_many_steps")
    step = DossierStep(dossier_id=dossier.id, what=said, due_on=due_on)
    tx.session.add(step)
    tx.session.flush()
    tx.record(events.DossierChanged(dossier.person_id, dossier.id))
    return step.id


def _step(tx: Transaction, dossier: Dossier, step_id: int) -> DossierStep:
    step = tx.session.get(DossierStep, step_id)
    if step is None or step.dossier_id != dossier.id:
        raise NotFound
    return step


def date_step(
    tx: Transaction, dossier_id: int, step_id: int, due_on: date | None, done_on: date | None
) -> None:
    """Say for when a step is planned and when it was made. Raises NotFound, Refused."""
    dossier = _dossier(tx, dossier_id)
    tx.require(policy.may_lead_dossier, dossier)
    step = _step(tx, dossier, step_id)
    step.due_on, step.done_on = due_on, done_on
    tx.record(events.DossierChanged(dossier.person_id, dossier.id))


def remove_step(tx: Transaction, dossier_id: int, step_id: int) -> None:
    """Take a step out of one person's way; the template stays. Raises NotFound, Refused."""
    dossier = _dossier(tx, dossier_id)
    tx.require(policy.may_lead_dossier, dossier)
    tx.session.delete(_step(tx, dossier, step_id))
    tx.record(events.DossierChanged(dossier.person_id, dossier.id))


def discuss(tx: Transaction, dossier_id: int, text: str, language: str) -> int:
    """Say something that the person whose dossier it is never reads, and give its number."""
    dossier = _dossier(tx, dossier_id)
    tx.require(policy.may_discuss_dossier, dossier)
    author = tx.actor.person_id
    assert author is not None  # noqa: S101
    html = render(text, NoLinks(), language=language, first_level=4).html
    return discussions.add_comment(
        tx, "dossier", dossier.id, discussions.Said(text=text, html=html, author_id=author)
    )


def withdraw(tx: Transaction, dossier_id: int) -> None:
    """End one's own request. Another one may follow."""
    dossier = _dossier(tx, dossier_id)
    tx.require(policy.may_end_dossier, dossier, "withdrawn")
    dossier.outcome, dossier.outcome_on = "withdrawn", members.today(tx)
    tx.record(events.DossierEnded(dossier.person_id, dossier.id, "withdrawn"))


def refuse(tx: Transaction, dossier_id: int, words: str, decision_number: str) -> None:
    """Write down a refusal: in words for the person, with its day and the decision that says so.

    The request may be made again. Raises NotFound, Refused, Invalid by field.
    """
    dossier = _dossier(tx, dossier_id)
    tx.require(policy.may_end_dossier, dossier, "refused")
    number, wrong = decision_number.strip(), {}
    if not words.strip() or len(words) > LONGEST_WORDS:
        wrong["words"] = "integration.refusal_without_words"
    if code := unknown_decision(tx, number):
        wrong["decision_number"] = code
    if wrong:
        raise Invalid(**wrong)
    dossier.outcome, dossier.outcome_on = "refused", members.today(tx)
    dossier.outcome_words, dossier.decision_number = words.strip(), number
    tx.record(events.DossierEnded(dossier.person_id, dossier.id, "refused"))


def write_template(tx: Transaction, steps: str) -> None:
    """Write the steps with which new dossiers begin, one a line; those under way keep theirs.

    Raises Refused, Invalid.
    """
    tx.require(policy.may_change_steps)
    lines = [line for one in steps.splitlines() if (line := " ".join(one.split()))]
    if len(lines) > MOST_STEPS or any(len(one) > LONGEST_STEP for one in lines):
        raise Invalid(steps="integration.too_many_steps")
    row = tx.session.get(StepTemplate, 1)
    if row is None:
        tx.session.add(StepTemplate(id=1, steps="\n".join(lines)))
    else:
        row.steps = "\n".join(lines)
