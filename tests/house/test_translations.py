"""Every string a member reads has its French, complete and certain."""

from __future__ import annotations

from babel.messages.pofile import read_po

from tests.house.source import PACKAGE

CATALOGUE = PACKAGE / "translations" / "fr" / "LC_MESSAGES" / "messages.po"


def words(said: str | tuple[str, ...]) -> tuple[str, ...]:
    """The forms of a translation: one, or one for each number."""
    return (said,) if isinstance(said, str) else said


def test_the_french_catalogue_is_complete() -> None:
    with CATALOGUE.open("rb") as file:
        said = [message for message in read_po(file, locale="fr") if message.id]
    assert len(said) > 500
    missing = [one.id for one in said if one.fuzzy or not all(words(one.string))]
    assert missing == []


def test_the_french_keeps_the_values_of_the_english() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="fr")
    wrong = [(message.id, str(error)) for message, errors in catalogue.check() for error in errors]
    assert wrong == []
