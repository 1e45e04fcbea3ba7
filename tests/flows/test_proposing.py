"""Writing a proposal: what is typed comes back, and what was refused is shown with its reasons."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Response, expect

from intranet.core.actor import SYSTEM
from intranet.core.transaction import reader
from intranet.search import indexer
from tests.browser import DESKTOP, PHONE, assert_fits
from tests.flows.conftest import Guest
from tests.proposals import stage as on
from tests.proposals.stage import Stage

pytestmark = pytest.mark.browser


def test_what_is_typed_is_found_again_and_a_refused_proposal_is_shown_with_its_reasons(
    site: Flask, scene: Stage, address: str, signed_in: Guest
) -> None:
    refused = on.a_resolution(scene)
    poll = on.open_it(scene, refused)
    for person in scene.cast.members:
        on.cast_one(poll, person, "against", "Le local est trop petit.")
    on.end(poll)
    on.conclude(refused)
    indexer.rebuild(reader(SYSTEM))
    page = signed_in("bruno", PHONE)
    page.goto(f"{address}/proposals/new")
    page.locator("input[name=title]").press_sequentially("Acheter un vélo-cargo")
    found = page.locator("[data-similar-found]")
    expect(found.locator(f"a[href$='/proposals/{refused}']")).to_be_visible()
    expect(found).to_contain_text("Le local est trop petit.")

    def is_kept_with_the_text(one: Response) -> bool:
        """An earlier pause may have kept the title alone."""
        return one.url.endswith("/typing") and "louons" in (one.request.post_data or "")

    with page.expect_response(is_kept_with_the_text):
        page.fill("textarea[name=text]", "Nous en louons un pour l’été.")
    page.locator("[data-kept-note]:visible").wait_for()
    assert_fits(page)
    elsewhere = signed_in("bruno", DESKTOP)
    elsewhere.goto(f"{address}/proposals/new")
    title, text = "input[name=title]", "textarea[name=text]"
    expect(elsewhere.locator(title)).to_have_value("Acheter un vélo-cargo")
    expect(elsewhere.locator(text)).to_have_value("Nous en louons un pour l’été.")
    page.goto(f"{address}/proposals/new")
    page.get_by_role("button", name="L’oublier et recommencer").click()
    expect(page.locator(title)).to_have_value("")
    taken = page.locator("[data-take]")
    expect(taken, "this browser forgot its copy as well").to_have_count(0)
