"""Speaking: one thread for a subject, answers within it, nothing empty."""

from __future__ import annotations

import pytest

from intranet.core.policy import Invalid, NotFound
from intranet.discussions import effects
from intranet.discussions.effects import LONGEST
from intranet.discussions.models import Comment, Thread
from tests.cast import Cast, acting
from tests.discussions.talking import KIND, heard, say
from tests.polls.balloting import happened, rows


def test_a_subject_has_one_thread(cast: Cast) -> None:
    with acting(cast.amel) as tx:
        first = effects.open_thread(tx, KIND, 1)
        assert effects.open_thread(tx, KIND, 1) == first
        assert effects.open_thread(tx, KIND, 2) != first
        assert effects.open_thread(tx, "autre", 1) != first
    say(cast.amel)
    assert rows(Thread) == 3


def test_the_first_comment_begins_the_thread(cast: Cast) -> None:
    say(cast.amel)
    assert rows(Thread) == 1


def test_a_comment_keeps_who_spoke_when_and_about_what(cast: Cast) -> None:
    number = say(cast.amel, "Le four est usé.", block_id="b3", about_version=2)
    (card,) = heard(cast.bruno)
    assert (card.id, card.author, card.author_id) == (number, "Amel Benali", cast.amel)
    assert (card.text, card.html) == ("Le four est usé.", "<p>Le four est usé.</p>")
    assert (card.block_id, card.about_version) == ("b3", 2)
    assert not card.is_edited
    assert happened()[-1] == "CommentAdded"


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "comment_empty"), (" \n\t ", "comment_empty"), ("a" * (LONGEST + 1), "comment_too_long")],
)
def test_a_comment_says_something_and_not_too_much(cast: Cast, text: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        say(cast.amel, text)
    assert caught.value.errors == {"text": code}
    assert (rows(Thread), rows(Comment)) == (0, 0)


def test_the_longest_comment_is_accepted(cast: Cast) -> None:
    say(cast.amel, "a" * LONGEST)
    assert len(heard(cast.amel)[0].text) == LONGEST


def test_an_answer_stays_within_its_conversation(cast: Cast) -> None:
    elsewhere = say(cast.amel, subject=1)
    for unknown in (elsewhere, 999):
        with pytest.raises(NotFound):
            say(cast.bruno, subject=2, reply_to_id=unknown)
    assert heard(cast.bruno, subject=2) == []
