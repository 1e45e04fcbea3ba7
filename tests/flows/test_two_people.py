"""Meet somebody on a page, choose between two texts, find what changed, take it back."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE, assert_fits, assert_no_axe_violations, photograph
from tests.cast import Cast
from tests.flows.conftest import Guest
from tests.wiki.writing import revise, source, write

pytestmark = pytest.mark.browser
TEXT = "On mange ensemble le mardi.\n\nChacun apporte un plat.\n\nOn range après.\n"
THEIRS = "On mange ensemble le lundi.\n\nChacun apporte un plat.\n\nOn range après.\n"
MINE = "On mange ensemble le jeudi.\n\nChacun apporte un plat.\n\nOn range tout après.\n"


def test_a_conflict_is_met_chosen_found_again_and_taken_back(
    site: Flask, people: Cast, address: str, signed_in: Guest
) -> None:
    """Without scripts, on a phone; tests/flows/test_wiki_story.py does the same with them."""
    slug = write(people.amel, "Repas", TEXT)
    other = signed_in("bruno", DESKTOP)
    with other.expect_response(lambda answer: answer.url.endswith("/presence")):
        other.goto(f"{address}/wiki/{slug}/edit")
    page = signed_in("amel", PHONE, javascript=False)
    page.goto(f"{address}/wiki/{slug}/edit")
    expect(page.locator("[data-presence]")).to_contain_text("Bruno Costa")
    page.fill("textarea[name=text]", MINE)
    page.fill("input[name=summary]", "Le jour du repas")
    revise(people.bruno, slug, THEIRS)
    page.click("button[value=save]")

    expect(page.locator(".clash")).to_have_count(1)
    expect(page.locator(".clash__side").nth(1)).to_contain_text("lundi")
    assert_fits(page)
    photograph(page, f"two-texts-{PHONE}")
    page.locator("input[name=choice-0][value=own]").check()
    page.fill("textarea[name=own-0]", "On mange ensemble le lundi et le jeudi.")
    page.click("button[value=save]")
    expect(page).to_have_url(f"{address}/wiki/{slug}")
    chosen = TEXT.replace("le mardi", "le lundi et le jeudi").replace("range", "range tout")
    assert source(slug) == chosen

    page.locator(f"a[href='/wiki/{slug}/history']").first.click()
    expect(page.locator(".revisions")).to_contain_text("Le jour du repas")
    page.locator("input[name=from]").nth(2).check()
    page.locator("main form button").last.click()
    expect(page.locator(".diff ins").first).to_have_text("lundi et le jeudi")
    assert_fits(page)
    photograph(page, f"what-changed-{PHONE}")
    page.goto(f"{address}/wiki/{slug}/authors")
    assert_fits(page)
    page.goto(f"{address}/wiki/{slug}/revisions/2")
    page.locator("form[action$=restorations] button").click()
    expect(page).to_have_url(f"{address}/wiki/{slug}")
    assert source(slug) == THEIRS


def test_screens_of_the_past_are_sound_in_a_browser_with_scripts(
    site: Flask, people: Cast, address: str, signed_in: Guest
) -> None:
    slug = write(people.amel, "Repas", TEXT)
    revise(people.bruno, slug, THEIRS)
    page = signed_in("amel", DESKTOP)
    paths = ("compare?as=sides", "compare?of=source", "authors", "since", "trashing")
    paths = (*(f"{slug}/{path}" for path in paths), "changes", "changes/new", "archive/trash")
    for path in paths:
        page.goto(f"{address}/wiki/{path}")
        assert_no_axe_violations(page)
        page.set_viewport_size({"width": PHONE, "height": 844})
        assert_fits(page)
        page.set_viewport_size({"width": DESKTOP, "height": 900})
