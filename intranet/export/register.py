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
from intranet.export.folder import Folder, file_name, plain
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
FORMAT = "intranet-register/1"
Found = dict[str, dict[str, Any]]
Links = list[tuple[str, str, str]]


def write_register(reader: Reader, folder: Folder) -> None:
    """decisions/, decisions.csv, links.csv, and decisions.json with all of it. States are not
    written: they follow from these."""
    found = _found(reader)
    links = _links(reader, found)
    folder.write_json("decisions.json", _json(found, links))
    for number, facts in found.items():
        path = folder.free_path(
            f"decisions/{file_name(number)}.md", f"decisions/{file_name(number)}-{facts['id']}.md"
        )
        facts["path"] = path
        told = {name: facts[name] for name in FACTS}
        told["tags"] = facts["tags"]
        told["links"] = [f"{kind} {to}" for by, kind, to in links if by == number]
        told["procedure"], told["outcome"] = facts["procedure"], facts["outcome"]
        told["words_removed_because"] = facts["words_removed_because"]
        folder.write_markdown(path, told, facts["text"])
    folder.write_table(
        "decisions.csv",
        ("path", *FACTS, "tags"),
        (
            (facts["path"], *(facts[name] for name in FACTS), ", ".join(facts["tags"]))
            for facts in found.values()
        ),
    )
    folder.write_table("links.csv", ("from", "kind", "to"), links)


def register_json(reader: Reader) -> dict[str, object]:
    """The register that the reader may see, as `docs/decisions.schema.json` describes it."""
    found = _found(reader)
    return _json(found, _links(reader, found))


def _json(found: Found, links: Links) -> dict[str, object]:
    names = (*FACTS, "tags", "procedure", "outcome", "text", "words_removed_because")
    return {
        "format": FORMAT,
        "decisions": [{name: plain(facts[name]) for name in names} for facts in found.values()],
        "links": [{"from": by, "kind": kind, "to": to} for by, kind, to in links],
    }


def _found(reader: Reader) -> Found:
    """The facts of the decisions the reader may see, by number, in the order of their entry."""
    query = (
        select(Decision, TextBody, DecisionShelf.audience, DecisionShelf.kind, Body.code)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .join(TextBody, TextBody.digest == Decision.text_digest)
        .outerjoin(Body, Body.id == Decision.body_id)
        .where(DecisionShelf.audience.in_(audiences(reader)))
        .order_by(Decision.id)
    )
    rows = list(reader.session.execute(query))
    tags = tags_of(reader, [row[0].id for row in rows])
    return {
        decision.number: _facts(decision, tags, words, audience, kind, body)
        for decision, words, audience, kind, body in rows
    }


def _facts(
    decision: Decision,
    tags: dict[int, tuple[str, ...]],
    words: TextBody,
    audience: str,
    kind: str,
    body: str | None,
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
        "text": words.body,
        "words_removed_because": words.redacted_because,
    }


def _links(reader: Reader, found: Found) -> Links:
    """The links whose ends the reader may know: seen in the register, or held by no register."""
    held = set(reader.session.scalars(select(Decision.number)))
    columns = (DecisionLink.from_number, DecisionLink.kind, DecisionLink.to_number)
    return [
        (by, kind, to)
        for by, kind, to in reader.session.execute(select(*columns).order_by(DecisionLink.id))
        if all(end in found or end not in held for end in (by, to))
    ]
