"""Pages of the documentation that are made from the code say what the code says."""

from __future__ import annotations

from intranet.permissions import as_markdown, permissions
from tests.house.source import ROOT


def test_the_page_of_permissions_is_the_one_the_command_makes() -> None:
    written = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")
    assert written == as_markdown(permissions()), (
        "call: intranet permissions --markdown > docs/permissions.md"
    )
