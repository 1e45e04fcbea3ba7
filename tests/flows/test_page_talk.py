"""A reader comments on a passage and suggests a change; its owner takes it in. At both widths."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from intranet.wiki.states.service import name_owner, protect_page
from tests.browser import (
    DESKTOP,
    PHONE,
    assert_fits,
    assert_no_axe_violations,
    at_each_width,
    photograph,
)
from tests.cast import Cast, acting
from tests.flows.conftest import Guest
from tests.wiki.writing import page_id, source, write

pytestmark = pytest.mark.browser
TEXT = "On ferme à midi.\n\nLe four chauffe une heure.\n"


def look(page: Page, name: str) -> None:
    for width in at_each_width(page):
        assert_fits(page)
        assert_no_axe_violations(page)
        photograph(page, f"page-{name}-{width}")


def test_a_passage_is_commented_and_a_change_suggested_and_accepted(
    site: Flask, people: Cast, address: str, signed_in: Guest
) -> None:
    slug = write(people.amel, "Le four", TEXT)
    number = page_id(slug)
    with acting(people.amel) as tx:
        name_owner(tx, number, people.amel)
        protect_page(tx, number, "ces heures sont affichées dans l’atelier")
    page = signed_in("chloe", PHONE)
    page.goto(f"{address}/wiki/{slug}")
    page.click(f"a[href='/wiki/{slug}/comments']")
    page.locator("main a[href*='block=']").nth(1).click()
    page.fill("textarea[name=text]", "Plutôt deux heures ?")
    page.click("#write button[type=submit]")
    expect(page.locator(".comment__text")).to_have_text("Plutôt deux heures ?")
    look(page, "comments")
    page.goto(f"{address}/wiki/{slug}")
    photograph(page, f"page-protected-{PHONE}")
    page.click(f"a[href='/wiki/{slug}/suggestions/new']")
    page.fill("textarea[name=text]", TEXT.replace("une heure", "deux heures"))
    page.fill("input[name=summary]", "Une heure ne suffit pas")
    page.click("button[value=save]")
    expect(page).to_have_url(re.compile(r"/wiki/suggestions/1\b"))
    expect(page.locator("main")).to_contain_text("Une heure ne suffit pas")
    look(page, "suggested")
    owner = signed_in("amel", DESKTOP)
    owner.goto(f"{address}/")
    owner.click("a[href='/wiki/suggestions/1']")
    expect(owner.locator("form[action$='/acceptance'] button")).to_be_visible()
    look(owner, "suggestion")
    owner.click("form[action$='/acceptance'] button")
    expect(owner.locator("#page-text")).to_contain_text("deux heures")
    assert source(slug) == TEXT.replace("une heure", "deux heures")
    owner.goto(f"{address}/wiki/{slug}/rights")
    look(owner, "rights")
