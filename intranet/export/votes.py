"""Procedures, and polls as files that anybody can count again."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.export import voices
from intranet.export.folder import Folder, plain
from intranet.members.statuses import Audience
from intranet.polls import counting
from intranet.polls.counting import stored_outcome
from intranet.polls.freezing import frozen_procedure
from intranet.polls.models import Poll, PollState, Procedure
from intranet.polls.objections.queries import ObjectionCard, objections
from intranet.polls.objections.standing import stops
from intranet.polls.procedure_queries import ProcedureCard, procedure_versions
from intranet.polls.queries import PollCard, counted_ballots, poll
from intranet.polls.receipt_queries import receipts
from intranet.polls.result_files import counted_part
from intranet.proposals.models import ORIGINS

INDEX = (
    "path",
    "id",
    "title",
    "origin_kind",
    "origin_id",
    "state",
    "secret",
    "opened_at",
    "closes_at",
    "closed_at",
    "result",
)
STAMPS = ("opened_at", "closes_at", "closed_at")
DIGESTS = ("electorate_digest", "freeze_digest", "ballots_digest")


def write_procedures(reader: Reader, folder: Folder) -> None:
    """procedures.json: every version of every way to decide, the oldest first."""
    keys = reader.session.scalars(select(Procedure.key).distinct().order_by(Procedure.key))
    versions = [card for key in keys.all() for card in reversed(procedure_versions(reader, key))]
    folder.write_json("procedures.json", [_procedure(card) for card in versions])


def _procedure(card: ProcedureCard) -> dict[str, object]:
    return {
        "key": card.key,
        "version": card.version,
        "name": card.name,
        "description": card.description,
        "body": card.body_code,
        "method": card.method,
        "settings": (card.election or card.settings).to_json(),
        "secret": card.secret,
        "min_discussion_hours": card.min_discussion_hours,
        "min_voting_hours": card.min_voting_hours,
        "layers": list(card.layers),
        "electorate": card.electorate.to_text(),
        "proxy_cap": card.proxy_cap,
        "advisory": list(card.advisory),
        "course": card.course.to_json(),
        "retired": card.retired,
    }


def write_polls(reader: Reader, folder: Folder, proposals: Iterable[int]) -> None:
    """polls.csv, and a file for each poll that was counted: an open one tells nothing yet, and
    what was cast in a cancelled one is nobody's business."""
    seen, rows = set(proposals), []
    for found in reader.session.scalars(select(Poll).order_by(Poll.id)):
        of_proposal = found.origin_kind in ORIGINS and found.origin_id in seen
        of_members = found.origin_kind not in ORIGINS and Audience.MEMBERS in reader.actor.audiences
        if not (of_proposal or of_members):
            continue
        path = f"polls/{found.id}.json" if found.state == PollState.CLOSED else ""
        if path:
            folder.write_json(path, _result(reader, found))
        rows.append((path, *(getattr(found, name) for name in INDEX[1:])))
    folder.write_table("polls.csv", INDEX, rows)


def _result(reader: Reader, found: Poll) -> dict[str, object]:
    """Everything the count depended on. Who took part in a secret vote is not told."""
    card = poll(reader, found.id)
    return {
        "id": card.id,
        "title": card.title,
        "origin": {"kind": card.origin_kind, "id": card.origin_id},
        "secret": card.secret,
        **{name: plain(getattr(card, name)) for name in STAMPS},
        "text": card.text,
        "text_digest": found.text_digest,
        **{name: getattr(card, name) for name in DIGESTS},
        "procedure": frozen_procedure(found.procedure),
        "registered": card.registered,
        "electorate": [line.name for line in card.roll],
        "ballots": _ballots(reader, found, card),
        "receipts": receipts(reader, found.id),
        "objections": [_objection(one) for one in objections(reader, found.id)],
        "outcome": stored_outcome(found),
        "ended_because": found.ended_because,
        **voices.by_proxy(reader, found.id),
        "advice": voices.advice_on(reader, found.id),
    } | _papers(reader, found, card)


def _papers(reader: Reader, found: Poll, card: PollCard) -> dict[str, object]:
    """The candidates and ballots of a vote among options, as `intranet count` reads them."""
    if not card.candidates:
        return {}
    ballots = counting.counted_ballots(reader.session, found)
    return counted_part(reader, found, ballots)


def _objection(card: ObjectionCard) -> dict[str, object]:
    """An objection as it stays in the record, with what became of it."""
    return {
        "name": card.name,
        "reason": card.reason,
        "raised_at": plain(card.raised_at),
        "standing": card.standing.value,
        "lifted_at": plain(card.lifted_at),
        "because": card.because,
        "position": card.position,
    }


def _ballots(reader: Reader, found: Poll, card: PollCard) -> list[dict[str, object]]:
    """With their names in an open vote; in a secret one, in the order of their random keys."""
    if card.secret:
        choices = counted_ballots(reader, card.id)
        return [{"option": choice.option, "reason": choice.reason} for choice in choices]
    return [
        {"name": one.name, "option": one.option, "reason": one.reason}
        | ({"lifted": True} if one.is_lifted_objection and stops(found, one.option) else {})
        for one in card.positions
    ]
