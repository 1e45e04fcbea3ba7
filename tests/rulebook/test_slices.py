"""Stored HTML cut into paragraphs, and the numbers that a day gives them."""

from __future__ import annotations

from datetime import date

from intranet.core.blocks import split_blocks
from intranet.rulebook.numbering import Counter
from intranet.rulebook.slices import heading_level, moved, sliced, with_number
from intranet.wiki.directory import Directory
from intranet.wiki.links import PageLinks
from intranet.wiki.rendering import Origin, draw

TEXT = """# Congés

On prévient[^a] avec `<div class="block" id="b-x">`, voir <b> "ici".

## Durée

- a
- b

[^a]: Une note.
"""


def drawn() -> str:
    blocks = split_blocks(TEXT)
    origins = [Origin(f"id{n}", "AG-2026-001", date(2026, 1, 1)) for n in range(len(blocks))]
    links = PageLinks(Directory(), "workers")
    return draw(TEXT, origins, links, title="Congés", language="fr", amendable_at="conges").html


def test_a_stored_text_is_cut_into_its_paragraphs_without_their_margins() -> None:
    found = sliced(drawn())
    assert list(found.paragraphs) == ["id0", "id1", "id2", "id3", "id4"]
    assert found.paragraphs["id1"].startswith("<p>On prévient")
    assert found.paragraphs["id1"].endswith('&lt;b&gt; "ici".</p>')
    assert found.paragraphs["id3"] == "<ul><li>a</li><li>b</li></ul>"
    assert "block__margin" not in "".join(found.paragraphs.values())
    assert found.notes.startswith('<div class="footnote">')
    assert found.first_level == 3


def test_ids_get_a_prefix_and_headings_step_down_but_words_stay() -> None:
    found = sliced(drawn())
    first = moved(found.paragraphs["id1"], "r7-", 1)
    assert 'href="#r7-fn:a"' in first
    assert 'id="r7-fnref:a"' in first
    assert '&lt;div class="block" id="b-x"&gt;' in first
    heading = moved(found.paragraphs["id2"], "r7-", 1)
    assert heading == '<h4 id="r7-h-duree">Durée</h4>'
    assert heading_level(heading) == 4
    assert with_number(heading, "2.1") == '<h4 id="r7-h-duree">2.1 Durée</h4>'
    assert heading_level(first) == 0


def test_sections_and_paragraphs_are_numbered_in_order() -> None:
    counter = Counter(4, 4)
    assert counter.paragraph("paragraph") == 1
    assert counter.section(4, "<h4>Durée</h4>") == "4.1"
    assert counter.paragraph("heading") is None
    assert counter.section(5, "<h5>Été</h5>") == "4.1.1"
    assert counter.paragraph("list") == 2
    assert counter.section(5, "<h5>Hiver</h5>") == "4.1.2"
    assert counter.section(4, "<h4>Fin</h4>") == "4.2"
    assert counter.section(5, "<h5>Suite</h5>") == "4.2.1"


def test_a_heading_that_was_decided_with_its_number_keeps_it() -> None:
    counter = Counter(4, 4)
    assert counter.section(4, "<h4>Article 12 – Durée</h4>") == ""
    assert counter.section(4, "<h4>3. Durée</h4>") == ""
    assert counter.section(4, "<h4>Trois jours</h4>") == "4.1"
