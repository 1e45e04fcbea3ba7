"""Redirects stay on this site, and routes are closed unless marked."""

from __future__ import annotations

import pytest

from intranet.web.routes import for_any_account, own_path, public

ELSEWHERE = (
    "",
    None,
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/x\\..\\evil",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example/path",
    " /members",
    "\x00/members",
)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_a_target_elsewhere_becomes_the_home_page(target: str | None) -> None:
    assert own_path(target) == "/"


@pytest.mark.parametrize("target", ["/", "/wiki/congés?page=2#h-un", "/search?q=a%20b//c"])
def test_a_path_of_ours_is_kept(target: str) -> None:
    assert own_path(target) == target


def test_views_are_marked_and_stay_themselves() -> None:
    def view() -> str:
        return "seen"

    assert not getattr(view, "is_public", False)
    assert public(view)() == "seen"
    assert view.is_public  # type: ignore[attr-defined]
    assert for_any_account(view).is_for_any_account  # type: ignore[attr-defined]
