"""Writing to the tables of the SQLite backend, on a connection that its caller opened."""

import json
import re
from collections.abc import Sequence

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from intranet.search.backends import _fts5_sql as sql
from intranet.search.backends._terms import columns, columns_of, kept
from intranet.search.fields import analysed, factor, labels_of
from intranet.search.port import SCHEMA_VERSION, Document, IndexUnusable
from intranet.search.results import packed

_NUMBERED = re.compile(r"search_(?:terms|document|shown)_(\d+)")


def tables_in_use(connection: Connection) -> int:
    """The number of the tables that hold the index. Raises IndexUnusable."""
    try:
        row = connection.exec_driver_sql("SELECT schema, tables FROM search_stamp").first()
    except OperationalError as error:
        raise IndexUnusable("there is no index") from error
    if row is None or row.schema != SCHEMA_VERSION:
        raise IndexUnusable("the index is missing or of another version")
    return int(row.tables)


def _numbers(connection: Connection) -> list[int]:
    """The numbers of all the sets of tables there are."""
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name GLOB 'search_*'")
    return sorted(
        {int(found[1]) for name in names.scalars() if (found := _NUMBERED.fullmatch(name))}
    )


def make_tables(connection: Connection) -> int:
    """Make empty tables beside those in use, and give their number."""
    try:
        tables_in_use(connection)
    except IndexUnusable:
        # Of another version, whose columns may be others.
        connection.exec_driver_sql("DROP TABLE IF EXISTS search_stamp")
    connection.exec_driver_sql(sql.STAMP)
    tables = max(_numbers(connection), default=0) + 1
    for statement in sql.TABLES:
        connection.exec_driver_sql(statement.format(n=tables))
    return tables


def drop_others(connection: Connection) -> None:
    """Remove the tables that are not in use: the former index, or one that was never finished."""
    used = connection.exec_driver_sql("SELECT tables FROM search_stamp").scalar()
    for number in _numbers(connection):
        if number != used:
            for statement in sql.DROPS:
                connection.exec_driver_sql(statement.format(n=number))


def usual_lengths(connection: Connection, n: int) -> str:
    """The average number of words of each field, as JSON."""
    lengths = connection.exec_driver_sql(sql.USUAL_LENGTHS.format(n=n)).scalar_one()
    return json.dumps([length or 1.0 for length in json.loads(lengths)])


Ready = tuple[str, tuple[object, ...], bytes, list[str]]


def ready(document: Document) -> Ready:
    """A document analysed, before the database is asked for anything."""
    day = document.dated_on.isoformat() if document.dated_on else None
    fields = analysed(document)
    lengths = json.dumps([len(tokens) for _, tokens in fields.each()])
    row = (document.key, factor(document), day, sql.joined(labels_of(document)), lengths)
    return document.key, row, packed(document), columns(fields)


def replace(connection: Connection, n: int, documents: Sequence[Ready]) -> None:
    """Put these documents in the place of those with the same keys; the last of a key wins."""
    last = {one[0]: one for one in documents}
    forget(connection, n, list(last))
    for _key, row, shown, lines in last.values():
        added = connection.exec_driver_sql(
            f"INSERT INTO search_document_{n} (key, factor, day, labels, lengths)"  # noqa: S608
            " VALUES (?,?,?,?,?)",
            row,
        )
        number = added.lastrowid
        connection.exec_driver_sql(
            f"INSERT INTO search_shown_{n} VALUES (?,?,?)",  # noqa: S608
            (number, shown, kept(lines)),
        )
        connection.exec_driver_sql(sql.ADD.format(n=n), (number, *lines))


def forget(connection: Connection, n: int, keys: Sequence[str]) -> None:
    """Take the documents of these keys out; unknown keys are ignored."""
    for key in keys:
        row = connection.exec_driver_sql(
            f"SELECT d.id, s.terms FROM search_document_{n} d"  # noqa: S608
            f" JOIN search_shown_{n} s ON s.id = d.id WHERE d.key = ?",
            (key.encode("utf-8", "replace").decode(),),
        ).first()
        if row is not None:
            forget = sql.FORGET.format(n=n)
            connection.exec_driver_sql(forget, (row.id, *columns_of(row.terms)))
            for table in (f"search_document_{n}", f"search_shown_{n}"):
                connection.exec_driver_sql(f"DELETE FROM {table} WHERE id = ?", (row.id,))  # noqa: S608
