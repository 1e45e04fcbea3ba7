"""Lending a voice, answering, and voting in somebody's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid, NotFound, Refused
from intranet.core.transaction import Reader, Transaction, transaction
from intranet.members import queries as members
from intranet.polls import procedure_queries as procedures
from intranet.polls import queries as polls
from intranet.polls.proxies import queries, service, voice_queries
from intranet.polls.proxies.forms import days_typed, whole_number
from intranet.polls.proxies.standing import Offer
from intranet.proposals import queries as proposals
from intranet.proposals import voted_queries
from intranet.proposals.workflow import State
from intranet.web import links, messages, options, receipts, signed_in

blueprint = Blueprint("proxies", __name__)
UNDER_WAY = (State.DISCUSSION, State.VOTING)


@dataclass(frozen=True)
class Target:
    """For what a voice is lent: one proposal, or the votes of a body that end on some days; with
    who could hold it."""

    body_id: int
    body_name: str
    title: str
    people: tuple[members.PersonCard, ...]
    proposal_id: int | None = None
    procedure_id: int | None = None

    def offer(self, typed: Mapping[str, str]) -> Offer:
        """What the fields of the form mean. Raises Invalid, by field."""
        holder = whole_number(typed.get("holder_id", ""))
        if holder is None or holder not in {person.id for person in self.people}:
            raise Invalid(holder_id="proxy_holder_missing")
        if self.proposal_id is not None and typed.get("scope") != "days":
            origin = ("proposal", self.proposal_id)
            return Offer(holder, self.body_id, origin, self.procedure_id)
        starts_on, ends_on = days_typed(typed)
        return Offer(holder, self.body_id, starts_on=starts_on, ends_on=ends_on)


@dataclass
class Typed:
    """The form as it was typed, with its messages."""

    values: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)


@blueprint.get("/proxies")
def index() -> str:
    """My proxies: to answer, carried, given, past."""
    reader = signed_in.reader()
    mine = queries.mine(reader)
    lines = (*mine.to_answer, *mine.held, *mine.given, *mine.past)
    about = {line.origin_id for line in lines if line.origin_kind == "proposal" and line.origin_id}
    return render_template(
        "proxies/index.html", mine=mine, titles=proposals.titles(reader, about), me=reader.actor
    )


def _of_proposal(reader: Reader, proposal_id: int) -> Target:
    """One proposal under way. Raises NotFound."""
    card = proposals.proposal(reader, proposal_id)
    if card.state not in UNDER_WAY:
        raise NotFound
    procedure = procedures.procedure(reader, card.procedure_key)
    voters = procedures.voters_of(reader, procedure)
    if card.state == State.VOTING and card.poll_id is not None:
        poll = polls.poll(reader, card.poll_id)
        procedure = poll.procedure
        voters = [members.PersonCard(line.person_id, line.name) for line in poll.roll]
    return Target(
        procedure.body_id,
        procedure.body_name,
        card.title,
        _others(reader, voters),
        card.id,
        procedure.id,
    )


def _of_body(reader: Reader, body_id: int) -> Target:
    """The votes of a body that end on some days. Raises NotFound."""
    try:
        card = members.body(reader, body_id)
    except KeyError as error:
        raise NotFound from error
    voters = members.electorate(reader, body_id, members.today(reader))
    return Target(body_id, card.name, card.name, _others(reader, voters))


def _others(reader: Reader, voters: list[members.PersonCard]) -> tuple[members.PersonCard, ...]:
    return tuple(person for person in voters if person.id != reader.actor.person_id)


def _target(reader: Reader, asked: Mapping[str, str]) -> Target | None:
    for name, look in (("proposal", _of_proposal), ("body", _of_body)):
        if asked.get(name):
            number = whole_number(asked[name])
            if number is None:
                raise NotFound
            return look(reader, number)
    return None


@blueprint.get("/proxies/new")
def create() -> str:
    """For what, first; then to whom."""
    reader = signed_in.reader()
    target = _target(reader, request.args)
    if target is not None:
        today = members.today(reader).isoformat()
        return _form(target, Typed({"scope": "vote", "starts_on": today, "ends_on": ""}))
    me, today_is = reader.actor.person_id, members.today(reader)
    return render_template(
        "proxies/choose.html",
        proposals=proposals.in_states(reader, UNDER_WAY),
        bodies=[
            body
            for body in members.bodies(reader)
            if me in {person.id for person in members.electorate(reader, body.id, today_is)}
        ],
    )


def _form(target: Target, typed: Typed) -> str:
    return render_template("proxies/new.html", target=target, form=typed)


@blueprint.post("/proxies")
def give() -> ResponseReturnValue:
    """Offer one's voice."""
    target = _target(signed_in.reader(), request.form)
    if target is None:
        raise NotFound
    typed = Typed(request.form)
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.give_proxy(tx, target.offer(request.form))
    except Invalid as problem:
        typed.errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
        return _form(target, typed), 422
    except Refused as refusal:
        typed.errors = {"holder_id": messages.reason(refusal.verdict)}
        return _form(target, typed), 403
    flash(_("Your proxy is offered. It counts once it is accepted."), "success")
    return redirect(url_for("proxies.index"), 303)


def _done(
    command: Callable[[Transaction, int], None], proxy_id: int, said: str
) -> ResponseReturnValue:
    with transaction(signed_in.actor_id()) as tx:
        command(tx, proxy_id)
    flash(said, "success")
    return redirect(url_for("proxies.index"), 303)


@blueprint.post("/proxies/<int:proxy_id>/acceptance")
def accept(proxy_id: int) -> ResponseReturnValue:
    """Agree to vote in the giver's name."""
    said = _("You carry this voice: you will find its ballot beside your own.")
    return _done(service.accept_proxy, proxy_id, said)


@blueprint.post("/proxies/<int:proxy_id>/refusal")
def refuse(proxy_id: int) -> ResponseReturnValue:
    """Decline to vote in the giver's name."""
    return _done(service.refuse_proxy, proxy_id, _("The proxy is refused: its giver is told."))


@blueprint.post("/proxies/<int:proxy_id>/revocation")
def revoke(proxy_id: int) -> ResponseReturnValue:
    """Take one's voice back."""
    return _done(service.revoke_proxy, proxy_id, _("Your voice is yours again."))


@blueprint.post("/proxies/<int:proxy_id>/return")
def hand_back(proxy_id: int) -> ResponseReturnValue:
    """Give a voice back to its owner."""
    said = _("The voice is given back: its giver is told.")
    return _done(service.hand_back, proxy_id, said)


@blueprint.get("/polls/<int:poll_id>/voices/<int:giver_id>")
def ballot(poll_id: int, giver_id: int) -> str:
    """The ballot of one voice that I carry."""
    return _ballot(poll_id, giver_id, {}, None)


def _ballot(
    poll_id: int, giver_id: int, errors: dict[str, str], typed: Mapping[str, str] | None
) -> str:
    reader = signed_in.reader()
    proposal_id = proposals.of_poll(reader, poll_id)
    voice = voice_queries.carried_voice(reader, poll_id, giver_id)
    if not voice.may_cast:
        raise Refused(voice.may_cast)
    poll = polls.poll(reader, poll_id)
    return render_template(
        "proxies/ballot.html",
        poll=poll,
        voice=voice,
        voted_html=voted_queries.voted_html(reader, poll_id),
        errors=errors,
        typed=typed or options.filled(poll, voice.choice),
        proposal_id=proposal_id,
        now=reader.now,
    )


@blueprint.post("/polls/<int:poll_id>/voices/<int:giver_id>")
def cast(poll_id: int, giver_id: int) -> ResponseReturnValue:
    """Vote in the name of somebody who lent their voice."""
    try:
        with transaction(signed_in.actor_id()) as tx:
            proposal_id = proposals.of_poll(tx, poll_id)
            receipt = service.cast_for(tx, poll_id, giver_id, request.form)
    except Invalid as problem:
        errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
        typed = {"option": "", "reason": ""} | request.form.to_dict()
        return _ballot(poll_id, giver_id, errors, typed), 422
    name = members.names(signed_in.reader(), [giver_id])[giver_id]
    address = f"{links.origin('proposal', proposal_id)}#vote"
    if receipt:
        return receipts.shown_once(receipt, address, name)
    flash(_("The vote of %(name)s is recorded.", name=name), "success")
    return redirect(address, 303)
