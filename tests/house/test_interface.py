"""The rules of docs/interface.md that a machine can keep."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MACROS = sorted((ROOT / "templates" / "_macros").glob("*.html"))
SHEETS = sorted(
    path for path in (ROOT / "static" / "css").rglob("*.css") if "build" not in path.parts
)
WITH_COLOURS = {"tokens.css", "person.css", "print.css"}
BUDGET = 16 * 1024


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_a_template_has_no_inline_style_or_script(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"\sstyle=|<style\b|\son[a-z]+=\"", text)
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_words_to_translate_hold_no_bare_bracket(template: Path) -> None:
    """Jinja takes translated words for HTML: a name between brackets would not be shown."""
    assert re.findall(r'gettext\("[^"]*<|\b_\("[^"]*<', template.read_text()) == []


@pytest.mark.parametrize("macros", MACROS, ids=name)
def test_a_macro_file_begins_with_the_list_of_its_macros(macros: Path) -> None:
    text = macros.read_text()
    heading = text[: text.index("-#}")]
    public = re.findall(r"macro ([a-z]\w*)\(", text.removeprefix(heading))
    assert public
    assert [each for each in public if not re.search(rf"\b{each}\(", heading)] == []


def test_every_icon_that_a_template_names_is_drawn() -> None:
    sprite = (ROOT / "static" / "img" / "icons.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', sprite))
    pattern = r'(?:\bicon|\bdraw)\("([a-z-]+)"|\b(?:icon|shape)="([a-z-]+)"'
    named = {
        word
        for template in TEMPLATES
        for pair in re.findall(pattern, template.read_text())
        for word in pair
        if word
    }
    assert named
    assert named <= drawn


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_a_colour_has_a_name_and_stands_in_the_tokens(sheet: Path) -> None:
    if sheet.name not in WITH_COLOURS:
        assert re.findall(r"#[0-9a-f]{3,8}\b(?=[;,) ])", sheet.read_text()) == []


def test_the_bundle_begins_with_the_scripts_that_pages_name() -> None:
    named = {
        script
        for template in TEMPLATES
        for script in re.findall(r'src="\{\{ asset\("js/([\w-]+)\.js"\)', template.read_text())
    }
    build = (ROOT / "scripts" / "bundle.mjs").read_text()
    [begun] = re.findall(r"const scripts = \[([^]]*)\]", build)
    assert set(re.findall(r'"([\w-]+)"', begun)) == named


def test_every_style_sheet_is_imported_once() -> None:
    main = (ROOT / "static" / "css" / "main.css").read_text()
    imported = re.findall(r'@import "([^"]+)"', main)
    parts = [p.relative_to(ROOT / "static" / "css").as_posix() for p in SHEETS]
    assert sorted(imported) == sorted(set(parts) - {"main.css"})


def test_the_style_sheets_weigh_less_than_their_budget() -> None:
    text = "".join(sheet.read_text() for sheet in SHEETS)
    bare = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))
    assert len(gzip.compress(bare.encode())) < BUDGET
