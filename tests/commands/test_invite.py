"""intranet invite: what would happen, then a link for each person."""

from __future__ import annotations

import re
from pathlib import Path

from tests.commands.conftest import Memory
from tests.commands.console import Console

LIST = "nom;courriel;statut\nNoé Vial;noe@example.org;candidate\nLou;faux;salarié\n"


def test_a_list_is_rehearsed_then_done(memory: Memory, console: Console, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(LIST, encoding="utf-8")
    rehearsed = console.call("invite", file, "--dry-run").output
    assert "line 2, Noé Vial: invited\n" in rehearsed
    assert "line 3, Lou: left out. Give a whole e-mail address" in rehearsed
    assert "dry run: 1 would be invited, 1 left out" in rehearsed
    done = console.call("invite", file).output
    assert re.search(r"line 2, Noé Vial: invited: /invitations/\S{40,}\n", done)
    assert "1 invited, 1 left out" in done
    assert "invited again" in console.call("invite", file, "--dry-run").output
