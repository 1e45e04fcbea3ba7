import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.core.blocks import join_blocks, split_blocks
from tests.core.corpus import corpus_texts
from tests.core.markdown_samples import ODD_SOURCE, PAGE_BLOCKS, page


def kinds(source: str) -> list[str]:
    return [block.kind for block in split_blocks(source)]


def test_each_kind_of_block_is_recognised() -> None:
    source = (
        "---\ntitle: x\n---\n# Titre\n\nTexte\nsuite\n\n- a\n\n  suite\n- b\n\n> cité\n\n"
        "```\ncode\n\nencore\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n***\n\n<!-- caché -->\n\n"
        "    indenté\n\nTitre souligné\n---\n"
    )
    assert kinds(source) == [
        *("front_matter", "heading", "paragraph", "list", "quote", "code", "table", "rule"),
        *("html", "code", "heading"),
    ]


@pytest.mark.parametrize(
    "source", ["", "\n", "\n\n \n", "a", "a\n", "\n\na\n\n\n", "a\r\n\r\nb", "\ra\r"]
)
def test_blocks_join_to_the_source(source: str) -> None:
    assert join_blocks(split_blocks(source)) == source


@given(ODD_SOURCE)
def test_any_source_joins_again_byte_for_byte(source: str) -> None:
    blocks = split_blocks(source)
    assert join_blocks(blocks) == source
    assert all(block.text or len(blocks) == 1 for block in blocks)
    assert all(not block.gap_after for block in blocks[:-1])


@given(st.text(max_size=300))
def test_any_text_joins_again(source: str) -> None:
    assert join_blocks(split_blocks(source)) == source


@given(PAGE_BLOCKS)
def test_what_stands_between_blank_lines_is_a_block(blocks: list[str]) -> None:
    texts = [block.text for block in split_blocks(page(blocks))]
    assert [text for text in texts if text != "Puis :"] == blocks


@pytest.mark.parametrize(
    "block",
    [
        "- a\n  - b\n\n    suite\n- c",
        "1. un\n\n   ```\n   code\n\n   code\n   ```\n2. deux",
        "- a\nlazy",
        "```\n# pas un titre\n\n- pas une liste\n```",
        "~~~\nnever closed\n\nstill code",
        "<details>\n<summary>x</summary>\n\ncaché\n\n</details>",
        "<!-- un\n\ndeux -->",
        "!!! note\n    un\n\n    deux",
        "> [!NOTE]\n> un\n>\n> deux",
        "[^1]: une note\n\n    sa suite",
        "Terme\n:   Définition",
        "::: tip\na\n\nb\n:::",
        "$$\nx\n\ny\n$$",
    ],
)
def test_what_belongs_together_is_one_block(block: str) -> None:
    assert [found.text for found in split_blocks(f"avant\n\n{block}")] == ["avant", block]


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("# Titre\nTexte", ["# Titre", "Texte"]),
        ("Texte\n- a\n- b", ["Texte", "- a\n- b"]),
        ("Texte\n```\ncode\n```\nfin", ["Texte", "```\ncode\n```", "fin"]),
        ("Texte\n2. pas une liste", ["Texte\n2. pas une liste"]),
        ("- a\n* b", ["- a", "* b"]),
        ("- a\n\n\nb", ["- a", "b"]),
        ("1. a\n<!-- 1. b -->", ["1. a", "<!-- 1. b -->"]),
        ("texte\n| a | b |\n|---|---|\n| 1 | 2 |", ["texte", "| a | b |\n|---|---|\n| 1 | 2 |"]),
        ("<!-- jamais fermé\n\ntexte", ["<!-- jamais fermé", "texte"]),
        ("```\ncode\n\n\n", ["```\ncode"]),
        ("<details>\n\ntexte", ["<details>", "texte"]),
        ("[a]: /b\n[c]: </d> 'e'\n---\nfin", ["[a]: /b\n[c]: </d> 'e'", "---", "fin"]),
        ("[a]: /b\nTitre\n---", ["[a]: /b\nTitre\n---"]),
        ("#mot-clé\n\n*[AG]: assemblée", ["#mot-clé", "*[AG]: assemblée"]),
    ],
)
def test_where_one_block_ends_and_the_next_begins(source: str, texts: list[str]) -> None:
    assert [block.text for block in split_blocks(source)] == texts


def test_every_real_text_joins_again_byte_for_byte() -> None:
    for name, text in corpus_texts():
        assert join_blocks(split_blocks(text)) == text, name
        assert join_blocks(split_blocks(text.replace("\n", "\r\n"))) == text.replace("\n", "\r\n")


def test_hostile_texts_are_cut_in_time_proportional_to_their_length() -> None:
    for unit in (
        "- ",
        "> ",
        "- - ",
        "<!--",
        "<details>\n",
        "- a\nb\n",
        "```",
        "[^1]:\n",
        "::: a\n",
    ):
        source = unit * (200_000 // len(unit))
        assert join_blocks(split_blocks(source)) == source
