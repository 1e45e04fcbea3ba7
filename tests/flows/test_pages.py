"""Every page a person can open, at both widths: sound, fitting, and pictured for people to see.

A page is opened once and made narrower: what differs on a real phone is in the stories.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from intranet.auth.setup import setup_link
from tests.browser import (
    PageAt,
    assert_fits,
    assert_no_axe_violations,
    at_each_width,
    photograph,
)
from tests.flows.conftest import Guest
from tests.flows.season import Season, live
from tests.proposals.stage import Stage

pytestmark = pytest.mark.browser
ICONS = Path(__file__).parents[2] / "static" / "img" / "icons.svg"
DRAWINGS = set(re.findall(r'id="([\w-]+)"', ICONS.read_text(encoding="utf-8")))

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
    "/decisions/reviews",
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


def look_at(page: Page, address: str, paths: Iterable[str]) -> None:
    """Open each page and examine it."""
    for path in paths:
        page.goto(address + path)
        examine(page, re.sub(r"[^\w]+", "-", path).strip("-") or "home")


def examine(page: Page, name: str) -> None:
    """Picture a page at both widths and fail on anything a member could stumble over."""
    used = page.eval_on_selector_all("use", "all => all.map(use => use.getAttribute('href'))")
    assert {address.rsplit("#", 1)[1] for address in used} <= DRAWINGS
    assert_no_axe_violations(page)
    for width in at_each_width(page):
        photograph(page, f"page-{name}-{width}")
        assert_fits(page)


def test_the_wiki_is_sound(site: Flask, scene: Stage, address: str, signed_in: Guest) -> None:
    live(scene, site)
    look_at(signed_in("amel"), address, WIKI)


def test_proposals_are_sound(site: Flask, scene: Stage, address: str, signed_in: Guest) -> None:
    look_at(signed_in("amel"), address, proposals(live(scene, site)))


def test_register_search_and_people_are_sound(
    site: Flask, scene: Stage, address: str, signed_in: Guest
) -> None:
    live(scene, site)
    year = scene.origin.split("-")[1]
    look_at(signed_in("amel"), address, [path.format(year=year) for path in REGISTER + PEOPLE])
    look_at(signed_in("gwen"), address, ADMINISTRATION)


def test_pages_of_a_young_cooperative_are_sound(
    people: object, address: str, signed_in: Guest
) -> None:
    page = signed_in("amel")
    for path in ("/", "/wiki/", "/proposals/", "/decisions", "/procedures", "/proposals/new"):
        page.goto(address + path)
        examine(page, f"empty-{path.strip('/').replace('/', '-') or 'home'}")


def test_the_door_is_sound(site: Flask, address: str, page_at: PageAt) -> None:
    link = setup_link(site)
    assert link is not None
    page = page_at()
    for name, path in (("waiting", "/waiting"), ("setup", link), ("no-link", "/setup/wrong")):
        page.goto(address + path)
        examine(page, name)
