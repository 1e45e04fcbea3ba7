"""Rules that everybody is asked to read: who said so, and when they are asked again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.exc import DatabaseError

from intranet.core.block_changes import BlockChange
from intranet.core.db import db
from intranet.core.policy import Conflict, NotFound, Refused
from intranet.corrections.service import correct_rule
from intranet.members.queries import today
from intranet.wiki.corrections.models import Mended
from intranet.wiki.readings import queries, service
from intranet.wiki.readings.models import Reading
from intranet.wiki.rules import rule_text
from tests.cast import Cast, Client, acting, as_reader
from tests.wiki.writing import enact, page_id, rule, write

SLUG = "teletravail"


@pytest.fixture
def page(app: Flask, cast: Cast) -> int:
    """A rule that everybody is asked to read."""
    number = rule("Télétravail", "Deux jours par semaine.\n\nLe mardi et le jeudi.")
    with acting(cast.amel) as tx:
        service.ask_for_reading(tx, number)
    return number


def waiting(person_id: int) -> list[str]:
    return [rule.slug for rule in queries.to_read(as_reader(person_id))]


def shown(person_id: int) -> queries.ReadingPage:
    return queries.reading_page(as_reader(person_id), SLUG)


def confirm(person_id: int, page: int, revision_id: int | None = None) -> None:
    revision_id = revision_id or shown(person_id).revision_id
    assert revision_id is not None
    with acting(person_id) as tx:
        service.confirm_reading(tx, page, revision_id)


def amend(page: int, number: str, on: date) -> None:
    first = rule_text(as_reader(1), page).blocks[0]
    change = BlockChange("replace", first.id, first.text, "Trois jours par semaine.")
    enact(page, [change], number, on)


def test_those_who_live_by_a_rule_find_it_until_they_confirm(cast: Cast, page: int) -> None:
    assert waiting(cast.amel) == waiting(cast.chloe) == [SLUG]
    confirm(cast.amel, page)
    assert waiting(cast.amel) == []
    assert waiting(cast.chloe) == [SLUG]


def test_sympathisers_and_former_members_are_not_asked(cast: Cast, page: int) -> None:
    names = {person.id for person in shown(cast.amel).unread}
    assert cast.chloe in names
    assert not names & {cast.david, cast.gwen}
    assert waiting(cast.david) == waiting(cast.gwen) == []


def test_the_list_says_who_has_not_and_who_has(cast: Cast, page: int) -> None:
    confirm(cast.bruno, page)
    found = shown(cast.chloe)
    assert [one.person.id for one in found.read] == [cast.bruno]
    assert cast.bruno not in {person.id for person in found.unread}
    assert (found.mine_at is None, shown(cast.bruno).mine_at is None) == (True, False)


def test_a_decision_that_changes_the_text_asks_again(cast: Cast, page: int) -> None:
    confirm(cast.amel, page)
    day = today(as_reader(cast.amel))
    amend(page, "AG-2026-002", day)
    assert waiting(cast.amel) == [SLUG]
    confirm(cast.amel, page)
    assert waiting(cast.amel) == []


def test_a_text_still_to_come_is_not_asked_before_its_day(cast: Cast, page: int) -> None:
    confirm(cast.amel, page)
    amend(page, "AG-2026-002", today(as_reader(cast.amel)) + timedelta(days=30))
    assert waiting(cast.amel) == []


def test_one_confirms_only_the_text_one_has_seen(cast: Cast, page: int) -> None:
    seen = shown(cast.amel).revision_id
    amend(page, "AG-2026-002", today(as_reader(cast.amel)))
    with pytest.raises(Conflict, match="another_text"):
        confirm(cast.amel, page, seen)
    assert db.session.scalar(select(Reading.person_id)) is None


def test_nobody_confirms_what_is_no_longer_asked_and_what_was_said_stays(
    cast: Cast, page: int
) -> None:
    confirm(cast.bruno, page)
    with acting(cast.amel) as tx:
        service.end_request(tx, page)
    assert waiting(cast.chloe) == []
    with pytest.raises(Conflict, match="no_longer_asked"):
        confirm(cast.chloe, page)
    with acting(cast.amel) as tx:
        service.ask_for_reading(tx, page)
    assert [one.person.id for one in shown(cast.amel).read] == [cast.bruno]


@pytest.mark.parametrize(("name", "reason"), [("chloe", "only_members_ask")])
def test_only_members_with_a_vote_ask(cast: Cast, page: int, name: str, reason: str) -> None:
    for command in (service.ask_for_reading, service.end_request):
        with pytest.raises(Refused, match=reason), acting(getattr(cast, name)) as tx:
            command(tx, page)


def test_an_ordinary_page_is_no_rule_to_read(cast: Cast, app: Flask) -> None:
    write(cast.amel, "Menu")
    number = page_id("menu")
    with pytest.raises(Refused, match="only_rules"), acting(cast.amel) as tx:
        service.ask_for_reading(tx, number)


def test_whoever_may_not_read_the_page_finds_nothing(cast: Cast, page: int) -> None:
    with pytest.raises(NotFound):
        queries.reading_page(as_reader(cast.gwen), SLUG)
    with pytest.raises(NotFound), acting(cast.gwen) as tx:
        service.confirm_reading(tx, page, 1)


def test_what_was_said_is_kept_once_and_for_ever(cast: Cast, page: int) -> None:
    confirm(cast.amel, page)
    confirm(cast.amel, page)
    assert len(db.session.scalars(select(Reading)).all()) == 1
    with pytest.raises(DatabaseError), acting(None) as tx:
        tx.session.execute(delete(Reading))


def test_the_page_and_its_buttons(client: Client, cast: Cast, page: int) -> None:
    client.sign_in("chloe")
    assert "Télétravail" in client.get("/").text
    assert "band--accent" in client.get(f"/wiki/{SLUG}").text
    revision = shown(cast.chloe).revision_id
    answer = client.submit(f"/wiki/{SLUG}/reading", revision=revision)
    assert answer.status_code == 303
    assert shown(cast.chloe).mine_at is not None
    assert client.submit(f"/wiki/{SLUG}/reading", revision="1 OR 1").status_code == 303
    assert client.submit(f"/wiki/{SLUG}/reading/request").status_code == 403
    client.sign_in("amel").submit(f"/wiki/{SLUG}/reading/request/end")
    assert "band--accent" not in client.get(f"/wiki/{SLUG}").text
    assert not shown(cast.amel).is_asked


def test_a_mended_slip_asks_nobody_again(cast: Cast, page: int) -> None:
    confirm(cast.amel, page)
    block = rule_text(as_reader(cast.amel), page).blocks[0]
    mended = Mended(page, block.id, block.text, block.text.replace("semaine", "semaines"))
    with acting(cast.bruno) as tx:
        correct_rule(tx, mended, "Une lettre manquait.")
    assert waiting(cast.amel) == []
