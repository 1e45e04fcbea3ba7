"""Who may correct and hide a comment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intranet.core import clock
from intranet.core.policy import Verdict
from intranet.core.transaction import Reader
from intranet.discussions.models import Comment
from intranet.discussions.policy import TIME_TO_CORRECT, may_edit_comment, may_hide_comment
from tests.cast import Cast, as_reader

ONLY_AUTHOR = "discussions.only_the_author"
TOO_LATE = "discussions.too_late_to_edit"


def comment_of(person_id: int, reader: Reader, age: timedelta) -> Comment:
    """A comment of a person that is so old for the reader."""
    return Comment(author_id=person_id, at=reader.now - age)


def code(verdict: Verdict) -> str:
    return verdict.reason


@pytest.mark.parametrize(
    ("name", "age", "reason"),
    [
        ("amel", timedelta(0), ""),
        ("amel", TIME_TO_CORRECT, ""),
        ("amel", TIME_TO_CORRECT + timedelta(seconds=1), TOO_LATE),
        ("bruno", timedelta(0), ONLY_AUTHOR),
        ("gwen", timedelta(0), ONLY_AUTHOR),
    ],
)
def test_only_the_author_corrects_and_soon(
    cast: Cast, name: str, age: timedelta, reason: str
) -> None:
    reader = as_reader(getattr(cast, name))
    assert code(may_edit_comment(reader, comment_of(cast.amel, reader, age))) == reason


def test_a_former_member_corrects_nothing(cast: Cast) -> None:
    reader = as_reader(cast.david)
    verdict = may_edit_comment(reader, comment_of(cast.david, reader, timedelta(0)))
    assert code(verdict) == ONLY_AUTHOR


@pytest.mark.parametrize(
    ("name", "reason"),
    [("amel", ""), ("gwen", ""), ("bruno", ONLY_AUTHOR), ("chloe", ONLY_AUTHOR)],
)
def test_author_and_administrator_hide_at_any_time(cast: Cast, name: str, reason: str) -> None:
    reader = as_reader(getattr(cast, name))
    old = comment_of(cast.amel, reader, timedelta(days=900))
    assert old.at < clock.now()
    assert code(may_hide_comment(reader, old)) == reason
