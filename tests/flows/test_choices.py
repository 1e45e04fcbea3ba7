"""A vote among options in a browser: each ballot at both widths, and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from intranet.voting.election import ElectionSettings
from intranet.voting.settings import Settings
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


def agree(page: Page) -> None:
    """Choose the first position on a text."""
    page.locator("form.ballot input[name=option]").first.check()


class Voters:
    """Bruno on a large screen, Esther on a telephone without scripts, and Bruno in the evening."""

    def __init__(self, address: str, signed_in: Guest) -> None:
        self.address = address
        self.bruno = signed_in("bruno", DESKTOP)
        self.esther = signed_in("esther", PHONE, javascript=False)
        self.evening = signed_in("bruno", PHONE, theme="dark")

    def vote(self, proposal_id: int, name: str, mark_it: Callable[[Page], None]) -> None:
        """Both look at a ballot that is theirs, mark it and send it."""
        for page in (self.bruno, self.esther):
            page.goto(f"{self.address}/proposals/{proposal_id}")
            expect(page.locator("form.ballot"), name).to_be_visible()
            expect(page.locator("form.ballot :checked:not(option)"), name).to_have_count(0)
            self.look(page, f"{name}-ballot", with_axe=page is self.bruno)
            mark_it(page)
            page.locator("form.ballot button[type=submit]").click()
            expect(page.locator(".receipt"), name).to_have_count(1)

    def read(self, proposal_id: int, name: str, words: str = "") -> None:
        """The one result says these words, by day and in the dark."""
        for page in (self.bruno, self.evening):
            page.goto(f"{self.address}/proposals/{proposal_id}")
            expect(page.locator(".result__verdict"), name).to_contain_text(words)
            self.look(page, f"{name}-result", with_axe=page is self.evening)

    def look(self, page: Page, name: str, with_axe: bool) -> None:
        """Examine a page where it is, and picture it."""
        if with_axe:
            assert_no_axe_violations(page)
        assert_fits(page)
        photograph(page, f"choice-{name}-{page.viewport_size['width']}")  # type: ignore[index]


@pytest.fixture
def voters(address: str, signed_in: Guest) -> Voters:
    return Voters(address, signed_in)


def test_every_ballot_and_result_at_both_widths(scene: Stage, address: str, voters: Voters) -> None:
    for method, (settings, ballot) in VOTES.items():
        key = among.a_way_to_choose(scene, method, settings)
        proposal_id = among.a_choice(scene, key, OPTIONS)
        poll_id = among.opened(scene, proposal_id)
        voters.vote(proposal_id, method, partial(fill, method=method))
        mark(poll_id, scene.cast.amel, ballot)
        among.counted(proposal_id, poll_id)
        voters.read(proposal_id, method, "Bois & Cie")
        voters.evening.goto(f"{address}/polls/{poll_id}/recount")
        expect(voters.evening.locator("main"), method).to_contain_text("Bois & Cie")
        voters.look(voters.evening, f"{method}-recount", with_axe=True)


def test_every_ballot_on_a_text_at_both_widths(scene: Stage, voters: Voters) -> None:
    for method in ("consent", "gradients_of_agreement", "consensus"):
        define(scene.cast.assembly, key=f"text-{method}", method=method, settings=Settings())
        proposal_id = on.a_resolution(scene, f"text-{method}")
        poll_id = on.open_it(scene, proposal_id)
        voters.vote(proposal_id, method, agree)
        on.end(poll_id)
        on.conclude(proposal_id)
        voters.read(proposal_id, method)


def test_the_form_of_a_choice(scene: Stage, address: str, signed_in: Guest) -> None:
    among.a_way_to_choose(scene, "approval")
    page = signed_in("amel", PHONE)
    page.goto(f"{address}/proposals/new?kind=choice")
    page.fill("textarea[name=options]", "Le 12 juin\nLe 19 juin")
    for width in at_each_width(page):
        assert_no_axe_violations(page)
        assert_fits(page)
        photograph(page, f"choice-form-{width}")
    page.goto(f"{address}/procedures/new")
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    for width in at_each_width(page):
        assert_no_axe_violations(page)
        assert_fits(page)
        photograph(page, f"choice-procedure-form-{width}")
