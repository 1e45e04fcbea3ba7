"""Correcting and hiding: by whom, for how long, and what stays."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from intranet.core.db import db
from intranet.core.events import EventRow
from intranet.core.policy import Invalid, NotFound, Refused
from intranet.discussions.effects import LONGEST
from intranet.discussions.policy import TIME_TO_CORRECT
from tests.cast import Cast
from tests.discussions.talking import KIND, correct, heard, hide, said_at, say
from tests.polls.balloting import becomes, happened

SUBJECT = {"subject_kind": KIND, "subject_id": 1}


def last_event() -> tuple[str, dict[str, object]]:
    """The name of what happened last, and what it says."""
    event = db.session.scalars(select(EventRow).order_by(EventRow.id.desc())).first()
    assert event is not None
    return event.name, json.loads(event.payload)


def test_the_author_corrects_and_the_comment_says_so(cast: Cast) -> None:
    number = say(cast.amel, "Le fou est usé.")
    correct(cast.amel, number, "Le four est usé.")
    (card,) = heard(cast.bruno)
    assert (card.text, card.html) == ("Le four est usé.", "<p>Le four est usé.</p>")
    assert card.is_edited
    assert last_event() == ("CommentCorrected", {"comment_id": number, **SUBJECT})


@pytest.mark.parametrize("name", ["bruno", "esther", "gwen"])
def test_nobody_corrects_the_words_of_another(cast: Cast, name: str) -> None:
    number = say(cast.amel)
    with pytest.raises(Refused, match=r"discussions\.only_the_author"):
        correct(getattr(cast, name), number, "Autre chose.")
    assert heard(cast.amel)[0].text == "Bonjour."


def test_correcting_is_possible_for_half_an_hour(cast: Cast) -> None:
    number = say(cast.amel)
    last = said_at(cast.amel, number) + TIME_TO_CORRECT
    with time_machine.travel(last, tick=False):
        correct(cast.amel, number, "À temps.")
    refused = pytest.raises(Refused, match=r"discussions\.too_late_to_edit")
    with time_machine.travel(last + timedelta(seconds=1), tick=False), refused:
        correct(cast.amel, number, "Trop tard.")
    assert heard(cast.amel)[0].text == "À temps."


def test_a_former_member_corrects_nothing(cast: Cast) -> None:
    number = say(cast.amel)
    becomes(cast.amel, "former", date(2020, 6, 1))
    with pytest.raises(Refused, match=r"discussions\.only_the_author"):
        correct(cast.amel, number, "Autre chose.")


@pytest.mark.parametrize(
    ("text", "code"), [("  ", "comment_empty"), ("a" * (LONGEST + 1), "comment_too_long")]
)
def test_a_correction_says_something_and_not_too_much(cast: Cast, text: str, code: str) -> None:
    number = say(cast.amel)
    with pytest.raises(Invalid) as caught:
        correct(cast.amel, number, text)
    assert caught.value.errors == {"text": code}


def test_hiding_leaves_the_place_and_the_reason_but_no_word(cast: Cast) -> None:
    number = say(cast.amel, "Un mot blessant.")
    say(cast.bruno, "Réponse.", reply_to_id=number)
    hide(cast.amel, number, "  je me suis emporté·e ")
    (card,) = heard(cast.esther)
    assert (card.text, card.html) == ("", "")
    assert (card.author, card.hidden_because) == ("Amel Benali", "je me suis emporté·e")
    assert [answer.text for answer in card.replies] == ["Réponse."]
    assert last_event() == ("CommentHidden", {"comment_id": number, **SUBJECT})


def test_an_administrator_hides_with_a_reason(cast: Cast) -> None:
    number = say(cast.amel)
    hide(cast.gwen, number, "données personnelles")
    assert heard(cast.amel)[0].hidden_because == "données personnelles"


@pytest.mark.parametrize("name", ["bruno", "chloe", "farid"])
def test_others_hide_nothing(cast: Cast, name: str) -> None:
    number = say(cast.amel)
    with pytest.raises(Refused, match=r"discussions\.only_the_author"):
        hide(getattr(cast, name), number)
    assert heard(cast.amel)[0].hidden_because is None


def test_hiding_asks_for_a_reason(cast: Cast) -> None:
    number = say(cast.amel)
    with pytest.raises(Invalid) as caught:
        hide(cast.amel, number, "  ")
    assert caught.value.errors == {"because": "reason_missing"}
    assert "CommentHidden" not in happened()


def test_what_is_hidden_is_neither_corrected_nor_hidden_again(cast: Cast) -> None:
    number = say(cast.amel)
    hide(cast.amel, number)
    with pytest.raises(NotFound):
        correct(cast.amel, number, "Encore.")
    with pytest.raises(NotFound):
        hide(cast.amel, number, "autre raison")
    with pytest.raises(NotFound):
        hide(cast.amel, 999)
