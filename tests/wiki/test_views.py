"""The wiki as somebody meets it in a browser."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.cast import Cast
from tests.wiki.writing import revise, write

PATHS = [
    "",
    "changes",
    "wanted",
    "archive",
    "new",
    "tags/vie",
    "accueil",
    "accueil/edit",
    "accueil/history",
    "accueil/revisions/1",
    "accueil/compare",
    "accueil/settings",
]


def test_every_page_of_the_wiki_opens(client: FlaskClient, cast: Cast) -> None:
    slug = write(cast.amel, "Accueil", "Voir [[Absente]].", tags=("vie",))
    revise(cast.amel, slug, "Voir [[Absente]] encore.")
    client.sign_in("amel")
    for path in PATHS:
        assert client.get(f"/wiki/{path}").status_code == 200, path
