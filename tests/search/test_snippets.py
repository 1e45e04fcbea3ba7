from hypothesis import given
from hypothesis import strategies as st

from intranet.search.analysis import terms
from intranet.search.parsing import parse_query
from intranet.search.plan import plan_for
from intranet.search.snippets import LENGTH, marked, snippet


def sought(typed: str) -> frozenset[str]:
    return plan_for(parse_query(typed)).sought


def matches(pieces: tuple[tuple[str, bool], ...]) -> list[str]:
    return [text for text, is_match in pieces if is_match]


def test_matches_are_marked_with_their_accents_plurals_and_inclusive_forms() -> None:
    text = "L’Assemblée des associé·e·s a pris des DÉCISIONS."
    pieces = snippet(text, "fr", sought("assemblee associes decision"))
    assert matches(pieces) == ["Assemblée", "associé·e·s", "DÉCISIONS"]
    assert "".join(text for text, _ in pieces) == text


def test_the_passage_with_most_of_the_words_is_shown() -> None:
    filler = "Rien à voir avec la question posée. " * 30
    text = f"Le vélo. {filler} Le vélo au parking est remboursé. {filler}"
    pieces = snippet(text, "fr", sought("velo parking"))
    assert matches(pieces) == ["vélo", "parking"]
    assert pieces[0] == ("…", False)
    assert pieces[-1] == ("…", False)


def test_without_a_match_the_beginning_is_shown() -> None:
    pieces = snippet("Début du texte. " * 50, "fr", frozenset({"absent"}))
    assert pieces[0][0].startswith("Début du texte.")
    assert matches(pieces) == []
    assert len(pieces[0][0]) <= LENGTH


def test_spaces_and_line_ends_become_one_space() -> None:
    assert snippet("un\n\n  vélo\tbleu", "fr", sought("velo")) == (
        ("un ", False), ("vélo", True), (" bleu", False),
    )  # fmt: skip


def test_html_is_left_as_text() -> None:
    pieces = snippet("<b>vélo</b>", "fr", sought("velo"))
    assert pieces == (("<b>", False), ("vélo", True), ("</b>", False))


def test_an_empty_text_has_no_pieces() -> None:
    assert snippet("", "fr", frozenset({"a"})) == ()


def test_a_title_is_marked_whole() -> None:
    title = "Règle du vélo " * 40
    assert "".join(text for text, _ in marked(title, "fr", sought("velo"))) == title


def test_a_code_is_marked_once() -> None:
    pieces = marked("voir SCOP-2024-017.", "fr", sought("SCOP-2024-017"))
    assert matches(pieces) == ["SCOP", "2024", "017"]
    assert "".join(text for text, _ in pieces) == "voir SCOP-2024-017."


@given(st.text(max_size=2000), st.integers(0, 20))
def test_a_passage_is_short_and_made_of_the_text(text: str, nth: int) -> None:
    tokens = terms(text, "fr")
    wanted = frozenset(t.term for t in tokens[nth : nth + 2])
    pieces = snippet(text, "fr", wanted)
    shown = "".join(piece for piece, _ in pieces).strip("…")
    assert shown in " ".join(text.split()) or " ".join(shown.split()) in " ".join(text.split())
    assert len(shown) <= LENGTH + 70
    assert bool(matches(pieces)) == bool(wanted)
