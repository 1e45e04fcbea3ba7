"""Rich text over Markdown: what was not changed comes back as it was written, to the byte."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.editing import empty_page, in_editor, is_built, open_text
from benchmarks.fidelity import TYPE, WORD, changed_lines
from tests.browser import DESKTOP, PHONE, assert_fits, assert_no_axe_violations
from tests.cast import Cast
from tests.environment import missing
from tests.flows.conftest import Guest
from tests.wiki.writing import source, write

pytestmark = pytest.mark.browser

TORTURE = (Path(__file__).parent / "torture.md").read_text(encoding="utf-8")
SMALL = (
    "",
    "\n\n",
    "Un mot",
    "Un mot\n\n\n",
    "\n\n  Un mot  \n\n\n\n# Titre\nsuite",
    "---\ntitre: vide\n---\n",
    "\ufeff# Marque d’ordre\n",
    "- a\n\n\n- b\n* c\n\n[^1]\n\n[^1]: note",
    "| a |\n|---|\n| b",
    "> a\n\n> b\n    code\n\n\ttab",
    "a  \nb\\\nc\n***\n",
)
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
RANDOM_EDITS = (Path(__file__).parent / "random_edits.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """A page with the bundle; everything its console says is a failure."""
    if not is_built():
        missing("The bundle is missing (make bundle)")
    page = empty_page(chromium)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    page.close()
    assert said == []


def test_x6_a_page_that_is_only_opened_comes_back_to_the_byte(page: Page) -> None:
    for text in (TORTURE, *SMALL):
        saved = open_text(page, text)
        assert saved.text == text
        assert saved.touched == 0


def test_x6_a_word_costs_at_most_one_line_wherever_it_is_typed(page: Page) -> None:
    costs = []
    for place in range(40):
        open_text(page, TORTURE)
        saved = in_editor(page, TYPE, [place / 40, WORD])
        costs.append(changed_lines(TORTURE, saved.text))
        assert WORD.strip() in saved.text
    assert costs == [1] * 40


@pytest.mark.parametrize("seed", range(6))
def test_x6_whatever_is_edited_every_other_block_keeps_its_bytes(page: Page, seed: int) -> None:
    open_text(page, TORTURE)
    found = in_editor(page, RANDOM_EDITS, [seed, 40]).text
    assert found == '{"problems":[],"isUndone":true,"isChanged":true}'


def test_a_page_is_written_in_rich_text_with_links_a_picture_and_keys(
    signed_in: Guest, address: str, people: Cast
) -> None:
    """At 1280: rich text from the start; one word, a link, a picture, saved, one line changed."""
    if not is_built():
        missing("The bundle is missing (make bundle)")
    slug = write(people.amel, "Vie à l’atelier", TORTURE)
    write(people.amel, "Congés et absences")
    page = signed_in("amel", DESKTOP)
    picture = f"/wiki/{slug}/files/plan.png"
    answer = {"url": picture, "name": "plan.png", "image": True, "markdown": f"![plan]({picture})"}
    page.route(f"**/wiki/{slug}/files", lambda route: route.fulfill(status=201, json=answer))
    page.route(f"**{picture}", lambda route: route.fulfill(body=PIXEL, content_type="image/png"))
    page.goto(f"{address}/wiki/{slug}/edit")
    text = page.locator(".rich__text")
    text.wait_for()
    assert_no_axe_violations(page)
    line = text.locator("p", has_text="snake_case_partout")
    line.click()
    page.keyboard.press("End")
    page.keyboard.type(" Voir [[conges ab")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("Enter")
    expect(text).to_contain_text("Congés et absences")
    page.keyboard.press("Control+b")
    page.keyboard.type(" gras")
    page.keyboard.press("Control+b")
    page.set_input_files(
        "[data-file-picker]", {"name": "plan.png", "mimeType": "image/png", "buffer": PIXEL}
    )
    text.locator(f'img[src="{picture}"]').wait_for()
    page.fill("input[name=summary]", "Un lien et un plan")
    page.click("button[value=changes]")
    expect(page.locator("#changes")).to_be_visible()
    page.locator(".rich__text").wait_for()
    page.click("button[value=save]")
    page.wait_for_url(f"{address}/wiki/{slug}")
    saved = source(slug)
    assert changed_lines(TORTURE, saved) == 1
    assert f"[[Congés et absences]] **gras**![plan]({picture})" in saved


def test_the_text_stays_one_whatever_the_mode_also_on_a_phone(
    signed_in: Guest, address: str, people: Cast
) -> None:
    """At 390: Markdown first, rich text when asked for."""
    if not is_built():
        missing("The bundle is missing (make bundle)")
    slug = write(people.amel, "Vie", TORTURE)
    page = signed_in("amel", PHONE)
    page.goto(f"{address}/wiki/{slug}/edit")
    area = page.locator("textarea[name=text]")
    expect(area).to_be_visible()
    page.click("[data-mode=rich]")
    page.locator(".rich__text").wait_for()
    expect(area).to_be_hidden()
    links = ["Congés", "les congés", "leur durée", "AG-2026-014", "![[Congés#Durée]]", "congés"]
    expect(page.locator(".piece-as-written--wiki")).to_have_text(links, use_inner_text=True)
    assert_no_axe_violations(page)
    assert_fits(page)
    page.click("[data-mode=source]")
    expect(area).to_have_js_property("value", TORTURE)
    page.locator("[data-preview-target] table").first.wait_for()
    assert_fits(page)
    area.press("Control+End")
    area.type("Avec [[vi")
    page.locator("[role=option]").first.wait_for()
    assert_no_axe_violations(page)
    area.press("Enter")
    expect(area).to_have_js_property("value", TORTURE + "Avec [[Vie]]")
    page.click("[data-mode=rich]")
    page.locator(".rich__text .piece-as-written", has_text="Vie").first.wait_for()
    page.click("button[value=save]")
    page.wait_for_url(f"{address}/wiki/{slug}")
    assert source(slug) == TORTURE + "Avec [[Vie]]"


def test_a_choice_waits_for_the_answer_to_all_letters_typed(
    signed_in: Guest, address: str, people: Cast
) -> None:
    """A list that answers the first letters holds another page than the one that is meant."""
    for title in ("Comptes", "Congés et absences"):
        write(people.amel, title)
    slug = write(people.amel, "Vie")
    page = signed_in("amel", PHONE)
    page.goto(f"{address}/wiki/{slug}/edit")
    area = page.locator("textarea[name=text]")
    area.press("Control+End")
    area.type(" [[co")
    page.get_by_role("option", name="Comptes").wait_for()
    area.type("ng")
    area.press("Enter")
    expect(area).to_have_value("Un texte. [[Congés et absences]]")


def test_what_is_typed_at_a_link_never_takes_its_place(page: Page) -> None:
    """A click puts the cursor beside it; one that is chosen gives way to the next letter."""
    save = "() => window.editor.save()"
    wrapped = "document.querySelector('.ProseMirror').style.whiteSpace = 'pre-wrap'"
    open_text(page, "Voir [[Congés]] ici.\n")
    page.evaluate(wrapped)
    page.locator(".piece-as-written").click()
    page.keyboard.type("x")
    assert in_editor(page, save).text in ("Voir x[[Congés]] ici.\n", "Voir [[Congés]]x ici.\n")


def test_a_task_without_words_yet_is_saved(page: Page) -> None:
    """As after Enter at the end of a list of tasks."""
    open_text(page, "Avant.\n\n- [ ] Un\n- [ ] Deux\n")
    emptied = "() => { const { view } = editor; view.dispatch(view.state.tr.delete(11, 13));"
    saved = in_editor(page, emptied + " return editor.save(); }")
    assert saved.text == "Avant.\n\n- [ ] \n- [ ] Deux\n"
    assert open_text(page, saved.text).text == saved.text


def test_the_preview_stands_where_one_writes(signed_in: Guest, address: str, people: Cast) -> None:
    text = "\n\n".join(f"Le paragraphe numéro {number} de la page." for number in range(120))
    slug = write(people.amel, "Longue", text)
    page = signed_in("amel", DESKTOP)
    page.goto(f"{address}/wiki/{slug}/edit")
    if is_built():
        page.locator(".rich__text").wait_for()
        page.click("[data-mode=source]")
    last = page.locator("[data-preview-target] p").last
    last.wait_for()
    area = page.locator("textarea[name=text]")
    area.press("Control+End")
    area.type(" Fin.")
    page.locator("[data-preview-target]", has_text="de la page. Fin.").wait_for()
    expect(last).to_be_in_viewport()
    area.press("Control+Home")
    expect(page.locator("[data-preview-target] p").first).to_be_in_viewport()
    expect(last).not_to_be_in_viewport()
