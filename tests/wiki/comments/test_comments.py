"""Comments on passages: settled, reopened, and kept with their paragraph through edits."""

from __future__ import annotations

import pytest

from intranet.core.policy import Invalid, NotFound, Refused
from intranet.wiki.comments import service
from intranet.wiki.comments.queries import CommentedPage, commented
from intranet.wiki.comments.service import Remark
from intranet.wiki.rights.service import Rights, set_rights
from tests.cast import Cast, Client, acting, as_reader
from tests.wiki.attachments.test_views import another
from tests.wiki.writing import page_id, read, revise, write

TEXT = "Premier paragraphe.\n\nDeuxième paragraphe, sur le four.\n\nTroisième paragraphe.\n"


def shown(person_id: int, slug: str, *, with_settled: bool = False) -> CommentedPage:
    page = read(person_id, slug)
    return commented(as_reader(person_id), page, with_settled=with_settled)


def blocks(person_id: int, slug: str) -> list[str]:
    return [one.block_id for one in shown(person_id, slug).passages]


def say(person_id: int, slug: str, text: str, **more: object) -> int:
    number = page_id(slug)
    with acting(person_id) as tx:
        return service.comment_page(tx, number, Remark(text, **more))  # type: ignore[arg-type]


def test_a_comment_stays_with_its_paragraph_and_outlives_it(cast: Cast) -> None:
    slug = write(cast.amel, "Le four", TEXT)
    second = blocks(cast.amel, slug)[1]
    say(cast.chloe, slug, "Lequel ?", block_id=second)
    revise(cast.amel, slug, "Avant.\n\n" + TEXT.replace("sur le four", "sur le grand four"))
    passages = shown(cast.amel, slug).passages
    assert [len(one.talks) for one in passages] == [0, 0, 1, 0]
    assert passages[2].block_id == second
    revise(cast.amel, slug, "Avant.\n\nPremier paragraphe.\n\nTroisième paragraphe.\n")
    found = shown(cast.amel, slug)
    (kept,) = found.of_earlier
    assert kept.quote == "Deuxième paragraphe, sur le four."
    assert read(cast.amel, slug).comments == 1
    with pytest.raises(Invalid):
        say(cast.amel, slug, "Trop tard.", block_id=second)


def test_a_conversation_is_settled_reopened_and_reopened_by_an_answer(cast: Cast) -> None:
    slug = write(cast.amel, "Le four", TEXT)
    number = page_id(slug)
    first = say(cast.chloe, slug, "Lequel ?")
    with acting(cast.bruno) as tx:
        service.settle(tx, number, first)
        service.settle(tx, number, first)
    assert read(cast.amel, slug).comments == 0
    assert not shown(cast.amel, slug).of_page
    assert shown(cast.amel, slug, with_settled=True).of_page[0].is_settled
    say(cast.amel, slug, "Le grand.", reply_to_id=first)
    assert read(cast.amel, slug).comments == 1
    with acting(cast.chloe) as tx:
        service.settle(tx, number, first)
        service.reopen(tx, number, first)
    assert not shown(cast.amel, slug).of_page[0].is_settled
    other = page_id(write(cast.amel, "Autre page"))
    with pytest.raises(NotFound), acting(cast.amel) as tx:
        service.settle(tx, other, first)


def test_only_those_who_may_read_talk_and_count(client: Client, cast: Cast) -> None:
    slug = write(cast.amel, "Ouverte", TEXT, audience="open")
    number = page_id(slug)
    first = say(cast.amel, slug, "Un secret de zirconium.")
    farid = another(client, "farid")
    assert farid.submit(f"/wiki/{slug}/comments", text="Bonjour").status_code == 303
    assert farid.submit(f"/wiki/{slug}/comments", text=" ").status_code == 422
    with pytest.raises(Refused), acting(cast.farid) as tx:
        service.settle(tx, number, first)
    with acting(cast.amel) as tx:
        set_rights(tx, number, Rights("members"))
    for answer in (
        farid.get(f"/wiki/{slug}/comments"),
        farid.submit(f"/wiki/{slug}/comments", text="Encore"),
        farid.submit(f"/wiki/{slug}/comments/{first}/settlement"),
        farid.submit(f"/wiki/{slug}/comments/{first}/reopening"),
    ):
        assert answer.status_code == 404
    assert "zirconium" not in farid.get("/audit").get_data(as_text=True)
