from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from intranet.core.block_match import identify, match_blocks, similarity
from tests.core.markdown_samples import ODD_SOURCE, PAGE, PAGE_BLOCKS, identified, page


def ids_after(old: str, new: str) -> list[str]:
    numbers = count(1)
    return [b.id for b in identify(new, identified(old), lambda: f"new{next(numbers)}")]


def test_a_changed_paragraph_keeps_its_id() -> None:
    old = "# Congés\n\nChacun a droit à cinq semaines de congés.\n\nFin.\n"
    new = "# Congés\n\nChacun a droit à six semaines de congés payés.\n\nFin.\n"
    assert ids_after(old, new) == ["b1", "b2", "b3"]


def test_an_inserted_paragraph_gets_a_new_id_and_moves_no_other() -> None:
    old = "Un premier texte.\n\nUn autre propos.\n"
    new = "Un premier texte.\n\nQuelque chose de neuf ici.\n\nUn autre propos.\n"
    assert ids_after(old, new) == ["b1", "new1", "b2"]


def test_a_moved_paragraph_keeps_its_id() -> None:
    old = "Premier alinéa.\n\nDeuxième phrase.\n\nTroisième point.\n"
    new = "Troisième point.\n\nPremier alinéa.\n\nDeuxième phrase.\n"
    assert ids_after(old, new) == ["b3", "b1", "b2"]


def test_a_rewritten_paragraph_is_another_one() -> None:
    assert ids_after("Le vin est tiré.\n", "Cotisations et budget annuel.\n") == ["new1"]


def test_a_corrected_accent_keeps_the_id_of_a_short_title() -> None:
    assert ids_after("# Conges\n", "# Congés\n") == ["b1"]


def test_repeated_texts_keep_their_ids_in_order() -> None:
    assert ids_after("a\n\na\n\na\n", "a\n\na\n") == ["b1", "b2"]


@given(PAGE, PAGE)
def test_no_id_is_given_twice(old: str, new: str) -> None:
    ids = ids_after(old, new)
    assert len(ids) == len(set(ids))
    assert ids == ids_after(old, new)


@given(ODD_SOURCE)
def test_an_unchanged_text_keeps_every_id(source: str) -> None:
    old = identified(source)
    assert [block.id for block in old if block.text] == [
        i for i, b in zip(ids_after(source, source), old, strict=True) if b.text
    ]


@given(PAGE_BLOCKS.filter(lambda b: len(set(b)) == len(b)), st.integers(0, 12))
def test_an_insertion_keeps_the_ids_of_all_others(blocks: list[str], place: int) -> None:
    place = min(place, len(blocks))
    old = identified(page(blocks))
    texts = [block.text for block in old]
    place = min(place, len(texts))
    new = [*texts[:place], "zzz yyy xxx www", *texts[place:]]
    ids = match_blocks(old, new, lambda: "new")
    assert [i for i in ids if i != "new"] == [block.id for block in old]
    assert ids[place] == "new"


@given(PAGE_BLOCKS, st.randoms())
def test_unchanged_texts_keep_their_ids_in_any_order(blocks: list[str], random: object) -> None:
    unique = list(dict.fromkeys(blocks))
    old = identified(page(unique))
    known = {block.text: block.id for block in old}
    shuffled = [block.text for block in old]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    if len(known) == len(old):
        assert match_blocks(old, shuffled, lambda: "new") == tuple(known[t] for t in shuffled)


def test_likeness_counts_what_is_shared() -> None:
    assert similarity("", "") == 1
    assert similarity("Le même texte", "le meme TEXTE") == 1
    assert similarity("abc", "xyz") == 0
    assert 0.5 < similarity("cinq semaines de congés", "six semaines de congés") < 1


def test_many_rewritten_blocks_are_matched_without_comparing_all_pairs() -> None:
    old = "\n\n".join(f"ancien {n} paragraphe" for n in range(3000))
    new = "\n\n".join(f"nouvel {n} paragraphe" for n in range(3000))
    assert len(set(ids_after(old, new))) == 3000
