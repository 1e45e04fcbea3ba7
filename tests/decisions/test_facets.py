"""Choosing among decisions: what each choice would leave, whatever else is chosen."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.decisions.facets import FACETS, Filed, Filters, choose
from intranet.decisions.statuses import State

OVEN = Filed("AG-2026-001", "Un four", "AG", 2026, ("pain",), State.IN_FORCE, "resolution")
OLD = Filed("AG-2020-001", "Vieux four", "AG", 2020, ("pain",), State.REPEALED, "by_hand")
BIKE = Filed("RC-2026-001", "Un vélo", "RC", 2026, ("vélo",), State.TO_REVIEW, "amendment")
ALL = (OVEN, OLD, BIKE)


def test_a_facet_is_counted_among_what_passes_the_other_ones() -> None:
    places, facets = choose(ALL, Filters(body="AG", state="applies"))
    assert places == [0]
    assert facets.values("body") == [("AG", 1), ("RC", 1)]
    assert (facets.of("state", "applies"), facets.of("state", "ended")) == (1, 1)
    assert facets.of("state", State.REPEALED) == 1
    assert (facets.all_of("state"), facets.all_of("body")) == (2, 2)


def test_words_narrow_every_facet() -> None:
    places, facets = choose(ALL, Filters(words="FOUR"))
    assert places == [0, 1]
    assert facets.values("kind") == [("by_hand", 1), ("resolution", 1)]


filed = st.builds(
    Filed,
    number=st.just("AG-2026-001"),
    title=st.sampled_from(["four", "vélo"]),
    body=st.sampled_from([None, "AG", "RC"]),
    year=st.sampled_from([None, 2020, 2026]),
    tags=st.sampled_from([(), ("a",), ("a", "b")]),
    state=st.sampled_from([State.IN_FORCE, State.REPEALED, State.REJECTED]),
    kind=st.sampled_from(["resolution", "by_hand"]),
)
filters = st.builds(
    Filters,
    body=st.sampled_from(["", "AG"]),
    year=st.sampled_from([None, 2026]),
    tag=st.sampled_from(["", "b"]),
    state=st.sampled_from(["", "applies", "rejected"]),
    kind=st.sampled_from(["", "by_hand"]),
    words=st.sampled_from(["", "velo"]),
)


@settings(max_examples=40)
@given(st.lists(filed, max_size=8), filters)
def test_a_number_beside_a_value_is_what_its_choice_shows(
    held: list[Filed], chosen: Filters
) -> None:
    _places, facets = choose(held, chosen)
    plain = {name: getattr(chosen, name) for name in (*FACETS, "words")}
    for facet in FACETS:
        for value, number in facets.values(facet):
            assert len(choose(held, Filters(**{**plain, facet: value}))[0]) == number
        without = None if facet == "year" else ""
        assert len(choose(held, Filters(**{**plain, facet: without}))[0]) == facets.all_of(facet)
