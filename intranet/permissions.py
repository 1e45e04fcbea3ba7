"""All permissions of the product, read from its policy modules: who may do what, in one list."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

PACKAGE = "intranet"

INTRODUCTION = """\
# Permissions

Who may do what. Each line is one function of a `policy.py`, asked by every command before it
writes and by every page before it shows a button; nothing else decides. This page is made by
`intranet permissions --markdown`.
"""


@dataclass(frozen=True)
class Permission:
    """One `may_` function: its room, its name, and the first line of what it promises."""

    room: str
    name: str
    promise: str


def permissions() -> list[Permission]:
    """Every permission, by room and then in the order of the source."""
    return [
        Permission(module.split(".")[1], name, (inspect.getdoc(function) or "").split("\n")[0])
        for module in _policies()
        for name, function in vars(import_module(module)).items()
        if name.startswith("may_") and function.__module__ == module
    ]


def _policies() -> Iterator[str]:
    root = str(Path(__file__).parent)
    for found in walk_packages([root], f"{PACKAGE}."):
        if found.name.rsplit(".", 1)[-1] == "policy":
            yield found.name


def as_text(listed: list[Permission]) -> str:
    """The list for a terminal."""
    lines: list[str] = []
    for room in dict.fromkeys(permission.room for permission in listed):
        lines += ["", room] if lines else [room]
        lines += [f"  {p.name:28} {p.promise}" for p in listed if p.room == room]
    return "\n".join(lines) + "\n"


def as_markdown(listed: list[Permission]) -> str:
    """The list as a page of the documentation."""
    parts = [INTRODUCTION]
    for room in dict.fromkeys(permission.room for permission in listed):
        rows = [f"| `{p.name}` | {p.promise} |" for p in listed if p.room == room]
        parts.append("\n".join([f"## {room}\n", "| permission | who |", "|---|---|", *rows, ""]))
    return "\n".join(parts)
