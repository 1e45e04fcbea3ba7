"""A vote among options in a browser: each ballot at both widths, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from intranet.voting.election import ElectionSettings
from intranet.voting.settings import Settings
from tests.browser import DESKTOP, PHONE, assert_fits, assert_no_axe_violations, photograph
from tests.flows.conftest import Guest
from tests.polls.balloting import define
from tests.proposals import choosing as among
from tests.proposals import stage as on
from tests.proposals.choosing import GRADES, mark, marks
from tests.proposals.stage import Stage

pytestmark = pytest.mark.browser

OPTIONS = (
    "Atelier du Rhône",
    "Bois & Cie",
    "Coopérative des Alpes, avec une livraison par semaine et la reprise des chutes",
)
VOTES = {
    "single_choice": (None, {"mark": "1"}),
    "approval": (None, marks(None, 1, 1)),
    "dot_allocation": (ElectionSettings(highest=10), marks(3, 7)),
    "schulze": (None, marks(2, 1, 3)),
    "single_transferable_vote": (None, marks(2, 1, 3)),
    "majority_judgment": (ElectionSettings(grades=GRADES), marks(2, 4, 1)),
}


def unmarked(page: Page) -> None:
    """A ballot that nobody has marked for the one who votes."""
    expect(page.locator("form.ballot")).to_be_visible()
    expect(page.locator("form.ballot :checked:not(option)")).to_have_count(0)


def fill(page: Page, method: str) -> None:
    """Mark the second option as the best, as a person would."""
    ballot = page.locator("form.ballot")
    if method in ("schulze", "single_transferable_vote"):
        for number, rank in enumerate(("2", "1", "3")):
            ballot.locator(f"select[name='mark.{number}']").select_option(rank)
    elif method == "majority_judgment":
        for number, grade in enumerate(("2", "4", "1")):
            ballot.locator(f"input[name='mark.{number}'][value='{grade}']").check()
    elif method == "dot_allocation":
        ballot.locator("input[name='mark.1']").fill("7")
    elif method == "approval":
        ballot.locator("input[name='mark.1']").check()
    else:
        ballot.locator("input[name='mark'][value='1']").check()
    ballot.locator("button[type=submit]").click()


@pytest.mark.parametrize("method", VOTES)
def test_every_ballot_and_result_at_both_widths(
    scene: Stage, address: str, signed_in: Guest, method: str
) -> None:
    settings, ballot = VOTES[method]
    key = among.a_way_to_choose(scene, method, settings)
    proposal_id = among.a_choice(scene, key, OPTIONS)
    poll_id = among.opened(scene, proposal_id)
    for name, width, javascript in (("bruno", DESKTOP, True), ("esther", PHONE, False)):
        page = signed_in(name, width, javascript=javascript)
        page.goto(f"{address}/proposals/{proposal_id}")
        unmarked(page)
        if javascript:
            assert_no_axe_violations(page)
        assert_fits(page)
        photograph(page, f"choice-{method}-ballot-{width}")
        fill(page, method)
        expect(page.locator(".receipt")).to_have_count(1)
    mark(poll_id, scene.cast.amel, ballot)
    among.counted(proposal_id, poll_id)
    for width in (DESKTOP, PHONE):
        page = signed_in("bruno", width, theme="dark" if width == PHONE else "light")
        page.goto(f"{address}/proposals/{proposal_id}")
        expect(page.locator(".result__verdict")).to_contain_text("Bois & Cie")
        if width == PHONE:
            assert_no_axe_violations(page)
        assert_fits(page)
        photograph(page, f"choice-{method}-result-{width}")
    page.goto(f"{address}/polls/{poll_id}/recount")
    assert_no_axe_violations(page)
    assert_fits(page)


@pytest.mark.parametrize("method", ["consent", "gradients_of_agreement", "consensus"])
def test_every_ballot_on_a_text_at_both_widths(
    scene: Stage, address: str, signed_in: Guest, method: str
) -> None:
    define(scene.cast.assembly, key="on-a-text", method=method, settings=Settings())
    proposal_id = on.a_resolution(scene, "on-a-text")
    poll_id = on.open_it(scene, proposal_id)
    for name, width, javascript in (("bruno", DESKTOP, True), ("esther", PHONE, False)):
        page = signed_in(name, width, javascript=javascript)
        page.goto(f"{address}/proposals/{proposal_id}")
        unmarked(page)
        if javascript:
            assert_no_axe_violations(page)
        assert_fits(page)
        photograph(page, f"text-{method}-ballot-{width}")
        page.locator("form.ballot input[name=option]").first.check()
        page.locator("form.ballot button[type=submit]").click()
        expect(page.locator(".receipt")).to_have_count(1)
    on.end(poll_id)
    on.conclude(proposal_id)
    for width in (DESKTOP, PHONE):
        page = signed_in("bruno", width)
        page.goto(f"{address}/proposals/{proposal_id}")
        expect(page.locator(".result__verdict")).to_have_count(1)
        if width == PHONE:
            assert_no_axe_violations(page)
        assert_fits(page)
        photograph(page, f"text-{method}-result-{width}")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_form_of_a_choice(scene: Stage, address: str, signed_in: Guest, width: int) -> None:
    among.a_way_to_choose(scene, "approval")
    page = signed_in("amel", width)
    page.goto(f"{address}/proposals/new?kind=choice")
    page.fill("textarea[name=options]", "Le 12 juin\nLe 19 juin")
    assert_no_axe_violations(page)
    assert_fits(page)
    photograph(page, f"choice-form-{width}")
    page.goto(f"{address}/procedures/new")
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    assert_no_axe_violations(page)
    assert_fits(page)
    photograph(page, f"choice-procedure-form-{width}")
