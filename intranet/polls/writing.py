"""Writing versions of procedures down, and what makes one impossible to write."""

from __future__ import annotations

from sqlalchemy import func, select

from intranet.core.events import canonical
from intranet.core.policy import NotFound
from intranet.core.text import slugify
from intranet.core.transaction import Reader, Transaction
from intranet.members.body_queries import reaches
from intranet.members.models import Body, Person
from intranet.members.statuses import ADVISORY_STATUSES
from intranet.polls import procedure_queries as procedures
from intranet.polls.advising_rules import wrong_advice, wrong_way_on
from intranet.polls.choosing_rules import wrong_consent, wrong_draw, wrong_election
from intranet.polls.electorates import Electorate, InvalidElectorate
from intranet.polls.events import ProcedureDefined, ProcedureRetired
from intranet.polls.models import Procedure
from intranet.polls.procedure_models import Custody, NewProcedure, offers_the_same
from intranet.polls.procedure_queries import ProcedureCard
from intranet.voting import registry
from intranet.voting.election import ElectionSettings
from intranet.voting.types import BallotForm, TieRule

MOST_SECONDERS = 50
MOST_HOURS = 365 * 24
FEWEST_IN_SECRET = 3
"""Of two people, each knows the ballot of the other from the result."""
OUR_ADDRESSES = ("new",)


def problems(reader: Reader, new: NewProcedure) -> dict[str, str]:
    """Everything that is wrong with a procedure, as codes by field; empty when it makes sense."""
    errors: dict[str, str] = {}
    if not new.name.strip():
        errors["name"] = "name_missing"
    if reader.session.get(Body, new.body_id) is None:
        errors["body_id"] = "body_unknown"
    errors |= _wrong_hours(new) | _wrong_count(new) | _wrong_people(reader, new)
    return errors | _wrong_course(reader, new)


def _wrong_hours(new: NewProcedure) -> dict[str, str]:
    errors = {}
    if new.min_discussion_hours < 0:
        errors["min_discussion_hours"] = "hours_unclear"
    if new.min_voting_hours < 1:
        errors["min_voting_hours"] = "hours_out_of_range"
    hours = {name: getattr(new, name) for name in ("min_discussion_hours", "min_voting_hours")}
    hours |= {name: getattr(new.course, name) for name in ("extension_hours", "second_after_hours")}
    return errors | {
        name: "hours_too_many" for name, number in hours.items() if number > MOST_HOURS
    }


def _wrong_count(new: NewProcedure) -> dict[str, str]:
    """What is wrong with the method and its settings."""
    if new.method in {one.key for one in registry.offered_elections()}:
        return wrong_election(new.method, new.election or ElectionSettings())
    if new.method not in {method.key for method in registry.offered_methods()}:
        return {"method": "method_unknown"}
    errors = dict.fromkeys(registry.unused_settings(new.method, new.settings), "setting_unused")
    if not errors and new.settings.tie is TieRule.CHAIR:
        # A casting vote is a second voice: one person has one (law 47-1775, article 1).
        errors["tie"] = "tie_not_offered"
    return errors


def _wrong_people(reader: Reader, new: NewProcedure) -> dict[str, str]:
    """What is wrong with who votes, who may carry their voices, and who is heard beside them."""
    errors: dict[str, str] = {}
    try:
        Electorate.from_text(new.electorate.to_text())
    except InvalidElectorate as problem:
        errors["electorate"] = problem.code
    known = reader.session.scalar(select(func.count()).where(Person.id.in_(new.electorate.people)))
    if known != len(new.electorate.people):
        errors["electorate"] = "electorate_names_unknown"
    if new.proxy_cap is not None and new.proxy_cap < 0:
        errors["proxy_cap"] = "proxy_cap_unclear"
    if not set(new.advisory) <= set(ADVISORY_STATUSES):
        errors["advisory"] = "advisory_statuses_unclear"
    elif new.advisory and new.secret:
        # Advice is given by name: beside a secret vote it would tell how a small group thinks.
        errors["advisory"] = "advisory_needs_an_open_vote"
    return errors


def _wrong_course(reader: Reader, new: NewProcedure) -> dict[str, str]:
    """What is wrong with how its votes would run."""
    course, errors = new.course, {}
    by_consent = any(
        one.key == new.method and one.ballot is BallotForm.CONSENT for one in registry.all_methods()
    )
    if by_consent and not course.revotable:
        errors["revotable"] = "consent_is_revotable"
    if course.smallest_secret < FEWEST_IN_SECRET:
        errors |= {"smallest_secret": "too_few_to_be_secret"}
    if course.seconders > MOST_SECONDERS:
        errors |= {"seconders": "seconders_too_many"}
    errors |= _wrong_ballots(new) | wrong_draw(new)
    if course.extension_hours and new.settings.quorum is None:
        errors["extension_hours"] = "extension_without_quorum"
    named = {card.key: card for card in procedures.procedures(reader)}
    errors |= wrong_consent(new, named) | wrong_advice(new) | wrong_way_on(new, named)
    for field, key in (("second", course.second), ("escalation", course.escalation)):
        if key and (key not in named or key == new.key):
            errors[field] = "procedure_unknown"
    wider = named.get(course.escalation)
    if wider and not reaches(reader, new.body_id, wider.body_id):
        errors.setdefault("escalation", "escalation_not_above")
    second = named.get(course.second)
    if second and not errors:
        errors |= _wrong_second(new, second)
    return errors


def _wrong_ballots(new: NewProcedure) -> dict[str, str]:
    """What is wrong with how ballots are given and kept."""
    course, errors = new.course, {}
    if course.reason_required and new.secret:
        # Whoever must write can be known by their words.
        errors["reason_required"] = "reason_in_a_secret_vote"
    if course.custody is Custody.TELLERS and not new.secret:
        errors["custody"] = "tellers_without_secrecy"
    elif course.custody is Custody.TELLERS and (course.extension_hours or course.keeps_votes):
        # The clock makes a vote longer or keeps its ballots; it cannot where tellers open the box.
        errors["custody"] = "tellers_without_more_time"
    return errors


def _wrong_second(new: NewProcedure, second: ProcedureCard) -> dict[str, str]:
    """A second convocation asks the same people the same question."""
    if second.body_id != new.body_id:
        return {"second": "second_of_another_body"}
    if registry.is_election(second.method) is not registry.is_election(new.method):
        return {"second": "second_of_another_sort"}
    if not set(new.layers) <= set(second.layers):
        return {"second": "second_of_other_ranks"}
    if new.course.second_if == "no_quorum" and new.settings.quorum is None:
        return {"second_if": "second_without_quorum"}
    if second.course.custody is Custody.TELLERS and new.course.custody is not Custody.TELLERS:
        return {"second": "second_needs_tellers"}
    if not new.course.keeps_votes:
        return {}
    if new.course.second_if != "no_quorum":
        return {"keeps_votes": "kept_after_the_count"}
    same_ballot = offers_the_same(second.method, new.method, second.election, new.election)
    return {} if same_ballot and second.secret == new.secret else {"keeps_votes": "other_ballots"}


def key_of(new: NewProcedure) -> str:
    """The key under which a procedure is or would be known."""
    return new.key or slugify(new.name, fallback="procedure", reserved=OUR_ADDRESSES)


def last_version(reader: Reader, key: str) -> int:
    """The number of the last version of a procedure, 0 when there is none."""
    query = select(func.max(Procedure.version)).where(Procedure.key == key)
    return reader.session.scalar(query) or 0


def write(tx: Transaction, key: str, new: NewProcedure) -> int:
    """Write the next version of a procedure and give its number."""
    procedure = Procedure(
        key=key,
        version=last_version(tx, key) + 1,
        name=new.name.strip(),
        description=new.description.strip(),
        body_id=new.body_id,
        method=new.method,
        settings=canonical(new.counted_by),
        secret=new.secret,
        min_discussion_hours=new.min_discussion_hours,
        min_voting_hours=new.min_voting_hours,
        layers=" ".join(new.layers),
        electorate=new.electorate.to_text(),
        proxy_cap=new.proxy_cap,
        advisory=" ".join(new.advisory),
        course=canonical(new.course.to_json()),
        created_at=tx.now,
    )
    tx.session.add(procedure)
    tx.session.flush()
    tx.record(ProcedureDefined(procedure.id))
    return procedure.id


_COPIED = (
    "key",
    "name",
    "description",
    "body_id",
    "method",
    "settings",
    "secret",
    "min_discussion_hours",
    "min_voting_hours",
    "layers",
    "electorate",
    "proxy_cap",
    "advisory",
    "course",
)


def retire(tx: Transaction, key: str) -> int:
    """Write the last version of a procedure: no new vote may use it. Raises NotFound."""
    query = select(Procedure).where(Procedure.key == key).order_by(Procedure.version.desc())
    last = tx.session.scalars(query.limit(1)).one_or_none()
    if last is None:
        raise NotFound
    procedure = Procedure(
        **{name: getattr(last, name) for name in _COPIED},
        version=last.version + 1,
        retired=True,
        created_at=tx.now,
    )
    tx.session.add(procedure)
    tx.session.flush()
    tx.record(ProcedureRetired(procedure.id))
    return procedure.id
