"""French is set as French: its no-break spaces stand where a printer would put them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from babel.messages.pofile import read_po

from intranet.example import data
from intranet.founding.defaults import PROCEDURES
from tests.house.test_translations import CATALOGUE, words

NARROW, WIDE = "\u202f", "\u00a0"
CODE = re.compile(r"```.*?```|`[^`]*`|https?://\S+|&#?\w+;|\[\^\w+\]:|-{3}:", re.DOTALL)
SIGN = re.compile(r"(?<=[^\s|])([ \u00a0\u202f]*)([;:?!»]+)(?=[\s»)\]*_.,]|$)|«(.?)", re.DOTALL)
BESIDE = {";": NARROW, "?": NARROW, "!": NARROW, ":": WIDE, "»": WIDE}


def faults(text: str) -> list[str]:
    """Each place where a sign has the wrong space, with what stands around it.

    Code, addresses, footnotes and hours such as 14:30 are not sentences and are left alone.
    """
    said = CODE.sub("x", text)
    return [
        said[max(0, found.start() - 20) : found.end() + 20]
        for found in SIGN.finditer(said)
        if (found[3] != WIDE if found[2] is None else found[1] != BESIDE[found[2][0]])
    ]


def strings(value: object) -> Iterator[str]:
    """Every text inside a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Adopté\u00a0: trois voix\u202f; merci\u202f! Et après\u202f?", 0),
        ("Adopté : trois", 1),
        ("Adopté: trois", 1),
        ("Adopté\u202f: trois", 1),
        ("voix ; merci ! Et après ?", 3),
        ("voix\u00a0; merci", 1),
        ("«\u00a0assez\u00a0»", 0),
        ("« assez »", 2),
        ("à 14:30, sur https://example.org/a?b=1 ou `from: 2020`", 0),
    ],
)
def test_the_rule_knows_right_from_wrong(text: str, wrong: int) -> None:
    assert len(faults(text)) == wrong, faults(text)


def test_the_catalogue_is_set_as_french() -> None:
    with CATALOGUE.open("rb") as file:
        said = [
            one
            for message in read_po(file, locale="fr")
            if message.id
            for one in words(message.string)
        ]
    assert [fault for text in said for fault in faults(text)] == []


def test_the_first_procedures_are_set_as_french() -> None:
    said = list(strings([asdict(procedure) for procedure in PROCEDURES]))
    assert len(said) > 10
    assert [fault for text in said for fault in faults(text)] == []


def test_the_example_is_set_as_french() -> None:
    example = data.read()
    pages = [asdict(page) for page in example.pages.values()]
    said = list(strings([*vars(example).values(), pages, list(example.decisions.values())]))
    assert len(said) > 500
    assert [fault for text in said for fault in faults(text)] == []
