"""Who is told of what happens to pages."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from intranet import worker
from intranet.core.db import db
from intranet.notices.models import Notice
from intranet.notices.watching.models import Watched
from intranet.notices.watching.service import watch
from intranet.wiki.offers import service as offers
from intranet.wiki.offers.addresses import offer_address
from intranet.wiki.typed import TextChange
from tests.cast import Cast, Client, acting
from tests.wiki.writing import head_id, page_id, revise, write

TEXT = "Un.\n\nDeux.\n\nTrois.\n"


def told(app: Flask, person_id: int) -> list[int]:
    """The events somebody was told of, once everything that follows is done."""
    worker.work_once(app)
    db.session.rollback()
    query = select(Notice.event_id).where(Notice.person_id == person_id)
    return list(db.session.scalars(query.order_by(Notice.id)))


def test_a_small_correction_is_told_to_nobody_who_follows_the_page(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Page", TEXT)
    number = page_id(slug)
    with acting(cast.bruno) as tx:
        watch(tx, Watched.PAGE, number)
    revise(cast.amel, slug, TEXT + "\nQuatre.\n", minor=True)
    assert told(app, cast.bruno) == []
    revise(cast.amel, slug, TEXT)
    assert len(told(app, cast.bruno)) == 1


def test_a_suggested_change_is_told_to_whom_it_waits_for_and_its_answer_to_its_author(
    app: Flask, client: Client, cast: Cast
) -> None:
    slug = write(cast.amel, "Page", TEXT)
    number, head = page_id(slug), head_id(slug)
    made = []
    for words in ("Deux et demi.", "Deux et quart."):
        with acting(cast.chloe) as tx:
            text = TEXT.replace("Deux.", words)
            made.append(offers.offer_change(tx, number, TextChange(head, text, "Plus clair")))
    assert [len(told(app, one)) for one in (cast.amel, cast.bruno, cast.chloe)] == [2, 0, 0]
    with acting(cast.bruno) as tx:
        offers.decline_offer(tx, made[0], "Non")
        offers.accept_offer(tx, made[1])
    assert [len(told(app, one)) for one in (cast.amel, cast.bruno, cast.chloe)] == [2, 0, 2]
    client.sign_in("chloe")
    page = client.get("/for-you").get_data(as_text=True)
    assert [f'href="{offer_address(one)}"' in page for one in made] == [True, True]
    assert client.get(offer_address(made[0])).status_code == 200
