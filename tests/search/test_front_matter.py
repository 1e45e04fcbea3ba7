from datetime import date

from intranet.search.front_matter import text_of


def test_every_text_value_counts_however_deep() -> None:
    matter = {
        "title": "Portail CKAN",
        "tags": ["open data", "ckan"],
        "description": {"fr": " Un portail ", "en": None, "more": [{"x": "fin"}]},
        "date": date(2021, 3, 15),
        "draft": True,
        "order": 3,
    }
    assert text_of(matter).split("\n") == [
        "Portail CKAN", "open data", "ckan", "Un portail", "fin", "2021-03-15", "3",
    ]  # fmt: skip


def test_nothing_gives_nothing() -> None:
    assert text_of(None) == ""
    assert text_of({}) == ""
