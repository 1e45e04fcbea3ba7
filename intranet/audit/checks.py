"""What can be verified without trusting anybody: each check says what it looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from intranet.audit import (
    advised_checks,
    file_checks,
    objection_checks,
    poll_checks,
    proxy_checks,
    register_checks,
    rule_checks,
)
from intranet.audit.payloads import payloads
from intranet.core import journal
from intranet.core.events import first_broken_link
from intranet.core.texts import TextBody, text_digest
from intranet.core.transaction import Reader


@dataclass(frozen=True)
class Check:
    """One question asked of the whole memory, and everything that is wrong with the answer."""

    name: str
    problems: tuple[str, ...]

    @property
    def is_well(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def _journal(reader: Reader) -> Iterator[str]:
    broken = first_broken_link(reader.session)
    if broken is not None:
        yield f"line {broken} of the journal does not fit the one before it"


def _texts(reader: Reader) -> Iterator[str]:
    removed = {
        digest
        for event in ("DecisionRedacted", "RevisionRedacted")
        for one in payloads(reader, event)
        for digest in (
            one.get("text_digest"),
            one.get("text_voted_digest"),
            *one.get("suggested_digests", ()),
        )
    }
    for row in reader.session.scalars(select(TextBody)).yield_per(200):
        is_redacted = row.redacted_because is not None and row.body == ""
        if is_redacted and row.digest not in removed:
            yield f"the journal does not say that the text {row.digest} was removed"
        if not is_redacted and text_digest(row.body) != row.digest:
            yield f"the text kept under {row.digest} is another one"


CHECKS: tuple[tuple[str, Callable[[Reader], Iterator[str]]], ...] = (
    ("the journal is whole", _journal),
    ("texts fit their digests", _texts),
    ("decisions are those of the journal", register_checks.recorded),
    ("numbers have no gap", register_checks.gaps),
    ("adopted proposals have their decision", register_checks.adoptions),
    ("rules were enacted by decisions of the register", register_checks.enactments),
    ("places and ends of rules are those of the journal", rule_checks.placed),
    ("rolls and procedures are those of the opening", poll_checks.openings),
    ("a recount gives the stored outcome", poll_checks.recounts),
    ("voices given by proxy are their givers’ and within the cap", proxy_checks.voices),
    ("a recount gives the stored advice", proxy_checks.advices),
    ("objections are those of the journal", objection_checks.recorded),
    ("answers to advice are those of the journal", advised_checks.recorded),
    ("files are there, to the byte", file_checks.kept),
)


def checks(reader: Reader) -> Iterator[Check]:
    """All checks, one after the other; the reader must be the system."""
    for name, look in CHECKS:
        yield Check(name, tuple(look(reader)))


def seen(reader: Reader) -> str:
    """The last line of the journal, to keep elsewhere: who holds it can prove a later change."""
    last = journal.head(reader.session)
    return f"{last.number} events, the last digest is {last.digest}"
