"""Every string a member reads has its French, complete and certain."""

from __future__ import annotations

import re

from babel.messages.pofile import read_po

from tests.house.source import PACKAGE, ROOT

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


ONE_SENTENCE = re.compile(r"""\b(?:_|_l|gettext|lazy_gettext)\(\s*"([^"]*)\"""")
NUMBERED = re.compile(
    r"%\((?!fewest\b)\w+\)[sd] (?:people|persons|members|votes|comments|pages|paragraphs|results"
    r"|days|hours|minutes|seconds)\b"
)


def test_a_number_of_things_has_its_singular() -> None:
    """Such sentences go through ngettext. The fewest people of a secret vote are always several."""
    sources = [*(ROOT / "intranet").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]
    said = [
        sentence
        for source in sources
        for sentence in ONE_SENTENCE.findall(source.read_text(encoding="utf-8"))
    ]
    assert len(said) > 500
    assert [sentence for sentence in said if NUMBERED.search(sentence)] == []
