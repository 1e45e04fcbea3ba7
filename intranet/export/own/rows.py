"""The rows of a person in every table that knows people: what is kept about them, whichever room
keeps it. A table made tomorrow is in it, unless it is named here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Table, or_, select

from intranet.core.db import Base
from intranet.core.transaction import Reader

Row = dict[str, Any]

PEOPLE = frozenset({"person", "account"})
LEFT_OUT = frozenset(
    {
        "locked_part",
        "message",
        "page",
        "passkey_challenge",
        "person",
        "recovery_code",
        "text_body",
    }
)
"""Keys and secrets, what waits to be sent, what has a file of its own; and pages, which are as
others left them: revisions say what the person did."""

OF_OTHERS: Mapping[str, frozenset[str]] = {
    "account_notice": frozenset({"by_id"}),
    "dossier": frozenset({"sponsor_id", "opened_by_id"}),
    "invitation": frozenset({"invited_by_id"}),
    "page_guest_link": frozenset({"by_id", "revoked_by_id"}),
    "page_offer": frozenset({"answered_by_id"}),
    "reset_link": frozenset({"made_by_id"}),
}
"""Columns that lead to rows about somebody else."""

SECRET = (
    "digest",
    "hash",
    "token",
    "secret",
    "salt",
    "public_key",
    "credential_id",
    "seed_",
    "html",
)
"""What a column is called that holds a secret, or words drawn a second time."""


def rows_of(
    reader: Reader, person_id: int, account_id: int | None
) -> Iterator[tuple[str, list[Row]]]:
    """The name of each table that knows the person, with their rows, none left out empty."""
    numbers = {"person": person_id, "account": account_id}
    for table in sorted(Base.metadata.tables.values(), key=lambda table: table.name):
        columns = _leading(table)
        if table.name in LEFT_OUT or not columns:
            continue
        theirs = [column == numbers[_target(column)] for column in columns]
        found = reader.session.execute(
            select(table).where(or_(*theirs)).order_by(*table.primary_key)
        )
        rows = [_plain(table, row._mapping) for row in found]
        if rows:
            yield table.name, rows


def _target(column: Column[Any]) -> str:
    return next(iter(column.foreign_keys)).column.table.name


def _leading(table: Table) -> list[Column[Any]]:
    """The columns that say that a row is the person's."""
    others = OF_OTHERS.get(table.name, frozenset())
    return [
        column
        for column in table.columns
        if column.foreign_keys and _target(column) in PEOPLE and column.name not in others
    ]


def _plain(table: Table, row: Mapping[Any, Any]) -> Row:
    """A row as JSON values, without secrets and pictures."""
    kept = {}
    for column in table.columns:
        value = row[column]
        if isinstance(value, bytes) or any(mark in column.name for mark in SECRET):
            continue
        kept[column.name] = value.isoformat() if isinstance(value, date | datetime) else value
    return kept
