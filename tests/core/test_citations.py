"""Which decisions a text cites, read from what is shown of it."""

from __future__ import annotations

import pytest

from intranet.core.citations import cited_in, in_full, year_and_sequence


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("AG-2026-014", "AG-2026-014"),
        ("ag-2026-14", "AG-2026-014"),
        ("2026-14", "2026-014"),
        ("2026-01234", "2026-01234"),
        ("PEP-0008", "PEP-0008"),
        (" x y ", "x y"),
    ],
)
def test_a_number_is_written_in_full(typed: str, full: str) -> None:
    assert in_full(typed) == full


def test_a_number_without_its_body_has_a_year_and_a_place() -> None:
    assert year_and_sequence("2026-014") == (2026, 14)
    assert year_and_sequence("AG-2026-014") is None
    assert year_and_sequence("PEP-0008") is None


def test_links_are_citations_and_marks_of_origin_are_not() -> None:
    html = (
        '<p><a href="/decisions/AG-2026-014">ici</a> <a title="x" href="/decisions/2026-7">là</a>'
        '<span class="provenance"><a href="/decisions/AG-2020-001">AG-2020-001</a></span>'
        '<a href="/decisions">liste</a><a href="/wiki/decisions">page</a></p>'
    )
    assert list(cited_in(html)) == ["AG-2026-014", "2026-007"]
