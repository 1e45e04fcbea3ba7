import json
from itertools import count

import pytest
from hypothesis import assume, given

from intranet.core.block_changes import (
    BlockChange,
    EntangledChange,
    StaleBlock,
    apply_changes,
    changes_between,
)
from intranet.core.block_match import identify
from intranet.core.blocks import join_blocks, split_blocks
from tests.core.corpus import corpus_texts
from tests.core.markdown_samples import ODD_SOURCE, PAGE, identified

RULE = "# Congés\n\nChacun a cinq semaines de congés.\n\nOn prévient un mois avant.\n"


def applied(source: str, *changes: BlockChange) -> str:
    numbers = count(1)
    blocks = apply_changes(identified(source), changes, lambda: f"new{next(numbers)}")
    return join_blocks(block.block for block in blocks)


def test_an_amendment_of_one_paragraph_is_one_replacement() -> None:
    new = RULE.replace("cinq", "six")
    (change,) = changes_between(identified(RULE), new)
    assert change == BlockChange(
        "replace", "b2", "Chacun a cinq semaines de congés.", "Chacun a six semaines de congés."
    )
    assert applied(RULE, change) == new


def test_an_insertion_names_the_block_before_it() -> None:
    new = RULE.replace("\n\nOn", "\n\nSauf en été.\n\nEt en hiver.\n\nOn")
    (change,) = changes_between(identified(RULE), new)
    assert change == BlockChange("insert_after", "b2", "", "Sauf en été.\n\nEt en hiver.")
    assert applied(RULE, change) == new


def test_an_insertion_at_the_start_and_one_at_the_end() -> None:
    new = "Préambule.\n\n" + RULE + "\nFin du règlement.\n"
    changes = changes_between(identified(RULE), new)
    assert [change.block_id for change in changes] == [None, "b3"]
    assert applied(RULE, *changes) == new


def test_a_removal_names_the_text_that_goes() -> None:
    (change,) = changes_between(identified(RULE), "# Congés\n\nOn prévient un mois avant.\n")
    assert change == BlockChange("remove", "b2", "Chacun a cinq semaines de congés.", "")


def test_blocks_that_nobody_touched_keep_id_and_text() -> None:
    changes = changes_between(identified(RULE), RULE.replace("cinq", "six"))
    moved_on = "Une note ajoutée entre-temps.\n\n" + RULE
    blocks = identify(moved_on, identified(RULE), lambda: "b9")
    result = apply_changes(blocks, changes, lambda: "new")
    assert [block.id for block in result] == ["b9", "b1", "b2", "b3"]
    source = join_blocks(block.block for block in result)
    assert source == moved_on.replace("cinq", "six")


def test_a_change_to_a_block_that_has_moved_on_is_refused() -> None:
    changes = changes_between(identified(RULE), RULE.replace("cinq", "six"))
    with pytest.raises(StaleBlock) as refusal:
        applied(RULE.replace("cinq", "quatre"), *changes)
    assert refusal.value.block_id == "b2"


def test_a_change_to_a_block_that_is_gone_is_refused() -> None:
    with pytest.raises(StaleBlock):
        applied(RULE, BlockChange("remove", "b9", "Parti.", ""))
    with pytest.raises(StaleBlock):
        applied(RULE, BlockChange("insert_after", "b9", "", "Après rien."))


def test_two_changes_to_one_block_are_refused() -> None:
    change = BlockChange("remove", "b1", "# Congés", "")
    with pytest.raises(ValueError, match="two changes"):
        applied(RULE, change, change)


def test_an_insertion_after_a_removed_block_takes_its_place() -> None:
    remove = BlockChange("remove", "b2", "Chacun a cinq semaines de congés.", "")
    insert = BlockChange("insert_after", "b2", "", "À chacun de décider.")
    result = applied(RULE, remove, insert)
    assert result == "# Congés\n\nÀ chacun de décider.\n\nOn prévient un mois avant.\n"


def test_a_block_replaced_by_two_keeps_its_id_on_the_similar_one() -> None:
    change = BlockChange(
        "replace",
        "b2",
        "Chacun a cinq semaines de congés.",
        "Voici la règle.\n\nChacun a six semaines de congés.",
    )
    result = apply_changes(identified(RULE), [change], lambda: "new")
    assert [block.id for block in result] == ["b1", "new", "b2", "b3"]


@pytest.mark.parametrize("text", ["```\nunclosed", "<!-- a", "~~~"])
def test_a_change_that_swallows_other_blocks_is_refused(text: str) -> None:
    source = "un\n\ndeux\n\n<!-- b -->\n"
    with pytest.raises(EntangledChange):
        applied(source, BlockChange("insert_after", "b1", "", text))


def test_neighbours_never_run_together() -> None:
    source = "# Titre\nTexte\n"
    assert applied(source, BlockChange("replace", "b1", "# Titre", "Titre")) == "Titre\n\nTexte\n"
    assert applied("a\n***\nb\n", BlockChange("remove", "b2", "***", "")) == "a\n\nb\n"


def test_line_endings_of_the_page_are_kept() -> None:
    assert applied("un\r\n", BlockChange("insert_after", "b1", "", "deux")) == "un\r\n\r\ndeux\r\n"


def test_a_page_may_start_empty_and_end_empty() -> None:
    insert = BlockChange("insert_after", None, "", "Premier texte.")
    assert applied("", insert) == "Premier texte.\n"
    assert applied("a\n", BlockChange("remove", "b1", "a", "")) == ""


def test_changes_survive_json() -> None:
    for change in changes_between(
        identified(RULE), "Autre chose.\n\n" + RULE.replace("un", "deux")
    ):
        assert BlockChange.from_json(json.loads(json.dumps(change.to_json()))) == change


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"kind": "drop", "block_id": "b", "old_text": "", "new_text": ""},
        {"kind": "replace", "block_id": None, "old_text": "", "new_text": ""},
        {"kind": "remove", "block_id": "b", "old_text": 1, "new_text": ""},
        {"kind": ["replace"], "block_id": "b", "old_text": "", "new_text": ""},
    ],
)
def test_what_is_no_change_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a change"):
        BlockChange.from_json(values)


@given(PAGE, PAGE)
def test_changes_applied_to_the_base_give_the_new_text(base: str, new: str) -> None:
    assume(base and new)
    blocks = identified(base)
    changes = changes_between(blocks, new)
    numbers = count(1)
    result = apply_changes(blocks, changes, lambda: f"new{next(numbers)}")
    assert join_blocks(block.block for block in result) == new
    ids = [block.id for block in result]
    assert len(ids) == len(set(ids))
    touched = {change.block_id for change in changes if change.kind != "insert_after"}
    untouched = {block.id: block.text for block in blocks if block.id not in touched}
    assert {b.id: b.text for b in result if b.id in untouched} == untouched


@given(ODD_SOURCE, ODD_SOURCE)
def test_whatever_the_texts_the_blocks_are_the_new_ones_or_it_is_refused(
    base: str, new: str
) -> None:
    blocks = identified(base)
    changes = changes_between(blocks, new)
    try:
        result = apply_changes(blocks, changes, lambda: "new")
    except EntangledChange:
        return
    wanted = [block.text for block in split_blocks(new) if block.text]
    assert [block.text for block in result if block.text] == wanted


def test_no_change_is_found_in_real_texts_that_did_not_change() -> None:
    for name, text in corpus_texts():
        assert changes_between(identified(text), text) == (), name
        assert applied(text) == text, name
