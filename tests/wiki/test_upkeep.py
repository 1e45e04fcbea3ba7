"""Pages wanted, pages alone and broken links, fifty at a time."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from intranet.wiki import upkeep
from tests.cast import Cast, Client, as_reader
from tests.wiki.writing import write


def test_the_most_wanted_page_comes_first_under_the_name_that_was_typed(
    app: Flask, cast: Cast
) -> None:
    write(cast.amel, "Un", "[[Œuvre#Début]] [[Rare]] [[C# et F#]]")
    write(cast.amel, "Deux", "[[œuvre]] [[Un]]")
    found = upkeep.wanted(as_reader(cast.amel))
    assert [(entry.target.casefold(), entry.times) for entry in found.entries] == [
        ("œuvre", 2),
        ("c# et f#", 1),
        ("rare", 1),
    ]
    assert [ref.title for ref in found.entries[0].wanted_by] == ["Deux", "Un"]


def test_long_lists_come_in_parts(client: FlaskClient, cast: Cast) -> None:
    write(cast.amel, "Un", " ".join(f"[[Absente {number}]]" for number in range(120)))
    reader = as_reader(cast.amel)
    parts = [upkeep.wanted(reader, number) for number in (1, 2, 3, 9)]
    assert [len(part.entries) for part in parts] == [50, 50, 20, 20]
    assert parts[0].pages == 3
    assert isinstance(client, Client)
    client.sign_in("amel")
    for path in ("wanted?page=2", "orphans", "links"):
        assert client.get(f"/wiki/{path}").status_code == 200


def test_a_link_to_a_section_that_is_gone_is_broken(app: Flask, cast: Cast) -> None:
    write(cast.amel, "Cible", "## Été\n\nChaud.")
    write(cast.amel, "Un", "[[Cible#Été]] [[Cible#Hiver|froid]] [[Cible]]")
    found = upkeep.broken(as_reader(cast.amel)).entries
    assert [(one.kind, one.target, one.page.title) for one in found] == [
        ("section", "Cible#Hiver", "Un")
    ]


def test_pages_alone_are_those_that_nothing_leads_to(app: Flask, cast: Cast) -> None:
    write(cast.amel, "Seule")
    write(cast.amel, "Liée")
    write(cast.amel, "Un", "[[Liée]] ![[Liée]]")
    found = upkeep.orphans(as_reader(cast.amel))
    assert [ref.title for ref in found.entries] == ["Seule", "Un"]
