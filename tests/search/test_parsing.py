from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.decisions import statuses as decisions
from intranet.proposals import workflow as proposals
from intranet.search.filters import STATES
from intranet.search.parsing import MAX_LENGTH, parse_query
from intranet.search.port import Hint, Query


def test_words_phrases_and_exclusions_are_told_apart() -> None:
    query = parse_query('vélo "ordre du jour" -salaire -"part sociale" « prime vélo »')
    assert query.words == ("vélo",)
    assert query.phrases == ("ordre du jour", "prime vélo")
    assert query.excluded == ("salaire", "part sociale")
    assert query.hint is None


def test_a_hyphen_within_a_word_excludes_nothing() -> None:
    assert parse_query("vote-secret procès-verbal").words == ("vote-secret", "procès-verbal")
    assert parse_query("vote-secret").excluded == ()


def test_filters_are_folded_and_add_up() -> None:
    query = parse_query('kind:page KIND:Decision tag:Égalité tag:"vie commune" state:in_force')
    assert query.kinds == ("page", "decision")
    assert query.tags == ("egalite", "vie commune")
    assert query.states == ("in_force",)
    assert query.words == ()
    assert query.is_filtered


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("membre", "person"), ("Décisions", "decision"), ("comptes-rendus", "minutes"),
     ("pv", "minutes"), ('"compte rendu"', "minutes"), ("règles", "page"),
     ("amendments", "suggestion")],
)  # fmt: skip
def test_a_kind_is_named_as_people_name_it(typed: str, kind: str) -> None:
    assert parse_query(f"kind:{typed}").kinds == (kind,)


@pytest.mark.parametrize(
    ("typed", "state"),
    [("abrogé", "repealed"), ("abrogées", "repealed"), ("remplacée", "superseded"),
     ("en-vigueur", "in_force"), ('"en vigueur"', "in_force"), ("in-force", "in_force"),
     ("à_revoir", "to_review"), ("caducs", "lapsed"), ('"Pas encore en vigueur"', "coming"),
     ('"Avis demandés"', "advising"), ("retiré", "withdrawn"), ('"non décidé"', "undecided")],
)  # fmt: skip
def test_a_state_is_named_as_people_name_it(typed: str, state: str) -> None:
    assert parse_query(f"état:{typed}").states == (state,)


def test_every_state_that_a_document_may_have_can_be_asked_for() -> None:
    known = {*decisions.State, *(set(proposals.State) - {proposals.State.DRAFT})}
    assert {str(one) for one in known} | {"rule", "advising"} == set(STATES)
    assert all(parse_query(f"state:{one}").states == (one,) for one in STATES)


def test_a_minus_turns_a_filter_round() -> None:
    query = parse_query('vélo -kind:comment -état:abrogée -tag:"vie commune" -from:2022')
    assert query.without == (("kind", "comment"), ("state", "repealed"), ("tag", "vie commune"))
    assert (query.words, query.excluded, query.from_on) == (("vélo",), ("2022",), None)
    assert parse_query("-kind:comment").hint is None


@pytest.mark.parametrize("typed", ["kind:tournevis vélo", "state:tournevis vélo"])
def test_an_unknown_value_is_looked_for_as_a_word_as_the_hint_says(typed: str) -> None:
    query = parse_query(typed)
    assert (query.words, query.is_filtered) == (("tournevis", "vélo"), False)
    assert query.hint == Hint("unknown_value", typed.partition(" ")[0])
    assert parse_query(f"-{typed}").words == ("vélo",)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-03-15", date(2022, 3, 15), date(2022, 3, 15)),
        ("15/03/2022", date(2022, 3, 15), date(2022, 3, 15)),
    ],
)
def test_dates_begin_and_end_with_what_was_said(typed: str, first: date, last: date) -> None:
    query = parse_query(f"from:{typed} to:{typed}")
    assert (query.from_on, query.to_on) == (first, last)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("", Hint("empty")),
        ("* ( '", Hint("empty")),
        ('"vote', Hint("unclosed_quote")),
        ("kind:nothing vélo", Hint("unknown_value", "kind:nothing")),
        ("from:2022-13 vélo", Hint("bad_date", "2022-13")),
        ("to:hier vélo", Hint("bad_date", "hier")),
        ("a" * (MAX_LENGTH + 1), Hint("too_long")),
        ("mot " * 60, Hint("too_long")),
    ],
)
def test_what_is_not_understood_gives_a_hint(typed: str, hint: Hint) -> None:
    assert parse_query(typed).hint == hint


def test_an_unclosed_phrase_and_an_unknown_field_are_searched_as_words() -> None:
    assert parse_query('"vote secret').words == ("vote secret",)
    assert parse_query("vote:secret").words == ("vote", "secret")


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from('"-: «»*()kindtagfromto0129'))))
def test_no_text_is_an_error(text: str) -> None:
    assert isinstance(parse_query(text), Query)
