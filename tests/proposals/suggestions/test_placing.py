"""T88, T89: a change keeps to the paragraph it was written for, wherever that paragraph goes."""

from __future__ import annotations

import pytest

from intranet.core.block_changes import BlockChange, StaleBlock, apply_changes, changes_to
from intranet.core.blocks import Block, IdentifiedBlock
from intranet.proposals.suggestions.placing import TextChange, carried_over, collide, rivals


def blocks(**texts: str) -> tuple[IdentifiedBlock, ...]:
    return tuple(
        IdentifiedBlock(name, Block("paragraph", text, "\n\n" if place else "", ""))
        for place, (name, text) in enumerate(texts.items())
    )


TEXT = blocks(a="Le lundi, tout le monde vient.", b="Le mardi est libre.", c="Le midi, on mange.")


def replaced(block_id: str, old: str, new: str) -> BlockChange:
    return BlockChange("replace", block_id, old, new)


A = replaced("a", TEXT[0].text, "Le lundi, personne ne vient.")
A2 = replaced("a", TEXT[0].text, "Le lundi, chacun·e choisit.")
B = replaced("b", TEXT[1].text, "Le mardi est travaillé.")
BEHIND_A = BlockChange("insert_after", "a", "", "Sauf en août.")


def about(*changes: BlockChange, rule: int | None = None) -> TextChange:
    return TextChange(rule, changes)


def test_t89_two_changes_collide_on_one_paragraph_only() -> None:
    assert collide(about(A), about(A2))
    assert collide(about(A, B), about(B))
    assert not collide(about(A), about(B))
    assert not collide(about(A), about(BEHIND_A))


def test_the_same_place_in_two_rules_is_not_one_place() -> None:
    first = BlockChange("insert_after", None, "", "Préambule.")
    assert collide(about(first, rule=1), about(first, rule=1))
    assert not collide(about(first, rule=1), about(first, rule=2))


def test_rivals_of_a_rival_are_on_the_same_ballot() -> None:
    changes = {1: about(A), 2: about(A2, B), 3: about(B), 4: about(BEHIND_A)}
    assert rivals(1, changes) == (1, 2, 3)
    assert rivals(4, changes) == (4,)


def test_a_change_follows_its_paragraph() -> None:
    new = blocks(n="Nous en parlons souvent.", x=TEXT[0].text, y="Le mardi est libre, ou presque.")
    assert carried_over([A], TEXT, new) == (replaced("x", A.old_text, A.new_text),)
    behind_b = BlockChange("insert_after", "b", "", "Sauf en mai.")
    assert carried_over([behind_b], TEXT, new)[0].block_id == "y"


@pytest.mark.parametrize(
    "new", [blocks(a="Le lundi, chacun·e choisit."), blocks(z="Tout autre chose, sans rapport.")]
)
def test_a_change_is_never_put_on_other_words(new: tuple[IdentifiedBlock, ...]) -> None:
    with pytest.raises(StaleBlock):
        carried_over([A], TEXT, new)


@pytest.mark.parametrize(
    "changes",
    [
        [A],
        [A, BEHIND_A],
        [BlockChange("remove", "b", TEXT[1].text, "")],
        [BlockChange("insert_after", None, "", "Préambule."), B],
        [A, BlockChange("remove", "b", TEXT[1].text, ""), BEHIND_A],
        [BlockChange("remove", "a", TEXT[0].text, ""), BEHIND_A],
    ],
)
def test_the_changes_between_two_texts_make_one_of_the_other(changes: list[BlockChange]) -> None:
    ids = iter("vwxyz")
    result = apply_changes(TEXT, changes, lambda: next(ids))
    found = changes_to(TEXT, result)
    again = iter("vwxyz")
    made = apply_changes(TEXT, found, lambda: next(again))
    assert [block.text for block in made] == [block.text for block in result]
