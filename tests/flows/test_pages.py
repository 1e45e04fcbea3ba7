"""Every page a person can open, at both widths: sound, fitting, and pictured for people to see."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from intranet.auth.setup import setup_link
from tests.browser import DESKTOP, PHONE, PageAt, assert_fits, assert_no_axe_violations, photograph
from tests.flows.conftest import Guest
from tests.flows.season import Season, live
from tests.proposals.stage import Stage

pytestmark = pytest.mark.browser
ICONS = Path(__file__).parents[2] / "static" / "img" / "icons.svg"
DRAWINGS = set(re.findall(r'id="([\w-]+)"', ICONS.read_text(encoding="utf-8")))
WIDTHS = (DESKTOP, PHONE)
BOTH = pytest.mark.parametrize("width", WIDTHS)

WIKI = (
    "/wiki/",
    "/wiki/new",
    "/wiki/bienvenue",
    "/wiki/bienvenue/edit",
    "/wiki/accueillir-une-personne/history",
    "/wiki/accueillir-une-personne/compare",
    "/wiki/accueillir-une-personne/revisions/1",
    "/wiki/bienvenue/settings",
    "/wiki/idees-en-vrac",
    "/wiki/teletravail",
    "/wiki/teletravail/history",
    "/wiki/changes",
    "/wiki/wanted",
    "/wiki/archive",
    "/wiki/tags/accueil",
)
REGISTER = (
    "/decisions",
    "/decisions/AG-{year}-001",
    "/decisions/AG-{year}-002",
    "/decisions/new",
    "/decisions/AG-{year}-002/rectifications/new",
    "/search",
    "/search?q=télétravail",
    "/search?q=introuvable",
)
PEOPLE = (
    "/members",
    "/members/2",
    "/members/2/profile",
    "/bodies",
    "/proxies",
    "/proxies/new",
    "/proxies/new?body=2",
    "/account",
    "/invitations",
    "/nowhere",
)
ADMINISTRATION = ("/administration", "/administration/settings", "/administration/state")


def proposals(season: Season) -> tuple[str, ...]:
    """The pages about proposals, in every state."""
    tabs = tuple(f"/proposals/?tab={name}" for name in ("ended", "rejected", "drafts"))
    lists = ("/", "/proposals/", *tabs, "/procedures")
    forms = ("/proposals/new", "/proposals/new?page=teletravail", f"/proposals/{season.draft}/edit")
    numbers = (getattr(season, name) for name in season.__dataclass_fields__)
    shown = tuple(f"/proposals/{number}" for number in numbers)
    return lists + forms + shown + (f"/proposals/{season.discussed}/versions",)


def look_at(page: Page, address: str, path: str, width: int) -> None:
    """Open a page and examine it."""
    page.goto(address + path)
    name = re.sub(r"[^\w]+", "-", path).strip("-") or "home"
    examine(page, f"page-{name}-{width}")


def examine(page: Page, name: str) -> None:
    """Picture a page and fail on anything a member could stumble over."""
    photograph(page, name)
    used = page.eval_on_selector_all("use", "all => all.map(use => use.getAttribute('href'))")
    assert {address.rsplit("#", 1)[1] for address in used} <= DRAWINGS
    assert_fits(page)
    assert_no_axe_violations(page)


def test_the_wiki_is_sound(site: Flask, scene: Stage, address: str, signed_in: Guest) -> None:
    live(scene, site)
    for width in WIDTHS:
        page = signed_in("amel", width)
        for path in WIKI:
            look_at(page, address, path, width)


def test_proposals_are_sound(site: Flask, scene: Stage, address: str, signed_in: Guest) -> None:
    paths = proposals(live(scene, site))
    for width in WIDTHS:
        page = signed_in("amel", width)
        for path in paths:
            look_at(page, address, path, width)


def test_register_search_and_people_are_sound(
    site: Flask, scene: Stage, address: str, signed_in: Guest
) -> None:
    live(scene, site)
    for width in WIDTHS:
        page = signed_in("amel", width)
        year = scene.origin.split("-")[1]
        for path in REGISTER + PEOPLE:
            look_at(page, address, path.format(year=year), width)
        page = signed_in("gwen", width)
        for path in ADMINISTRATION:
            look_at(page, address, path, width)


@BOTH
def test_pages_of_a_young_cooperative_are_sound(
    people: object, address: str, signed_in: Guest, width: int
) -> None:
    page = signed_in("amel", width)
    for path in ("/", "/wiki/", "/proposals/", "/decisions", "/procedures", "/proposals/new"):
        page.goto(address + path)
        examine(page, f"empty-{path.strip('/').replace('/', '-') or 'home'}-{width}")


@BOTH
def test_the_door_is_sound(site: Flask, address: str, page_at: PageAt, width: int) -> None:
    link = setup_link(site)
    assert link is not None
    page = page_at(width)
    for name, path in (("waiting", "/waiting"), ("setup", link), ("no-link", "/setup/wrong")):
        page.goto(address + path)
        examine(page, f"page-{name}-{width}")
