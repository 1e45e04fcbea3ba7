"""Kept searches: those of one person, and the feed that tells what is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from intranet import worker
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import reader
from intranet.members.queries import today
from intranet.search import questions
from intranet.search.index import backend_of
from intranet.search.saved import news, queries, service
from intranet.search.sources.every import documents
from tests.cast import Cast, acting, as_reader
from tests.wiki.writing import page_id, write


def kept(person: int) -> list[str]:
    """The questions that somebody keeps."""
    return [card.question for card in queries.of_person(as_reader(person))]


def test_a_search_is_kept_once_for_one_person_and_forgotten_by_them_alone(
    app: Flask, cast: Cast
) -> None:
    with acting(cast.chloe) as tx:
        number = service.save_search(tx, "  vélo   cargo ")
        assert service.save_search(tx, "vélo cargo") == number
    assert (kept(cast.chloe), kept(cast.amel)) == (["vélo cargo"], [])
    for command in (service.forget_search, service.open_feed, service.close_feed):
        with pytest.raises(NotFound), acting(cast.amel) as tx:
            command(tx, number)
    with acting(cast.chloe) as tx:
        service.forget_search(tx, number)
    assert kept(cast.chloe) == []


def test_a_search_that_cannot_be_kept_says_why(app: Flask, cast: Cast) -> None:
    for question, code in (("", "search.question_length"), ("a" * 501, "search.question_length")):
        with pytest.raises(Invalid) as problem, acting(cast.chloe) as tx:
            service.save_search(tx, question)
        assert problem.value.errors == {"q": code}
    with acting(cast.chloe) as tx:
        for number in range(service.MOST_SAVED):
            service.save_search(tx, f"vélo {number}")
    with pytest.raises(Invalid) as problem, acting(cast.chloe) as tx:
        service.save_search(tx, "vélo de trop")
    assert problem.value.errors == {"q": "search.too_many_saved"}


def test_a_feed_begins_with_what_is_new_however_many_answer_better(app: Flask, cast: Cast) -> None:
    old = {f"page:{page_id(write(cast.amel, f'Vélo {n}', 'Le vélo.'))}" for n in range(5)}
    filler = "Un texte sans rapport. " * 40
    write(cast.amel, "Atelier", f"{filler} Le vélo. {filler}")
    write(cast.amel, "Réservé", f"{filler} Le vélo. {filler}", "members")
    write(cast.amel, "Autre", f"{filler} Le vélocipède cargo. {filler}")
    worker.work_once(app)
    look = reader(SYSTEM)
    long_ago = today(look) - timedelta(500)
    aged = [replace(one, dated_on=long_ago) for one in documents(look, old)]
    backend_of(db.session()).upsert(aged)

    def titles(person: int, words: str) -> list[str]:
        looking = as_reader(person)
        hits = news.newest(looking, questions.asked(looking, words), 3)
        return ["".join(piece for piece, _ in hit.title) for hit in hits]

    assert titles(cast.chloe, "vélo")[0] == "Atelier"
    assert len(titles(cast.chloe, "vélo")) == 3
    assert set(titles(cast.amel, "vélo")[:2]) == {"Atelier", "Réservé"}
    assert titles(cast.chloe, "vélo to:2001") == []
