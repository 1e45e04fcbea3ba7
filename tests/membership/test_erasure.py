"""Somebody who has left is forgotten by one act; records stay, and no restore brings them back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from intranet.audit.checks import checks
from intranet.auth.models import Account, SignIn
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.deliveries import drain
from intranet.core.policy import Refused
from intranet.core.transaction import reader
from intranet.members.directory_queries import directory
from intranet.members.models import Person, StatusPeriod
from intranet.membership.erasure import service, worker
from intranet.membership.integration.service import DossierWords, discuss, open_dossier
from intranet.notices import service as notices
from intranet.notices.feeds import service as feeds
from intranet.notices.feeds.models import FeedAddress, FeedKind
from intranet.notices.kinds import Kind, Way
from intranet.notices.models import ChosenWay, QuietTime
from intranet.notices.quiet import Quiet
from intranet.notices.watching import service as watching
from intranet.notices.watching.models import Watch, Watched
from intranet.outbox.models import Message
from intranet.outbox.queue import Order, lay_down
from intranet.proposals import queries as proposals
from intranet.proposals.typing import service as typing
from intranet.proposals.typing.models import KeptTyping
from intranet.search.saved import service as saved
from intranet.search.saved.models import SavedSearch
from intranet.subscriptions import REACTIONS
from intranet.wiki.changes import service as changes
from intranet.wiki.changes.models import ChangesSeen
from intranet.wiki.favourites import service as favourites
from intranet.wiki.favourites.models import Favourite
from intranet.wiki.presence import service as presence
from intranet.wiki.presence.models import Presence
from tests.cast import Cast, Client, acting, as_reader
from tests.proposals import stage as on
from tests.proposals.stage import set_up
from tests.wiki.writing import page_id, write

NAME = "Chloé Martin"


def leaves(person_id: int) -> None:
    """A status that ends, and that of a former member."""
    with acting(None) as tx:
        period = tx.session.scalars(
            select(StatusPeriod).where(StatusPeriod.person_id == person_id)
        ).one()
        period.ends_on = date(2026, 1, 1)
        tx.session.flush()
        tx.session.add(StatusPeriod(person_id=person_id, status="former", starts_on=period.ends_on))


def kept_words() -> list[str]:
    """The tables that hold the name, other than what is made anew from the records."""
    found = set()
    with db.engine.connect() as connection:
        for table in db.Model.metadata.tables.values():  # type: ignore[attr-defined]
            for row in connection.execute(table.select()):
                if any(NAME in str(value) or "chloe@" in str(value) for value in row):
                    found.add(table.name)
    return sorted(found)


def test_t37_forgetting_a_leaver_empties_everything_that_is_theirs_and_keeps_the_record(
    cast: Cast,
) -> None:
    stage = set_up(cast)
    with acting(cast.amel) as tx:
        dossier = open_dossier(tx, cast.chloe, DossierWords("member_employee", f"{NAME} ici"))
    with acting(cast.bruno) as tx:
        discuss(tx, dossier, f"{NAME} ?", "fr")
    number = on.a_resolution(stage)
    leaves(cast.chloe)
    with acting(cast.gwen) as tx:
        service.erase_person(tx, cast.chloe, "ancien membre 4")
    assert kept_words() == []
    assert proposals.proposal(as_reader(cast.amel), number)
    account = db.session.scalars(select(Account).where(Account.person_id == cast.chloe)).one()
    assert account.disabled_at is not None
    look = reader(SYSTEM)
    assert [problem for check in checks(look) for problem in check.problems] == []
    assert NAME not in [one.name for one in directory(as_reader(cast.amel))]


def own_things(cast: Cast, person_id: int, page: int) -> None:
    """Whatever somebody keeps here for themselves, and a mail that waits for them."""
    with acting(person_id) as tx:
        favourites.keep_at_hand(tx, page)
        presence.renew(tx, page)
        watching.watch(tx, Watched.BODY, cast.meeting)
        feeds.make(tx, FeedKind.NEWS)
        saved.save_search(tx, "le parquet")
        typing.keep(tx, "/wiki/new", {"title": "Mes mots"})
        changes.mark_changes(tx, 1)
        kinds = dict.fromkeys(list(Kind)[:1], Way.OFF)
        notices.choose(tx, kinds, Quiet(from_hour=20, to_hour=7))
        order = Order(f"x:{person_id}", "notice", tx.now, person_id, words="Mes mots")
        lay_down(tx, order)


def whose(owned: tuple[type[Any], ...], person_id: int) -> dict[str, int]:
    """How many rows of each table are a person's."""
    of = {model: select(func.count()).where(model.person_id == person_id) for model in owned}
    return {model.__tablename__: db.session.scalar(query) or 0 for model, query in of.items()}


def test_t38_what_somebody_kept_for_themselves_goes_with_them_and_nothing_of_others(
    cast: Cast,
) -> None:
    page = page_id(write(cast.amel, "Carnet"))
    owned = (
        *(Favourite, Presence, Watch, FeedAddress, SavedSearch, KeptTyping, ChangesSeen),
        *(ChosenWay, QuietTime, Message),
    )
    for person in (cast.chloe, cast.amel):
        own_things(cast, person, page)
    before = whose(owned, cast.chloe)
    assert set(before.values()) == {1}, before
    leaves(cast.chloe)
    with acting(cast.gwen) as tx:
        service.erase_person(tx, cast.chloe, "ancien membre 4")
    drain(REACTIONS)
    db.session.rollback()
    assert set(whose(owned, cast.chloe).values()) == {0}
    assert whose(owned, cast.amel) == before


def test_nobody_is_forgotten_who_is_still_here_nor_by_another_member(cast: Cast) -> None:
    for by in (cast.gwen, cast.chloe):
        with pytest.raises(Refused), acting(by) as tx:
            service.erase_person(tx, cast.chloe, "x")
    with pytest.raises(Refused), acting(cast.amel) as tx:
        service.erase_person(tx, cast.david, "x")


def test_an_older_database_forgets_again_from_the_list_beside_it(cast: Cast) -> None:
    leaves(cast.chloe)
    with acting(cast.gwen) as tx:
        service.erase_person(tx, cast.chloe, "ancien membre 4")
    drain(REACTIONS)
    listed = json.loads(worker.list_path().read_text())
    assert list(listed.values()) == ["ancien membre 4"]
    with acting(None) as tx:  # What an older backup brings back.
        person = tx.session.get_one(Person, cast.chloe)
        person.name, person.about, person.erased_at = NAME, "Tout sur moi", None
    assert worker.forget_again() == 1
    assert as_reader(cast.amel).session.get_one(Person, cast.chloe).about == ""
    assert worker.forget_again() == 0
    assert worker.forget_now({f"{cast.amel} 2001-01-01T00:00:00+00:00": "x"}) == 0


def test_a_leaver_forgets_themselves_after_being_asked_and_is_signed_out(
    client: Client, cast: Cast
) -> None:
    leaves(cast.chloe)
    client.sign_in("chloe")
    where = f"/members/{cast.chloe}/erasure"
    assert client.get(where).status_code == 200
    assert client.submit(where).status_code == 422
    assert client.submit(where, sure="1").status_code == 303
    assert client.get(f"/members/{cast.chloe}").status_code == 302
    assert all(one.ended_at for one in db.session.scalars(select(SignIn)))
    name = db.session.get_one(Person, cast.chloe).name
    assert name.endswith(f" membre {cast.chloe}") or name == f"former member {cast.chloe}"
