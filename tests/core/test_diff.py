from hypothesis import given
from hypothesis import strategies as st

from intranet.core.blocks import split_blocks
from intranet.core.diff import LIMIT_BLOCK, LIMIT_LINES, Word, diff, word_diff
from tests.core.markdown_samples import ODD_SOURCE, PAGE


def side(words: tuple[Word, ...], kind: str) -> str:
    return "".join(text for step, text in words if step in ("equal", kind))


def test_paragraphs_come_first_and_words_inside_them() -> None:
    old = "# Congés\n\nChacun a cinq semaines.\n\nOn prévient.\n"
    new = "# Congés\n\nChacun a six semaines.\n\nOn prévient.\n\nFin.\n"
    found = diff(old, new)
    assert [block.kind for block in found.blocks] == ["equal", "changed", "equal", "added"]
    assert found.blocks[1].words == (
        ("equal", "Chacun a "),
        ("removed", "cinq"),
        ("added", "six"),
        ("equal", " semaines."),
    )
    assert not found.too_long
    assert not found.is_empty


def test_white_space_between_blocks_is_no_difference() -> None:
    assert diff("a\n\nb\n", "a\n\n\n\nb").is_empty


def test_french_words_are_whole() -> None:
    words = word_diff("l’assemblée des associés : oui", "l’équipe des associé·e·s : non")
    assert words == (
        ("equal", "l’"),
        ("removed", "assemblée"),
        ("added", "équipe"),
        ("equal", " des "),
        ("removed", "associés"),
        ("added", "associé·e·s"),
        ("equal", " : "),
        ("removed", "oui"),
        ("added", "non"),
    )
    assert word_diff("fin\u00a0!", "fin\u00a0?") == (
        ("equal", "fin"),
        ("removed", "\u00a0!"),
        ("added", "\u00a0?"),
    )


@given(st.text(max_size=200), st.text(max_size=200))
def test_word_differences_hold_both_texts(old: str, new: str) -> None:
    words = word_diff(old, new)
    assert side(words, "removed") == old
    assert side(words, "added") == new
    assert all(text for _, text in words)


@given(st.one_of(PAGE, ODD_SOURCE), st.one_of(PAGE, ODD_SOURCE))
def test_differences_hold_every_block_of_both_texts(old: str, new: str) -> None:
    found = diff(old, new)
    assert [b.old for b in found.blocks if b.kind != "added"] == [
        b.text for b in split_blocks(old) if b.text
    ]
    assert [b.new for b in found.blocks if b.kind != "removed"] == [
        b.text for b in split_blocks(new) if b.text
    ]
    assert all(b.old == b.new for b in found.blocks if b.kind == "equal")


def test_a_block_that_is_too_long_is_shown_whole_and_said_so() -> None:
    line = "mot " * LIMIT_BLOCK
    found = diff(line + "a", line + "b")
    assert found.too_long
    assert [(block.kind, block.words) for block in found.blocks] == [("changed", ())]


def test_a_long_rulebook_is_compared_paragraph_by_paragraph() -> None:
    old = [" ".join(f"mot{(n * 7 + k) % 300}" for k in range(50)) for n in range(500)]
    new = [text.replace("mot1 ", "autre ") if n % 3 == 0 else text for n, text in enumerate(old)]
    found = diff("\n\n".join(old), "\n\n".join(new))
    assert not found.too_long
    assert len(found.blocks) == 500
    assert {block.kind for block in found.blocks} == {"equal", "changed"}


def test_five_thousand_identical_lines_are_compared() -> None:
    old, new = "même ligne\n" * 5000, "même ligne\n" * 4990 + "autre\n" + "même ligne\n" * 20
    assert [block.kind for block in diff(old, new).blocks] == ["changed"]
    parted = diff(old.replace("\n", "\n\n"), new.replace("\n", "\n\n"))
    assert [b.new for b in parted.blocks if b.kind == "added"][:1] == ["autre"]


def test_a_line_of_a_megabyte_is_answered() -> None:
    found = diff("x" * 1_000_000, "x" * 999_999 + "y")
    assert found.too_long


def test_too_many_lines_are_shown_whole_and_said_so() -> None:
    found = diff("mot\n\n" * LIMIT_LINES, "mots\n\n" * LIMIT_LINES)
    assert found.too_long
    assert [block.kind for block in found.blocks] == ["changed"]
    assert not found.is_empty
