"""All permissions are listed with what they promise."""

from __future__ import annotations

import ast

import pytest
from click.testing import CliRunner

from intranet.commands.permissions import command
from intranet.doors import asking
from intranet.permissions import permissions
from tests.house.source import functions, modules


def test_every_permission_of_the_source_is_listed() -> None:
    written = {
        (module.package, function.name)
        for module in modules()
        if module.file == "policy"
        for function in functions(module)
        if function.name.startswith("may_")
    }
    assert {(permission.room, permission.name) for permission in permissions()} == written
    assert len(written) > 15


def test_each_is_told_by_the_first_line_of_its_docstring() -> None:
    told = {(permission.room, permission.name): permission.promise for permission in permissions()}
    for module in (one for one in modules() if one.file == "policy"):
        for function in functions(module):
            if function.name.startswith("may_"):
                first = (ast.get_docstring(function) or "").split("\n")[0]
                assert told[module.package, function.name] == first


def test_the_command_prints_them_by_room(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = CliRunner().invoke(command)
    assert plain.exit_code == 0
    assert "may_invite" in plain.output
    # The table of addresses has its own tests, which ask for each of them.
    monkeypatch.setattr(asking, "doors", lambda _folder: [])
    page = CliRunner().invoke(command, ["--markdown"]).output
    assert page.startswith("# Permissions")
    assert "| `may_invite` |" in page
