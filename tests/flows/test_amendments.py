"""A change to a rule, two competing amendments to it, and the paragraph that is enacted."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from intranet import duties
from intranet.polls.models import Poll
from intranet.proposals.talks import service as talks
from tests.browser import DESKTOP, PHONE, assert_fits, assert_no_axe_violations, photograph
from tests.cast import acting
from tests.flows.conftest import Guest
from tests.proposals import choosing as among
from tests.proposals import stage as on
from tests.proposals.stage import Stage

pytestmark = pytest.mark.browser


def suggest(page: Page, where: str, words: str, reason: str) -> None:
    """Write an amendment to the first paragraph in question, from the page of the proposal."""
    page.goto(where)
    page.click("a[href$='/amendments/new']")
    page.locator("main ul a[href*='block=']").first.click()
    page.fill("textarea[name=new_text]", words)
    page.fill("textarea[name=reason]", reason)
    assert_fits(page)
    page.click("main form button[type=submit]")
    expect(page).to_have_url(re.compile("#amendment-"))
    expect(page.locator("main")).to_contain_text(reason)


def look(page: Page, name: str) -> None:
    assert_no_axe_violations(page)
    assert_fits(page)
    photograph(page, name)


def test_two_competing_amendments_and_the_paragraph_that_is_enacted(
    scene: Stage, address: str, signed_in: Guest
) -> None:
    among.a_way_to_choose(scene, "approval")
    proposal_id = on.an_amendment(scene)
    with acting(scene.cast.bruno) as tx:
        talks.take_a_stance(tx, proposal_id, "reservation", 1)
    where = f"{address}/proposals/{proposal_id}"
    bruno, esther = signed_in("bruno", DESKTOP), signed_in("esther", PHONE, javascript=False)
    suggest(bruno, where, "Chacun·e peut télétravailler quatre jours par semaine.", "Le mercredi.")
    suggest(esther, where, "Chacun·e peut télétravailler un jour par semaine.", "L’équipe d’abord.")
    amel = signed_in("amel", DESKTOP)
    amel.goto(where)
    expect(amel.locator("a[href$='/amendments/1/vote']").first).to_be_visible()
    expect(amel.locator("form[action$='/acceptance']")).to_have_count(0)
    look(amel, "amendments-competing")
    amel.locator("a[href$='/amendments/1/vote']").first.click()
    expect(amel).to_have_url(re.compile("/amendments/1/vote$"))
    look(amel, "amendments-ask")
    amel.click("main form button[type=submit]")
    expect(amel.locator("form.ballot")).to_be_visible()
    ballot = amel.url
    for page, mark in ((amel, 1), (bruno, 0), (esther, 1)):
        page.goto(ballot)
        page.locator("form.ballot input[type=checkbox]").nth(mark).check()
        if page is esther:
            photograph(page, "amendments-ballot-phone")
            assert_fits(page)
        page.locator("form.ballot button[type=submit]").click()
        expect(page.locator(".receipt")).to_have_count(1)
    with acting(None) as tx:
        ago = {"opened_at": tx.now - timedelta(days=3), "closes_at": tx.now - timedelta(hours=1)}
        tx.session.execute(update(Poll).values(**ago))
    assert duties.count_suggestions() == 1
    phone = signed_in("bruno", PHONE)
    phone.goto(where)
    changes = phone.locator(".section-title:has(#changes) + .diff")
    expect(changes).to_contain_text("un jour par semaine", use_inner_text=True)
    look(phone, "amendments-decided-phone")
    on.decide(scene, proposal_id)
    esther.goto(f"{address}/wiki/teletravail")
    rule = esther.locator("main")
    expect(rule).to_contain_text("un jour par semaine", use_inner_text=True)
    expect(rule).not_to_contain_text("deux jours", use_inner_text=True)
