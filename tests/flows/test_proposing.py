"""Writing a proposal: what is typed comes back, and what was refused is shown with its reasons."""

from __future__ import annotations

import pytest
from flask import Flask

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
    with page.expect_response("**/search/similar?*"):
        page.locator("input[name=title]").press_sequentially("Acheter un vélo-cargo")
    found = page.locator("[data-similar-found]")
    found.locator(f"a[href$='/proposals/{refused}']").wait_for()
    assert "Le local est trop petit." in found.inner_text()
    with page.expect_response(lambda one: one.request.method == "POST"):
        page.fill("textarea[name=text]", "Nous en louons un pour l’été.")
    page.locator("[data-kept-note]:visible").wait_for()
    assert_fits(page)
    elsewhere = signed_in("bruno", DESKTOP)
    elsewhere.goto(f"{address}/proposals/new")
    assert elsewhere.input_value("input[name=title]") == "Acheter un vélo-cargo"
    assert elsewhere.input_value("textarea[name=text]") == "Nous en louons un pour l’été."
    page.goto(f"{address}/proposals/new")
    page.get_by_role("button", name="L’oublier et recommencer").click()
    assert page.input_value("input[name=title]") == ""
    assert page.locator("[data-take]").count() == 0, "this browser forgot its copy as well"
