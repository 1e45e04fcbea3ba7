"""The page of a list: shown first, confirmed once, and its links shown this once."""

from __future__ import annotations

import io
import re

from flask.testing import FlaskClient

from tests.cast import Cast
from tests.journal import happened

LIST = "nom;e-mail;statut\nNoé Vial;noe@example.org;salariée\nX;faux;salarié\n"


def test_a_file_is_looked_at_then_confirmed_once(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("amel")
    before = happened()
    file = (io.BytesIO(LIST.encode()), "liste.csv")
    page = client.submit("/invitations/list/check", table=file, people="").get_data(as_text=True)
    assert "Noé Vial" in page
    assert 'value="faux"' not in page
    assert happened() == before
    answer = client.submit("/invitations/list", people=LIST, status="")
    links = re.findall(r'value="(http://localhost/invitations/[^"]+)"', answer.get_data(True))
    assert len(links) == 1
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get(links[0]).status_code == 200


def test_an_empty_list_or_a_file_that_is_no_text_is_refused(
    client: FlaskClient, cast: Cast
) -> None:
    client.sign_in("amel")
    assert client.submit("/invitations/list/check", people=" \n").status_code == 422
    for data in (b"\xff\xfe\x00", b"a\x00b"):
        file = (io.BytesIO(data), "liste.csv")
        assert client.submit("/invitations/list/check", table=file).status_code == 422


def test_people_without_a_vote_invite_no_list(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("chloe")
    assert client.get("/invitations/list").status_code == 403
    assert client.submit("/invitations/list/check", people=LIST).status_code == 403
    assert client.submit("/invitations/list", people=LIST).status_code == 403
