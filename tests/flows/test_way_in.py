"""One person comes in: a dossier, steps, a talk they never read, one decision, then its rights."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from intranet.members.statuses import Right
from intranet.membership.integration import worker
from tests.browser import (
    DESKTOP,
    PHONE,
    arrived,
    assert_fits,
    assert_no_axe_violations,
    at_each_width,
    photograph,
)
from tests.cast import as_reader
from tests.flows.conftest import Guest
from tests.proposals import stage as on
from tests.proposals.stage import Stage

pytestmark = pytest.mark.browser

DOUBT = "Je voudrais d’abord la voir tenir un chantier seule."


def look(page: Page, name: str) -> None:
    for width in at_each_width(page):
        photograph(page, f"way-in-{name}-{width}")
        assert_fits(page)
        assert_no_axe_violations(page)


def test_somebody_comes_in_from_their_dossier_to_their_first_rights(
    scene: Stage, address: str, signed_in: Guest
) -> None:
    cast = scene.cast
    amel, bruno = signed_in("amel", DESKTOP), signed_in("bruno", DESKTOP, javascript=False)
    chloe = signed_in("chloe", PHONE)

    amel.goto(f"{address}/integration")
    amel.get_by_role("link", name="Ouvrir un dossier").first.click()
    amel.select_option("select[name=person]", str(cast.chloe))
    amel.check("input[name=wish][value=member_employee]")
    amel.fill("textarea[name=words]", "Chloé soude depuis deux ans et veut **rester**.")
    look(amel, "form")
    amel.get_by_role("button", name="Enregistrer le dossier").click()
    expect(amel).to_have_url(re.compile(r"/integration/\d+$"))
    expect(amel.locator("h1")).to_contain_text("Chloé Martin")
    dossier = amel.url

    amel.select_option("select[name=sponsor]", str(cast.bruno))
    amel.locator("form[action$='/sponsor'] button").click()
    expect(amel.locator("dd", has_text="Bruno Costa")).to_be_visible()
    amel.locator("details", has_text="Ajouter une étape").locator("summary").click()
    amel.fill("input[name=what]", "Tenir un chantier")
    amel.get_by_role("button", name="Ajouter l’étape").click()
    expect(amel.locator("li strong", has_text="Tenir un chantier")).to_be_visible()

    bruno.goto(dossier)
    bruno.fill("textarea[name=text]", DOUBT)
    bruno.get_by_role("button", name="Publier").click()
    expect(bruno.locator("main")).to_contain_text(DOUBT)
    expect(bruno.locator("main")).to_contain_text("Tenir un chantier")

    chloe.goto(dossier)
    expect(chloe.locator("main")).to_contain_text("rester")
    expect(chloe.locator("main")).to_contain_text("Tenir un chantier")
    arrived(chloe)
    assert DOUBT not in chloe.content()
    look(chloe, "own")

    amel.goto(dossier)
    look(amel, "dossier")
    amel.get_by_role("link", name="Proposer la décision").click()
    expect(amel.locator("select[name=person]")).to_have_value(str(cast.chloe))
    amel.get_by_label(re.compile("Majorité absolue")).check()
    amel.click("button[name=then][value=submit]")
    expect(amel).to_have_url(re.compile(r"/proposals/\d+$"))
    proposal = int(amel.url.rsplit("/", 1)[1])
    on.decide(scene, proposal)
    assert worker.follow_now() == 1

    chloe.goto(dossier)
    expect(chloe.locator("main")).to_contain_text("acceptée")
    look(chloe, "accepted")
    chloe.goto(f"{address}/rights")
    mine = chloe.locator("section", has_text="votre statut aujourd’hui").first
    expect(mine).to_contain_text("vote et compte dans le quorum")
    assert as_reader(cast.chloe).actor.has(Right.VOTE)
