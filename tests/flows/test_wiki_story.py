"""Somebody who has never seen a wiki: write, link, paste a picture, meet a conflict, find what
changed, take it back. And what is typed outlives the network and the session."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import update

from benchmarks.editing import is_built
from intranet.auth.models import SignIn
from tests.browser import (
    DESKTOP,
    PHONE,
    Watch,
    arrived,
    assert_fits,
    assert_no_axe_violations,
    photograph,
)
from tests.cast import PASSWORD, Cast, acting
from tests.environment import missing
from tests.flows.conftest import Guest
from tests.flows.test_editor import PIXEL
from tests.wiki.writing import revise, source, write

pytestmark = pytest.mark.browser
WIDTHS = pytest.mark.parametrize("width", [DESKTOP, PHONE])
OURS = "Le pain du mardi\n\nOn pétrit à six heures."
PASTE = """(bytes) => {
  const file = new File([Uint8Array.from(bytes)], "four.png", { type: "image/png" });
  const data = new DataTransfer();
  data.items.add(file);
  const how = { clipboardData: data, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
}"""


@pytest.fixture(autouse=True)
def bundle() -> None:
    """Writing as people do needs the rich editor."""
    if not is_built():
        missing("The bundle is missing (make bundle)")


def edit(page: Page) -> None:
    """From a page to its form, at the end of the text, ready to type in it."""
    page.get_by_role("link", name="Modifier", exact=True).first.click()
    writing(page).click()
    page.keyboard.press("Control+End")


def save(page: Page, slug: str) -> None:
    """Save, and see the page again."""
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.wait_for_url(f"**/wiki/{slug}")


def writing(page: Page):  # type: ignore[no-untyped-def]
    """Where one writes: rich text on a screen, Markdown on a phone."""
    wide = page.viewport_size["width"] == DESKTOP  # type: ignore[index]
    return page.locator(".rich__text" if wide else "textarea[name=text]")


@WIDTHS
def test_a_newcomer_writes_links_shows_meets_finds_and_takes_back(
    site: Flask, people: Cast, address: str, signed_in: Guest, width: int
) -> None:
    write(people.bruno, "Congés et absences")
    page = signed_in("amel", width)
    page.goto(f"{address}/wiki/")
    page.get_by_role("link", name="Écrire une page").first.click()
    page.fill("input[name=title]", "Le fournil")
    writing(page).click()
    page.keyboard.type("Le pain du mardi")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter") if width == PHONE else None
    page.keyboard.type("On pétrit à six heures.")
    page.get_by_role("button", name="Enregistrer la page").click()
    page.wait_for_url(f"{address}/wiki/le-fournil")
    assert source("le-fournil").strip() == OURS

    edit(page)
    page.keyboard.type(" Voir [[conges")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    # It may wait for the answer to the last letters: what is typed next would come before it.
    if width == DESKTOP:
        expect(writing(page)).to_contain_text("Congés et absences")
    else:
        expect(writing(page)).to_have_value(re.compile(r"\[\[Congés et absences\]\]"))
    page.keyboard.type(" ")
    page.evaluate(PASTE, list(PIXEL))
    if width == DESKTOP:
        writing(page).locator("img[src^='/wiki/files/']").wait_for()
    else:
        expect(writing(page)).to_have_value(re.compile("/wiki/files/"))
    photograph(page, f"newcomer-writes-{width}")
    save(page, "le-fournil")
    written = source("le-fournil")
    assert written.startswith(f"{OURS} Voir [[Congés et absences]] ![")
    shown = page.locator("#page-text")
    expect(shown.get_by_role("link", name="Congés et absences")).to_be_visible()
    arrived(page)
    assert shown.locator("img").evaluate("(img) => img.decode().then(() => img.naturalWidth)") == 1
    assert_fits(page)

    edit(page)
    page.keyboard.type(" Dimanche aussi.")
    revise(people.bruno, "le-fournil", written.replace("six heures", "cinq heures"))
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_role("heading", name="Deux textes pour le même paragraphe").wait_for()
    assert_fits(page)
    if width == PHONE:
        assert_no_axe_violations(page)
    page.get_by_label("Bruno Costa").check()
    photograph(page, f"newcomer-chooses-{width}")
    page.get_by_role("button", name="Enregistrer ce que j’ai choisi").click()
    page.wait_for_url(f"{address}/wiki/le-fournil")
    assert "cinq heures" in source("le-fournil")

    page.get_by_role("link", name="Historique", exact=True).first.click()
    page.locator("main").get_by_role("button", name="Comparer").click()
    expect(page.locator(".diff ins", has_text=re.compile("^cinq$")).first).to_be_visible()
    assert_fits(page)
    page.go_back()
    page.get_by_role("link", name="Révision 2", exact=True).click()
    page.get_by_role("button", name="Rétablir ce texte").click()
    page.wait_for_url(f"{address}/wiki/le-fournil")
    assert source("le-fournil") == written


def sign_in(page: Page) -> None:
    page.fill("input[name=email]", "amel@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def test_what_is_typed_outlives_the_network(
    site: Flask, people: Cast, address: str, signed_in: Guest, watch: Watch
) -> None:
    """Lost while typing, words go on being kept in the browser; a save into nothing loses none."""
    watch.expect("ERR_INTERNET_DISCONNECTED")
    slug = write(people.amel, "Le fournil", "Un.\n")
    page = signed_in("amel", PHONE)
    page.goto(f"{address}/wiki/{slug}/edit")
    page.context.set_offline(True)
    page.fill("textarea[name=text]", "Un.\n\nTapé sans réseau.\n")
    page.get_by_text("Pas de connexion pour le moment").wait_for()
    page.context.set_offline(False)
    page.get_by_text("est gardé pour vous seul").wait_for()
    page.fill("textarea[name=text]", "Un.\n\nTapé sans réseau, puis envoyé.\n")
    page.context.set_offline(True)
    # Not any request: what is typed is sent as well, to be kept.
    with page.expect_event("requestfailed", lambda request: request.is_navigation_request()):
        page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.context.set_offline(False)
    page.goto(f"{address}/")
    page.goto(f"{address}/wiki/{slug}/edit")
    page.click("[data-take]")
    typed = "Un.\n\nTapé sans réseau, puis envoyé.\n"
    expect(page.locator("textarea[name=text]")).to_have_js_property("value", typed)
    save(page, slug)
    assert source(slug) == typed
    page.goto(f"{address}/wiki/{slug}/edit")
    expect(page.locator("textarea[name=text]")).to_have_js_property("value", typed)
    expect(page.locator("[data-take]")).to_have_count(0)


def end_sessions() -> None:
    """Every session ends, as after twelve hours or from another device."""
    with acting(None) as tx:
        tx.session.execute(update(SignIn).values(ended_at=tx.now))


def test_what_is_typed_outlives_the_session(
    site: Flask, people: Cast, address: str, signed_in: Guest, watch: Watch
) -> None:
    """Whoever signs in in another window goes on; whoever leaves the page finds the words again."""
    watch.expect("/proposals/typing)")
    # Every twenty seconds the page says that somebody writes on it: to no avail in between.
    watch.expect("/presence)")
    slug = write(people.amel, "Le fournil", "Un.\n")
    page = signed_in("amel", DESKTOP)
    page.goto(f"{address}/wiki/{slug}/edit")
    page.locator(".rich__text").click()
    page.keyboard.press("Control+End")
    end_sessions()
    page.keyboard.type(" Deux.")
    with page.expect_popup() as other:
        page.get_by_role("link", name="reconnectez-vous dans une autre fenêtre").click()
    sign_in(other.value)
    expect(other.value.locator("[data-person]").first).to_be_attached()
    other.value.close()
    page.evaluate("dispatchEvent(new Event('focus'))")
    page.get_by_text("est gardé pour vous seul").wait_for()
    save(page, slug)
    assert source(slug) == "Un. Deux.\n"

    page.goto(f"{address}/wiki/{slug}/edit")
    page.locator(".rich__text").click()
    page.keyboard.press("Control+End")
    end_sessions()
    page.keyboard.type(" Trois.")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page).not_to_have_url(f"{address}/wiki/{slug}/edit")
    expect(page.locator("main textarea").first).to_have_value(re.compile("Un. Deux. Trois."))
    assert_no_axe_violations(page)
    page.goto(f"{address}/sign-in")
    sign_in(page)
    expect(page).not_to_have_url(re.compile("/sign-in"))
    page.goto(f"{address}/wiki/{slug}/edit")
    page.click("[data-take]")
    save(page, slug)
    assert source(slug) == "Un. Deux. Trois.\n"
