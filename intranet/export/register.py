"""The register: each decision as a text below its facts, and how they follow from one another."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from intranet.core.texts import TextBody
from intranet.core.transaction import Reader
from intranet.decisions.models import Decision, DecisionLink, DecisionShelf
from intranet.decisions.policy import audiences
from intranet.decisions.queries import tags_of
from intranet.export.folder import Folder, file_name
from intranet.members.models import Body

FACTS = (
    "number",
    "title",
    "body",
    "result",
    "decided_on",
    "recorded_at",
    "published_at",
    "effective_on",
    "review_on",
    "ends_on",
    "retroactive_because",
    "origin_kind",
    "origin_id",
    "kind",
    "electorate_size",
    "source",
    "source_status",
    "audience",
    "text_digest",
    "text_voted_digest",
)
Found = dict[str, dict[str, Any]]


def write_register(reader: Reader, folder: Folder) -> None:
    """decisions/, decisions.csv and links.csv. States are not written: they follow from these."""
    found = _found(reader)
    links = _links(reader, found)
    for number, facts in found.items():
        path = folder.free_path(
            f"decisions/{file_name(number)}.md", f"decisions/{file_name(number)}-{facts['id']}.md"
        )
        facts["path"] = path
        told = {name: facts[name] for name in FACTS}
        told["tags"] = facts["tags"]
        told["links"] = [f"{kind} {to}" for by, kind, to in links if by == number]
        told["procedure"], told["outcome"] = facts["procedure"], facts["outcome"]
        body = reader.session.get_one(TextBody, facts["text_digest"])
        told["words_removed_because"] = body.redacted_because
        folder.write_markdown(path, told, body.body)
    folder.write_table(
        "decisions.csv",
        ("path", *FACTS, "tags"),
        (
            (facts["path"], *(facts[name] for name in FACTS), ", ".join(facts["tags"]))
            for facts in found.values()
        ),
    )
    folder.write_table("links.csv", ("from", "kind", "to"), links)


def _found(reader: Reader) -> Found:
    """The facts of the decisions the reader may see, by number, in the order of their entry."""
    query = (
        select(Decision, DecisionShelf.audience, DecisionShelf.kind, Body.code)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .outerjoin(Body, Body.id == Decision.body_id)
        .where(DecisionShelf.audience.in_(audiences(reader)))
        .order_by(Decision.id)
    )
    rows = list(reader.session.execute(query))
    tags = tags_of(reader, [row[0].id for row in rows])
    return {decision.number: _facts(decision, tags, *more) for decision, *more in rows}


def _facts(
    decision: Decision, tags: dict[int, tuple[str, ...]], audience: str, kind: str, body: str | None
) -> dict[str, Any]:
    beside = {"body": body, "audience": audience, "kind": kind}
    own = {name: getattr(decision, name) for name in FACTS if name not in beside}
    return {
        **own,
        **beside,
        "id": decision.id,
        "tags": list(tags.get(decision.id, ())),
        "procedure": json.loads(decision.procedure) if decision.procedure else None,
        "outcome": json.loads(decision.outcome) if decision.outcome else None,
    }


def _links(reader: Reader, found: Found) -> list[tuple[str, str, str]]:
    """The links whose ends the reader may know: seen in the register, or held by no register."""
    held = set(reader.session.scalars(select(Decision.number)))
    columns = (DecisionLink.from_number, DecisionLink.kind, DecisionLink.to_number)
    return [
        (by, kind, to)
        for by, kind, to in reader.session.execute(select(*columns).order_by(DecisionLink.id))
        if all(end in found or end not in held for end in (by, to))
    ]
