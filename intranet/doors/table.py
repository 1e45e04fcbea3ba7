"""Who opens what, as a part of the page of permissions (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from intranet.doors.asking import STATUSES, Door

INTRODUCTION = """\
# Addresses

Every address, and what it answers to whom. Nobody writes this table: `intranet permissions
--markdown` loads the example cooperative into a temporary folder, asks for each address as
somebody of each status, and undoes what that wrote. A status opens an address when it does so for
one thing of the example at least: one's own draft, a page for all. Forms are sent empty, so what is
told is whether they are looked at; where no status opens one, the form has to name something, or
the thing asked for has to be in a state that the example does not hold.

| answer | means |
|---|---|
| yes | the page, or a look at the form |
| no | a refusal with its reason (403) |
| hidden | for this person there is no such thing (404) |
| sign in | the page to sign in |
| link | whoever holds the secret address |
| form | an empty form is turned away before anybody is asked (400) |
"""


def as_markdown(doors: Sequence[Door]) -> str:
    """The table, one for each room."""
    parts = [INTRODUCTION]
    names = [status.replace("_", " ") for status in STATUSES]
    head = f"| | address | {' | '.join(names)} |\n|{'---|' * (len(names) + 2)}"
    for room in sorted({door.room for door in doors}):
        rows = [_row(door) for door in doors if door.room == room]
        parts.append("\n".join([f"## Addresses of {room}\n", head, *rows, ""]))
    return "\n".join(parts)


def _row(door: Door) -> str:
    return f"| {door.method} | `{door.address}` | {' | '.join(door.answers)} |"
