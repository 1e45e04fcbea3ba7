"""A voice lent, accepted and given, and advice beside the vote, in a browser at both widths."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser import (
    DESKTOP,
    PHONE,
    assert_fits,
    assert_no_axe_violations,
    at_each_width,
    photograph,
)
from tests.flows.conftest import Guest
from tests.polls.balloting import define
from tests.polls.proxies.lending import lend, vote_for
from tests.proposals.stage import Stage, a_resolution, conclude, end, open_it

pytestmark = pytest.mark.browser


def look(page: Page, name: str) -> None:
    """Fail on anything a member could stumble over."""
    for width in at_each_width(page):
        assert_no_axe_violations(page)
        assert_fits(page)
        photograph(page, f"voices-{name}-{width}")


def seen(page: Page, address: str, path: str, name: str) -> None:
    """Open a page and look at it."""
    page.goto(address + path)
    look(page, name)


def test_a_voice_is_lent_accepted_and_given(
    site: Flask, scene: Stage, address: str, signed_in: Guest
) -> None:
    cast = scene.cast
    proposal = a_resolution(scene, author=cast.esther)
    poll = open_it(scene, proposal, cast.esther)
    amel = signed_in("amel", DESKTOP, javascript=False)
    amel.goto(f"{address}/proxies/new?proposal={proposal}")
    amel.select_option("select[name=holder_id]", str(cast.bruno))
    amel.click("main form button[type=submit]")
    expect(amel.locator("select[name=holder_id]")).to_have_count(0)
    bruno = signed_in("bruno", PHONE)
    seen(bruno, address, "/", "home")
    seen(bruno, address, "/proxies", "offered")
    bruno.click("form[action$='/acceptance'] button")
    expect(bruno.locator("form[action$='/acceptance']")).to_have_count(0)
    seen(bruno, address, f"/proposals/{proposal}", "carried")
    seen(bruno, address, f"/polls/{poll}/voices/{cast.amel}", "ballot")
    bruno.check("input[name=option][value=against]")
    bruno.click("main form.ballot button[type=submit]")
    expect(bruno).to_have_url(f"{address}/proposals/{proposal}#vote")
    look(bruno, "given")
    amel.goto(f"{address}/proposals/{proposal}")
    expect(amel.locator("#vote")).to_contain_text("Bruno Costa")
    expect(amel.locator(f"form[action='/polls/{poll}/ballot']")).to_have_count(1)


def test_advice_stands_beside_the_result_with_its_voices(
    site: Flask, scene: Stage, address: str, signed_in: Guest
) -> None:
    cast = scene.cast
    define(cast.assembly, key="advised", advisory=("employee",))
    proposal = a_resolution(scene, "advised", cast.esther)
    poll = open_it(scene, proposal, cast.esther)
    lend(cast.amel, cast.bruno, poll)
    vote_for(cast.bruno, cast.amel, poll)
    chloe = signed_in("chloe", DESKTOP)
    seen(chloe, address, f"/proposals/{proposal}", "advice-asked")
    chloe.check("#advice input[name=option][value=against]")
    chloe.click("#advice form button[type=submit]")
    expect(chloe.locator("#advice .receipt")).to_have_count(1)
    look(chloe, "advice-given")
    end(poll)
    conclude(proposal)
    seen(chloe, address, f"/proposals/{proposal}", "advice-counted")
    expect(chloe.locator("#advice table")).to_have_count(2)
