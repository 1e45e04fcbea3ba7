"""The page on which one corrects one's own comment, or takes a comment out of sight."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from intranet.discussions.policy import TIME_TO_CORRECT
from intranet.proposals import service as proposals
from intranet.wiki.comments import service as pages
from intranet.wiki.comments.service import Remark
from tests.cast import Cast, Client, acting
from tests.discussions.talking import said_at
from tests.proposals.stage import a_resolution, set_up
from tests.wiki.writing import page_id, write


@pytest.fixture(params=["proposal", "page"])
def said(request: pytest.FixtureRequest, app: Flask, cast: Cast) -> tuple[str, str, int]:
    """Something that Chloé said: the page that shows it, the address of it, and its number."""
    app.test_client_class = Client
    if request.param == "page":
        slug = write(cast.amel, "Atelier", "Les machines.")
        page = page_id(slug)
        with acting(cast.chloe) as tx:
            number = pages.comment_page(tx, page, Remark("Le fou est usé."))
        return f"/wiki/{slug}/comments", f"/wiki/{slug}/comments/{number}", number
    proposal = a_resolution(set_up(cast))
    with acting(cast.chloe) as tx:
        number = proposals.comment_proposal(tx, proposal, "Le fou est usé.")
    return f"/proposals/{proposal}", f"/proposals/{proposal}/comments/{number}", number


def read(browser: Client, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status, path
    return html.unescape(answer.get_data(as_text=True))


def test_one_corrects_ones_own_comment_for_half_an_hour(
    app: Flask, cast: Cast, said: tuple[str, str, int]
) -> None:
    shown_on, own, number = said
    chloe, bruno = (app.test_client().sign_in(name) for name in ("chloe", "bruno"))
    assert f'href="{own}"' in read(chloe, shown_on)
    assert f'href="{own}"' not in read(bruno, shown_on)
    read(bruno, own, 403)
    assert bruno.submit(f"{own}/corrections", text="Non.").status_code == 403
    assert "Le fou est usé." in read(chloe, own)
    assert chloe.submit(f"{own}/corrections", text=" ").status_code == 422
    assert chloe.submit(f"{own}/corrections", text="Le *four* est usé.").status_code == 303
    corrected = read(bruno, shown_on)
    assert "Le <em>four</em> est usé." in corrected
    assert "Le fou est usé." not in corrected
    with time_machine.travel(said_at(cast.chloe, number) + TIME_TO_CORRECT + timedelta(seconds=1)):
        late = read(chloe, own)
        assert f'action="{own}/corrections"' not in late
        assert f'action="{own}/hiding"' in late
        assert chloe.submit(f"{own}/corrections", text="Trop tard.").status_code == 403


def test_author_and_administrators_take_a_comment_out_of_sight_for_a_reason(
    app: Flask, cast: Cast, said: tuple[str, str, int]
) -> None:
    shown_on, own, _number = said
    chloe, bruno = (app.test_client().sign_in(name) for name in ("chloe", "bruno"))
    assert bruno.submit(f"{own}/hiding", because="Non.").status_code == 403
    assert chloe.submit(f"{own}/hiding", because=" ").status_code == 422
    assert chloe.submit(f"{own}/hiding", because="x" * 501).status_code == 422
    assert chloe.submit(f"{own}/hiding", because="Je me suis trompée.").status_code == 303
    left = read(bruno, shown_on)
    assert "Le fou est usé." not in left
    assert "Je me suis trompée." in left
    read(chloe, own, 404)
