"""Conversations as pages show them: in order, on one level of answers, within one subject."""

from __future__ import annotations

from intranet.discussions import queries
from intranet.discussions.queries import Subject
from tests.cast import Cast, as_reader
from tests.discussions.talking import KIND, heard, hide, say


def test_a_subject_nobody_spoke_of_has_no_comment(cast: Cast) -> None:
    assert heard(cast.amel) == []


def test_comments_come_in_their_order_each_under_its_subject(cast: Cast) -> None:
    say(cast.amel, "Un.")
    say(cast.bruno, "Ailleurs.", subject=2)
    say(cast.bruno, "Deux.")
    assert [card.text for card in heard(cast.amel)] == ["Un.", "Deux."]
    assert [card.text for card in heard(cast.amel, subject=2)] == ["Ailleurs."]


def test_answers_to_answers_stand_on_one_level_below_the_first(cast: Cast) -> None:
    root = say(cast.amel, "Question.")
    answer = say(cast.bruno, "Réponse.", reply_to_id=root)
    say(cast.esther, "Autre sujet.")
    deeper = say(cast.amel, "Merci.", reply_to_id=answer)
    say(cast.bruno, "De rien.", reply_to_id=deeper)
    first, second = heard(cast.amel)
    assert [card.text for card in first.replies] == ["Réponse.", "Merci.", "De rien."]
    assert [card.reply_to_id for card in first.replies] == [root, answer, deeper]
    assert (second.text, second.replies) == ("Autre sujet.", ())


def test_answers_to_a_hidden_comment_stay(cast: Cast) -> None:
    root = say(cast.amel, "Question.")
    say(cast.bruno, "Réponse.", reply_to_id=root)
    hide(cast.amel, root)
    (card,) = heard(cast.amel)
    assert [answer.text for answer in card.replies] == ["Réponse."]


def test_one_comment_and_its_subject_are_found_by_number(cast: Cast) -> None:
    number = say(cast.amel, "Un.", subject=7)
    reader = as_reader(cast.bruno)
    card = queries.comment(reader, number)
    assert card is not None
    assert (card.text, card.author) == ("Un.", "Amel Benali")
    assert queries.subject_of(reader, number) == Subject(KIND, 7)
    assert queries.comment(reader, 999) is None
    assert queries.subject_of(reader, 999) is None


def test_a_hidden_comment_found_by_number_has_no_words(cast: Cast) -> None:
    number = say(cast.amel, "Un mot blessant.")
    hide(cast.amel, number)
    card = queries.comment(as_reader(cast.bruno), number)
    assert card is not None
    assert (card.text, card.html, card.hidden_because) == ("", "", "hors sujet")
