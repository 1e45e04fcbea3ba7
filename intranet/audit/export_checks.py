"""An export verified from its files alone: each check names the file that does not fit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from intranet.audit.checks import Check
from intranet.audit.exported import LIST, Exported
from intranet.audit.rule_checks import placed_in
from intranet.core import frontmatter
from intranet.core.events import GENESIS, canonical
from intranet.core.texts import text_digest
from intranet.voting.box_file import box_from_json
from intranet.voting.counted import result_of
from intranet.voting.files.exported import election_from_json, is_election
from intranet.voting.files.sheet import UnreadableBox
from intranet.voting.types import InvalidCount

RECORD = ("number", "result", "text_digest")


def _listed(export: Exported) -> Iterator[str]:
    """Every file is the one of the list, none is missing and none was added."""
    listed = {}
    for line in export.text(LIST).splitlines():
        digest, _, name = line.partition("  ")
        listed[name] = digest
    for name in sorted(export.names - {LIST} - listed.keys()):
        yield f"{name}: it is not in the list of files"
    for name, digest in sorted(listed.items()):
        if name not in export.names:
            yield f"{name}: it is missing"
        elif export.digest(name) != digest:
            yield f"{name}: its bytes are not those that were exported"


def _journal(export: Exported) -> Iterator[str]:
    """Each line fits the one before it, without a gap."""
    before = GENESIS
    for place, line in enumerate(export.lines, start=1):
        written = canonical([before, *line.covered])
        if line.number != place or hashlib.sha256(written.encode()).hexdigest() != line.digest:
            yield f"events.jsonl, line {place}: it does not fit the one before it"
            return
        before = line.digest


def _removed(export: Exported) -> set[str]:
    events = ("DecisionRedacted", "RevisionRedacted")
    names = ("text_digest", "text_voted_digest")
    return {
        said[name]
        for event in events
        for said in export.said(event)
        for name in names
        if said.get(name)
    }


def _texts(export: Exported) -> Iterator[str]:
    """Each text gives its digest, or the journal says that its words were removed."""
    removed = _removed(export)

    def is_other(text: str, digest: str) -> bool:
        return text_digest(text) != digest and not (text == "" and digest in removed)

    for one in export.json("decisions.json")["decisions"]:
        if is_other(one["text"], one["text_digest"]):
            yield f"decisions.json, {one['number']}: its text is not the one of its digest"
    for name, facts, text in _records(export):
        if is_other(text, str(facts.get("text_digest"))):
            yield f"{name}: its text is not the one of its digest"
    for row in export.table("history.csv"):
        path = row["path"]
        if path and path not in export.names:
            yield f"{path}: it is missing"
        elif path and is_other(export.read(path).decode(errors="replace"), row["text_digest"]):
            yield f"{path}: its text is not the one of its digest"
    for name, poll in _polls(export):
        if is_other(poll["text"], poll["text_digest"]):
            yield f"{name}: its text is not the one of its digest"


def _decisions(export: Exported) -> Iterator[str]:
    """The register is the one of the journal, in each of its three forms, with all its links."""
    entered = {
        said["number"]: tuple(said[name] for name in RECORD)
        for said in export.said("DecisionEntered")
    }
    register = export.json("decisions.json")
    forms: dict[str, dict[str, str]] = {"decisions.json": {}, "decisions.csv": {}, "decisions/": {}}
    rows = [("decisions.json", "decisions.json", one) for one in register["decisions"]]
    rows += [("decisions.csv", "decisions.csv", one) for one in export.table("decisions.csv")]
    rows += [("decisions/", name, facts) for name, facts, _ in _records(export)]
    known = (
        entered
        if export.is_whole
        else {one["number"]: tuple(one[name] for name in RECORD) for one in register["decisions"]}
    )
    for form, name, facts in rows:
        number = str(facts.get("number"))
        forms[form][number] = name
        if tuple(facts.get(column) for column in RECORD) != known.get(number):
            yield f"{name}, {number}: it is not the decision that was entered"
    for form, held in forms.items():
        for number in sorted(known.keys() - held.keys()):
            yield f"{form}: decision {number} is missing"
    if export.is_whole:
        made = {
            (said["from_number"], said["kind"], said["to_number"])
            for said in export.said("DecisionsLinked")
        }
        for name, links in (
            ("decisions.json", register["links"]),
            ("links.csv", export.table("links.csv")),
        ):
            told = {(one["from"], one["kind"], one["to"]) for one in links}
            for by, kind, to in sorted(told ^ made):
                yield f"{name}: {by} {kind} {to} is not as the journal says"


def _openings(export: Exported) -> Iterator[str]:
    """Each vote has the freeze, the ballots, the receipts and the end that the journal holds."""
    opened = {said["poll_id"]: said["freeze_digest"] for said in export.said("PollOpened")}
    closed = {said["poll_id"]: said["ballots_digest"] for said in export.said("PollClosed")}
    listed = {said["poll_id"]: said["digest"] for said in export.said("ReceiptsPublished")}
    for name, poll in _polls(export):
        number = poll["id"]
        if _ballots_digest(poll["ballots"]) != poll["ballots_digest"]:
            yield f"{name}: the ballots are not those that were counted"
        if not export.is_whole:
            continue
        if opened.get(number) != poll["freeze_digest"]:
            yield f"{name}: what was frozen at its opening is not what the journal holds"
        if closed.pop(number, None) != poll["ballots_digest"]:
            yield f"{name}: the journal holds the digest of other ballots"
        receipts = poll.get("receipts") or []
        if (_digest([receipts]) if receipts else None) != listed.get(number):
            yield f"{name}: the receipts are not those that were listed"
    for number in closed:
        yield f"polls/{number}.json: it was counted and is missing"


def _recounts(export: Exported) -> Iterator[str]:
    """The ballots of each vote, counted here, give what is stored and what the journal holds."""
    results = {said["poll_id"]: said["result"] for said in export.said("PollClosed")}
    for name, poll in _polls(export):
        text = export.text(name)
        try:
            box = election_from_json(text) if is_election(text) else box_from_json(text)
            counted = box.counted()
        except (UnreadableBox, InvalidCount) as error:
            yield f"{name}: it cannot be counted ({error})"
            continue
        if counted.to_json() != poll["outcome"]:
            yield f"{name}: a recount gives other numbers than stored"
        if export.is_whole and results.get(poll["id"]) != result_of(counted):
            yield f"{name}: the journal holds another result"


def _files(export: Exported) -> Iterator[str]:
    """Each file beside a decision has the bytes it had, and is the one of the journal."""
    attached = {(said["number"], said["digest"]) for said in export.said("FileAttached")}
    for row in export.table("files.csv"):
        path = row["path"]
        if path and (path not in export.names or export.digest(path) != row["sha256"]):
            yield f"{path}: it is not the file that was laid beside {row['decision']}"
        if export.is_whole and (row["decision"], row["sha256"]) not in attached:
            yield f"files.csv: the journal knows of no file {row['name']} of {row['decision']}"
    laid = {said["digest"] for said in export.said("PageFileAttached")}
    for row in export.table("page-files.csv"):
        path = row["path"]
        if path and (path not in export.names or export.digest(path) != row["sha256"]):
            yield f"{path}: it is not the file that was laid beside the page {row['page']}"
        if export.is_whole and row["sha256"] not in laid:
            yield f"page-files.csv: the journal knows of no file {row['name']} of {row['page']}"


CHECKS: tuple[tuple[str, Callable[[Exported], Iterator[str]]], ...] = (
    ("files are those of the list", _listed),
    ("the journal is whole", _journal),
    ("texts fit their digests", _texts),
    ("decisions are those of the journal", _decisions),
    ("votes are those of the journal", _openings),
    ("a recount gives the stored outcome", _recounts),
    ("places and ends of rules are those of the journal", placed_in),
    ("files beside decisions and pages are there, to the byte", _files),
)


def export_checks(export: Exported) -> Iterator[Check]:
    """All checks, one after the other; a file that cannot even be read is a problem of its own."""
    for name, look in CHECKS:
        try:
            problems = tuple(look(export))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            problems = (f"a file is missing or cannot be read: {type(error).__name__} {error}",)
        yield Check(name, problems)


def last_digest(export: Exported) -> str:
    """The digest of the last line of the journal; empty without one. Raises ValueError."""
    return export.lines[-1].digest if export.lines else ""


def _records(export: Exported) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The decisions as text files: name, facts above the text, and text."""
    for name in sorted(one for one in export.names if one.startswith("decisions/")):
        source = frontmatter.split(export.read(name).decode(errors="replace"))
        yield name, dict(source.values), source.body.removeprefix("\n")


def _polls(export: Exported) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in sorted(one for one in export.names if one.startswith("polls/")):
        yield name, export.json(name)


def _ballots_digest(ballots: list[dict[str, Any]]) -> str:
    return _digest(
        [
            sorted(
                [one["option"], one["reason"], *(["lifted"] if one.get("lifted") else [])]
                for one in ballots
            )
        ]
    )


def _digest(value: object) -> str:
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
