"""The main job in a real browser: from a paragraph of a rule to the mark of its decision.

On a computer and on a phone, with JavaScript and without it, in French.
"""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from intranet import worker
from tests.browser import DESKTOP, PHONE, assert_fits, assert_no_axe_violations, photograph
from tests.flows.conftest import Guest
from tests.proposals.stage import Stage, end

pytestmark = pytest.mark.browser

FIRST = "Chacun·e peut télétravailler trois jours par semaine."
REWORDED = "Chacun·e peut télétravailler trois jours par semaine, après accord de son équipe."


class Story:
    """The people of the story, each in a browser of their own, and what they do there."""

    def __init__(self, address: str, signed_in: Guest, width: int, javascript: bool) -> None:
        self.address, self.width, self.javascript = address, width, javascript
        enter = {"width": width, "javascript": javascript}
        self.amel, self.bruno, self.esther = (
            signed_in(name, **enter) for name in ("amel", "bruno", "esther")
        )
        self.proposal = ""

    def look(self, page: Page, name: str) -> None:
        """Examine a page as a member would, on a telephone as axe would too, and picture it.

        What axe says of wide pages is asked of each page once, in `test_pages`.
        """
        photograph(page, f"loop-{name}-{self.width}-{'js' if self.javascript else 'plain'}")
        if self.javascript:
            assert_fits(page)
            if self.width == PHONE:
                assert_no_axe_violations(page)

    def go(self, page: Page, path: str) -> Page:
        """Open a page of the site."""
        page.goto(f"{self.address}{path}")
        return page

    def propose(self) -> None:
        """Amel reads the rule and proposes other words for its first paragraph."""
        page = self.go(self.amel, "/wiki/")
        page.get_by_role("link", name="Télétravail").first.click()
        expect(page.locator("h1")).to_contain_text("Télétravail")
        self.look(page, "1-rule")
        paragraph = page.locator(".block", has_text="deux jours")
        paragraph.get_by_role("link", name="Proposer une modification").click()
        expect(page.locator("h1")).to_contain_text("Télétravail")
        expect(page.locator("textarea[name=new_text]")).to_have_value(re.compile("deux jours"))
        page.fill("input[name=title]", "Trois jours de télétravail")
        page.fill("textarea[name=new_text]", FIRST)
        page.fill("textarea[name=section-0]", "Moins de trajets.")
        page.get_by_label("Majorité absolue").check()
        self.look(page, "2-propose")
        page.get_by_role("button", name="Soumettre à la discussion").click()
        expect(page.locator("h1")).to_have_text("Trois jours de télétravail")
        expect(page.locator("ins")).to_contain_text("trois")
        self.look(page, "3-proposal")
        self.proposal = page.url.removeprefix(self.address).split("#")[0]

    def discuss(self) -> None:
        """Bruno speaks about the paragraph, and Amel rewords it."""
        page = self.go(self.bruno, self.proposal)
        page.get_by_text("Parler d’un paragraphe").click()
        page.get_by_role("link", name=FIRST).click()
        page.fill("textarea[name=text]", "Et l’accord de l’équipe ?")
        page.get_by_role("button", name="Envoyer").click()
        comment = page.locator(".comment", has_text="Et l’accord de l’équipe ?")
        expect(comment).to_contain_text("Bruno Costa")
        expect(comment.locator(".comment__quote")).to_contain_text("trois jours")
        page = self.go(self.amel, self.proposal)
        page.get_by_role("link", name="Réécrire").click()
        page.fill("textarea[name=new_text]", REWORDED)
        page.get_by_role("button", name="Enregistrer la nouvelle rédaction").click()
        expect(page.locator("ins").first).to_contain_text("trois")
        expect(page.locator(".page-history")).to_contain_text("version 2")

    def open_the_vote(self) -> None:
        """Amel puts it to the vote; the home pages of the others ask for theirs."""
        page = self.go(self.amel, self.proposal)
        self.look(page, "4-before-the-vote")
        page.get_by_role("button", name="Ouvrir le vote").click()
        expect(page.locator(".page-badges")).to_contain_text("Au vote")
        page = self.go(self.bruno, "/")
        self.look(page, "5-home")
        page.get_by_role("link", name="Trois jours de télétravail").click()
        expect(page.locator("form.ballot")).to_be_visible()

    def vote(self, page: Page, choice: str) -> None:
        """Choose and send a ballot."""
        page.get_by_label(choice, exact=True).check()
        page.locator("form.ballot button").click()
        expect(page.locator(".receipt")).to_contain_text(choice)

    def all_vote(self) -> None:
        """Three people vote; Esther changes her mind."""
        self.look(self.bruno, "6-ballot")
        self.vote(self.bruno, "Pour")
        self.vote(self.go(self.amel, self.proposal), "Pour")
        self.vote(self.go(self.esther, self.proposal), "Pour")
        self.vote(self.esther, "Contre")
        expect(self.esther.locator(".turnout")).to_contain_text("3")
        self.look(self.esther, "7-voted")

    def read_the_result(self) -> None:
        """The clock has counted: the proposal, the register and the rule say so."""
        page = self.go(self.amel, self.proposal)
        expect(page.locator(".page-badges")).to_contain_text("Adoptée")
        expect(page.locator(".result__verdict")).to_contain_text("2 pour")
        self.look(page, "8-result")
        page.get_by_role("link", name="Décision AG-").click()
        expect(page.locator(".page-kicker")).to_contain_text(re.compile(r"AG-\d{4}-002"))
        expect(page.locator(".result__verdict")).to_contain_text(re.compile("2 pour.*sur 3"))
        expect(page.locator(".page-content")).to_contain_text(REWORDED)
        self.look(page, "9-decision")

    def find_it_again(self) -> None:
        """The rule shows the new words with their decision, and the search finds them."""
        page = self.go(self.esther, "/")
        expect(page.locator("h1")).to_contain_text("Esther")
        expect(page.locator(".card--asks")).to_have_count(0)
        page = self.go(self.esther, "/wiki/teletravail")
        paragraph = page.locator(".block", has_text=REWORDED)
        expect(paragraph.locator(".provenance")).to_contain_text(re.compile(r"AG-\d{4}-002"))
        unchanged = page.locator(".block", has_text="à l’atelier")
        expect(unchanged.locator(".provenance")).to_contain_text(re.compile(r"AG-\d{4}-001"))
        self.look(page, "10-new-rule")
        page = self.go(self.bruno, "/search?q=accord+équipe")
        expect(page.locator("main")).to_contain_text("Télétravail")
        self.look(page, "11-search")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_paragraph_is_proposed_discussed_voted_enacted_and_found(
    site: Flask, scene: Stage, address: str, signed_in: Guest, width: int, javascript: bool
) -> None:
    worker.work_once(site)
    story = Story(address, signed_in, width, javascript)
    story.propose()
    story.discuss()
    story.open_the_vote()
    story.all_vote()
    end(1)
    worker.work_once(site)
    story.read_the_result()
    story.find_it_again()
