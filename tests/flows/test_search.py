"""Finding something again: words, a facet, a slip of the pen, and the keyboard alone."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from intranet import worker
from intranet.core.actor import SYSTEM
from intranet.core.transaction import reader
from intranet.search import indexer
from intranet.wiki import service as wiki
from intranet.wiki.comments import service as comments
from intranet.wiki.comments.service import Remark
from tests.browser import (
    DESKTOP,
    PHONE,
    assert_fits,
    assert_no_axe_violations,
    at_each_width,
    photograph,
)
from tests.cast import acting
from tests.flows.conftest import Guest
from tests.proposals.stage import Stage
from tests.wiki.writing import page_id, write

pytestmark = pytest.mark.browser


def test_somebody_finds_narrows_is_understood_and_completes_by_keyboard(
    site: Flask, scene: Stage, address: str, signed_in: Guest
) -> None:
    slug = write(scene.cast.amel, "Prêt des vélos", "## Retour\n\nLe vélo cargo revient le soir.")
    write(scene.cast.bruno, "Atelier", "On répare le vélo cargo le samedi.")
    number = page_id(slug)
    with acting(scene.cast.amel) as tx:
        wiki.set_tags(tx, number, (), ("mobilité",))
    indexer.rebuild(reader(SYSTEM))
    worker.work_once(site)
    page = signed_in("amel", DESKTOP)
    page.goto(f"{address}/search")
    page.fill("#page-search", "velo cargo")
    page.press("#page-search", "Enter")
    expect(page.locator(".row")).to_have_count(2)
    page.get_by_role("link", name="Amel").last.click()
    expect(page.locator(".row")).to_have_count(1)
    for width in at_each_width(page):
        photograph(page, f"search-{width}")
        assert_fits(page)
        assert_no_axe_violations(page)
    page.goto(f"{address}/search?q=cagro")
    page.locator(".band a").click()
    expect(page.locator("mark").first).to_have_text("cargo")
    page.goto(f"{address}/")
    page.keyboard.press("/")
    # What answers the first letters would take the place of what was chosen, if it came after.
    with page.expect_response(re.compile(r"\?q=pret$")):
        page.keyboard.type("pret")
    option = page.get_by_role("option", name="Prêt des vélos")
    option.wait_for()
    for _width in at_each_width(page):
        assert_fits(page)
        assert_no_axe_violations(page)
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/wiki/pret-des-velos")


def test_somebody_without_javascript_narrows_is_understood_and_keeps_a_search(
    site: Flask, scene: Stage, address: str, signed_in: Guest
) -> None:
    slug = write(scene.cast.amel, "Prêt des vélos", "Le vélo cargo revient le soir.")
    write(scene.cast.bruno, "Atelier", "On répare le vélo cargo le samedi.")
    number = page_id(slug)
    with acting(scene.cast.bruno) as tx:
        comments.comment_page(tx, number, Remark("Et la remorque du cargo ?"))
    worker.work_once(site)
    page = signed_in("amel", PHONE, javascript=False)
    page.goto(f"{address}/search")
    page.fill("#page-search", "vélo cagro")
    page.press("#page-search", "Enter")
    page.locator(".band a").click()
    expect(page.locator(".row").nth(1)).to_be_visible()
    page.get_by_role("link", name="Commentaires").click()
    expect(page.locator(".row")).to_have_count(1)
    page.locator(".row a").first.click()
    expect(page).to_have_url(re.compile("comment-"))
    page.goto(f"{address}/search?q=cargo")
    page.get_by_role("button", name="Garder cette recherche").click()
    kept = page.get_by_role("link", name="cargo")
    assert_fits(page)
    photograph(page, "search-saved-phone")
    kept.first.click()
    expect(page.locator("mark").nth(1)).to_be_visible()
