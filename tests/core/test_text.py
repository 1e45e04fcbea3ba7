import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.core.text import (
    SLUG_LIMIT,
    UnusableLine,
    clean_line,
    fold,
    is_visible,
    sha256_digest,
    slugify,
    whole_number,
)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Règlement intérieur", "reglement-interieur"),
        ("RÈGLEMENT INTÉRIEUR", "reglement-interieur"),
        ("L’équipe & l'œuvre", "l-equipe-l-oeuvre"),
        ("Straße", "strasse"),
        ("ﬁnances", "finances"),
        ("C++ / C#", "c-c"),
        ("100 % : qui ? \\ # +", "100-qui"),
        ("ISTANBUL ı İ", "istanbul-i-i"),
        ("..", "page"),
        ("///", "page"),
        ("القواعد", "page"),
        ("🎉", "page"),
    ],
)
def test_a_title_gives_a_readable_address(title: str, slug: str) -> None:
    assert slugify(title) == slug


def test_titles_in_nfc_and_nfd_share_their_slug() -> None:
    title = "Congés d’été"
    assert slugify(unicodedata.normalize("NFD", title)) == slugify(title) == "conges-d-ete"


def test_a_reserved_slug_is_moved_aside() -> None:
    assert slugify("New", reserved={"new"}) == "page-new"
    assert slugify("…", fallback="group") == "group"


def test_a_long_title_is_cut_between_words() -> None:
    slug = slugify("assemblée générale extraordinaire " * 8)
    assert len(slug) <= SLUG_LIMIT
    assert slug.endswith(("assemblee", "generale", "extraordinaire"))


@given(st.text(max_size=200))
def test_any_title_gives_one_short_ascii_slug(title: str) -> None:
    slug = slugify(title)
    assert slug == slugify(title)
    assert 0 < len(slug) <= SLUG_LIMIT
    assert slug.isascii()
    assert not slug.strip("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slugify(slug) == slug


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("decision", "Décision"),
        ("oeuvre", "Œuvre"),
        ("l'assemblee", "L’Assemblée"),
        ("finances", "ﬁnances"),
        ("3 000 €", "3\u202f000\u00a0€"),
        ("art. 4-1", "Art. 4‑1"),
        ("d'ici", "d´ici"),
    ],
)
def test_folded_words_meet(typed: str, meant: str) -> None:
    assert fold(typed) == fold(meant)


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_line_keeps_french_spaces_and_loses_what_cannot_be_seen() -> None:
    typed = "  Règle\u00a0: \u202eabc\u0000\n  suite\ud800\u200b  "
    assert clean_line(typed, 100) == "Règle\u00a0: abc suite"


def test_a_line_is_stored_in_one_normal_form() -> None:
    assert clean_line("e\u0301te\u0301", 10) == "été"


@pytest.mark.parametrize(
    "typed", ["", "   ", "\u200b\u200d", "\u3164", "\u2800 \u00a0", "\x00", "\ufe0f"]
)
def test_an_invisible_title_is_refused(typed: str) -> None:
    with pytest.raises(UnusableLine) as refusal:
        clean_line(typed, 100)
    assert refusal.value.reason == "invisible"


def test_a_title_of_255_characters_is_kept_and_one_more_is_refused() -> None:
    assert len(clean_line("é" * 255, 255)) == 255
    with pytest.raises(UnusableLine) as refusal:
        clean_line("é" * 256, 255)
    assert (refusal.value.reason, refusal.value.length) == ("too_long", 256)


@given(st.text(max_size=100))
def test_a_clean_line_stays_as_it_is(text: str) -> None:
    try:
        line = clean_line(text, 100)
    except UnusableLine:
        return
    assert clean_line(line, 100) == line
    assert is_visible(line)
    assert "\n" not in line
    line.encode()


def test_a_digest_is_that_of_the_bytes() -> None:
    assert sha256_digest("é\r\n") == hashlib.sha256("é\r\n".encode()).hexdigest()
    assert sha256_digest("é") != sha256_digest("e\u0301")


@pytest.mark.parametrize(
    ("typed", "number"),
    [(" 12 ", 12), ("0", 0), ("٣", 3), ("1" * 9, 111111111)]
    + [(wrong, None) for wrong in ("", "²", "-1", "1.5", "1 000", "x", "1" * 10, "0" * 5000)],
)
def test_u2_a_typed_number_is_read_or_is_none(typed: str, number: int | None) -> None:
    assert whole_number(typed) == number
