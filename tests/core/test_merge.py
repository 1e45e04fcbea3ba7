import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.core.blocks import split_blocks
from intranet.core.merge import Conflict, merge
from tests.core.markdown_samples import ODD_SOURCE, PAGE

BASE = (
    "# Vie commune\n\nOn mange ensemble le mardi.\n\nOn range après.\n\nOn paie en fin de mois.\n"
)


def test_changes_to_different_paragraphs_are_put_together() -> None:
    mine = BASE.replace("mardi", "jeudi")
    theirs = BASE.replace("fin de mois", "début de mois")
    assert merge(BASE, mine, theirs).text == mine.replace("fin de mois", "début de mois")


def test_changes_to_neighbouring_paragraphs_are_put_together() -> None:
    mine = BASE.replace("mardi", "jeudi")
    theirs = BASE.replace("On range après.", "On range juste après le repas.")
    merged = merge(BASE, mine, theirs).text
    assert merged is not None
    assert "jeudi" in merged
    assert "juste après le repas" in merged


def test_the_same_paragraph_changed_twice_is_a_conflict() -> None:
    merged = merge(BASE, BASE.replace("mardi", "jeudi"), BASE.replace("mardi", "lundi"))
    assert merged.text is None
    assert merged.conflicts == (
        Conflict(
            "On mange ensemble le mardi.",
            "On mange ensemble le jeudi.",
            "On mange ensemble le lundi.",
        ),
    )


def test_words_of_one_paragraph_are_never_mixed() -> None:
    base = "Un premier mot et un dernier mot dans la même phrase.\n"
    merged = merge(base, base.replace("premier", "nouveau"), base.replace("dernier", "ultime"))
    assert merged.text is None


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    both = BASE.replace("mardi", "jeudi")
    assert merge(BASE, both, both).text == both


def test_what_one_side_removed_stays_removed() -> None:
    mine = BASE.replace("On range après.\n\n", "")
    theirs = BASE.replace("mardi", "jeudi")
    merged = merge(BASE, mine, theirs).text
    assert merged == mine.replace("mardi", "jeudi")


def test_a_paragraph_removed_here_and_changed_there_is_a_conflict() -> None:
    mine = BASE.replace("On range après.\n\n", "")
    merged = merge(BASE, mine, BASE.replace("On range après", "On range juste après"))
    assert merged.conflicts == (Conflict("On range après.", "", "On range juste après."),)


def test_two_insertions_at_one_place_are_a_conflict() -> None:
    mine = BASE.replace("On range", "Une idée.\n\nOn range")
    theirs = BASE.replace("On range", "Tout autre chose.\n\nOn range")
    assert merge(BASE, mine, theirs).conflicts == (Conflict("", "Une idée.", "Tout autre chose."),)


def test_an_insertion_beside_a_changed_paragraph_merges() -> None:
    mine = BASE.replace("mardi", "jeudi")
    theirs = BASE.replace("On range", "Chacun lave son verre.\n\nOn range")
    merged = merge(BASE, mine, theirs).text
    assert merged == mine.replace("On range", "Chacun lave son verre.\n\nOn range")


def test_a_text_that_would_swallow_its_neighbours_is_not_merged() -> None:
    mine = BASE.replace("On mange ensemble le mardi.", "```\nOn mange ensemble le mardi.")
    theirs = BASE.replace("fin de mois", "début de mois")
    assert merge(BASE, mine, theirs).text is None


@given(PAGE, PAGE)
def test_one_side_alone_is_taken_as_it_is(base: str, mine: str) -> None:
    assert merge(base, mine, base).text == mine
    assert merge(base, base, mine).text == mine
    assert merge(base, mine, mine).text == mine


@given(PAGE, PAGE, PAGE)
def test_both_sides_are_treated_alike(base: str, mine: str, theirs: str) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert (one.text is None) == (other.text is None)
    assert [(c.base, c.mine, c.theirs) for c in one.conflicts] == [
        (c.base, c.theirs, c.mine) for c in other.conflicts
    ]


@given(PAGE, PAGE, PAGE)
def test_a_merged_text_is_made_of_whole_blocks_of_its_sources(
    base: str, mine: str, theirs: str
) -> None:
    merged = merge(base, mine, theirs)
    known = {b.text for source in (base, mine, theirs) for b in split_blocks(source)}
    if merged.text is None:
        assert merged.conflicts
    else:
        assert not merged.conflicts
        assert {block.text for block in split_blocks(merged.text)} <= known | {""}


@given(ODD_SOURCE, ODD_SOURCE, ODD_SOURCE)
def test_any_texts_merge_or_conflict_and_no_marker_is_written(
    base: str, mine: str, theirs: str
) -> None:
    merged = merge(base, mine, theirs)
    assert (merged.text is None) == bool(merged.conflicts)
    assert "<<<<<<<" not in (merged.text or "")


@given(st.lists(st.sampled_from("abcdef"), max_size=8), st.data())
def test_edits_in_different_places_always_merge(letters: list[str], data: st.DataObject) -> None:
    texts = [f"{letter} numéro {n} du texte" for n, letter in enumerate(letters)]
    touched = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    mine = [f"{t} revu" if side else t for t, side in zip(texts, touched, strict=True)]
    theirs = [t if side else f"{t} corrigé" for t, side in zip(texts, touched, strict=True)]
    wanted = [f"{t} {'revu' if s else 'corrigé'}" for t, s in zip(texts, touched, strict=True)]
    assert merge(*("\n\n".join(side) for side in (texts, mine, theirs))).text == "\n\n".join(wanted)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_line_endings_are_kept(line_end: str) -> None:
    base, mine, theirs = (
        text.replace("\n", line_end)
        for text in (BASE, BASE.replace("mardi", "jeudi"), BASE + "\nFin.\n")
    )
    wanted = (BASE.replace("mardi", "jeudi") + "\nFin.\n").replace("\n", line_end)
    assert merge(base, mine, theirs).text == wanted
