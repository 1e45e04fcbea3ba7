"""Keeping a question, and giving it an address that a feed reader can ask."""

from __future__ import annotations

from sqlalchemy import func, select

from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.search.saved.models import SavedSearch
from intranet.search.saved.policy import may_save_search, may_use_search

LONGEST_QUESTION, MOST_SAVED = 500, 50


def save_search(tx: Transaction, question: str) -> int:
    """Keep a question for the person who acts, and give its number; one kept already stays one.

    Raises Refused, and Invalid for an empty or very long question and for too many of them.
    """
    tx.require(may_save_search)
    tx.keep_pages()
    asked = " ".join(question.split())
    if not asked or len(asked) > LONGEST_QUESTION:
        raise Invalid(q="search.question_length")
    mine = select(SavedSearch).where(SavedSearch.person_id == tx.actor.person_id)
    known = tx.session.scalar(mine.where(SavedSearch.question == asked))
    if known is not None:
        return known.id
    if (tx.session.scalar(select(func.count()).select_from(mine.subquery())) or 0) >= MOST_SAVED:
        raise Invalid(q="search.too_many_saved")
    assert tx.actor.person_id is not None  # noqa: S101
    saved = SavedSearch(
        person_id=tx.actor.person_id, question=asked, at=tx.now, feed_number=0, feed_is_open=False
    )
    tx.session.add(saved)
    tx.session.flush()
    return saved.id


def forget_search(tx: Transaction, number: int) -> None:
    """Forget a question and the address of its feed. Raises NotFound, Refused."""
    saved = _saved(tx, number)
    tx.require(may_use_search, saved)
    tx.keep_pages()
    tx.session.delete(saved)


def open_feed(tx: Transaction, number: int) -> None:
    """Give the feed of a question an address, another one than any before."""
    saved = _saved(tx, number)
    tx.require(may_use_search, saved)
    tx.keep_pages()
    saved.feed_number += 1
    saved.feed_is_open = True


def close_feed(tx: Transaction, number: int) -> None:
    """Make the address of a feed useless."""
    saved = _saved(tx, number)
    tx.require(may_use_search, saved)
    tx.keep_pages()
    saved.feed_is_open = False


def _saved(tx: Transaction, number: int) -> SavedSearch:
    """A question of the person who acts; those of others do not exist for them."""
    saved = tx.session.get(SavedSearch, number)
    if saved is None or saved.person_id != tx.actor.person_id:
        raise NotFound
    return saved
