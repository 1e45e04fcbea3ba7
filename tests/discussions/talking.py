"""Short ways to speak in tests. The subject is of a kind that no room holds."""

from __future__ import annotations

from datetime import datetime

from intranet.discussions import effects, queries
from intranet.discussions.effects import Said
from intranet.discussions.policy import may_edit_comment, may_hide_comment
from intranet.discussions.queries import CommentCard
from tests.cast import acting, as_reader

KIND = "essai"


def say(person_id: int, text: str = "Bonjour.", subject: int = 1, **more: object) -> int:
    """A comment of a person; gives its number."""
    said = Said(text=text, html=f"<p>{text}</p>", author_id=person_id, **more)  # type: ignore[arg-type]
    with acting(person_id) as tx:
        return effects.add_comment(tx, KIND, subject, said)


def correct(person_id: int, comment_id: int, text: str, subject: int = 1) -> None:
    """A person corrects a comment."""
    with acting(person_id) as tx:
        comment = effects.comment_on(tx, KIND, subject, comment_id)
        tx.require(may_edit_comment, comment)
        effects.correct(tx, comment, text, f"<p>{text}</p>")


def hide(person_id: int, comment_id: int, because: str = "hors sujet", subject: int = 1) -> None:
    """A person takes a comment out of sight."""
    with acting(person_id) as tx:
        comment = effects.comment_on(tx, KIND, subject, comment_id)
        tx.require(may_hide_comment, comment)
        effects.hide(tx, comment, because)


def heard(person_id: int, subject: int = 1) -> list[CommentCard]:
    """The conversation as a person sees it."""
    return queries.comments(as_reader(person_id), KIND, subject)


def said_at(person_id: int, comment_id: int) -> datetime:
    """When a comment was made."""
    card = queries.comment(as_reader(person_id), comment_id)
    assert card is not None
    return card.at
