"""A decision that a page cites is reviewed, repealed by a vote, and shows it where it is cited."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from intranet.members.queries import today
from intranet.proposals import service as proposals
from tests.browser import (
    DESKTOP,
    PHONE,
    assert_fits,
    assert_no_axe_violations,
    at_each_width,
    photograph,
)
from tests.cast import acting
from tests.decisions.register import entered
from tests.flows.conftest import Guest
from tests.proposals import stage as on
from tests.proposals.stage import Stage
from tests.wiki.writing import write

pytestmark = pytest.mark.browser


def look(page: Page, name: str) -> None:
    assert_fits(page)
    assert_no_axe_violations(page)
    photograph(page, f"register-{name}")


def look_twice(page: Page, name: str) -> None:
    """At both widths."""
    for width in at_each_width(page):
        look(page, f"{name}-{width}")


def test_a_review_leads_to_a_repeal_and_every_citation_shows_it(
    scene: Stage, address: str, signed_in: Guest
) -> None:
    with acting(scene.cast.amel) as tx:
        number = entered(tx, scene.cast, "Le four du lundi", review_on=today(tx)).number
    write(scene.cast.amel, "Cuisine", f"Le four sert le lundi, voir [[{number}]].")
    amel = signed_in("amel", DESKTOP)
    amel.goto(f"{address}/decisions/reviews")
    look_twice(amel, "to-review")
    amel.locator(f"main a[href='/decisions/{number}/reviews/new']").first.click()
    expect(amel).to_have_url(f"{address}/decisions/{number}/reviews/new")
    amel.fill("textarea[name=helped]", "Du pain frais le lundi.")
    amel.fill("textarea[name=against]", "Personne ne s’en sert plus.")
    amel.check("input[name=outcome][value=repeal]")
    with acting(None) as tx:
        later = today(tx).replace(year=today(tx).year + 1, day=1)
    amel.fill("input[name=next_on]", later.isoformat())
    look_twice(amel, "review-form")
    amel.click("main form button[type=submit]")
    expect(amel).to_have_url(re.compile(r"/proposals/acts/repeal/new\?review="))
    expect(amel.locator("main form[data-keeps]")).to_be_visible()
    look(amel, "repeal-form")
    amel.check("input[name=procedure][value=absolute]")
    amel.locator("main form[data-keeps] button[type=submit]").last.click()
    expect(amel).to_have_url(re.compile(r"/proposals/\d+$"))
    proposal_id = int(amel.url.rsplit("/", 1)[1])
    look(amel, "repeal-draft")
    with acting(scene.cast.amel) as tx:
        proposals.submit(tx, proposal_id)
    on.decide(scene, proposal_id)
    chloe = signed_in("chloe", PHONE, javascript=False)
    chloe.goto(f"{address}/wiki/cuisine")
    expect(chloe.locator("#page-text")).to_contain_text("Abrogée")
    photograph(chloe, "register-citation-phone")
    assert_fits(chloe)
    chloe.goto(f"{address}/decisions/citations")
    expect(chloe.locator("main a[href='/wiki/cuisine']")).to_have_count(1)
    chloe.goto(f"{address}/decisions/{number}")
    expect(chloe.locator("main")).to_contain_text("Personne ne s’en sert plus.")
    photograph(chloe, "register-repealed-phone")
    assert_fits(chloe)
