"""Words that try to be code, in every field that members fill in, through the pages themselves."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from html.parser import HTMLParser
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from intranet.core import clock
from intranet.core.db import db
from intranet.core.transaction import Transaction
from intranet.members.models import Person
from intranet.wiki.models import Page
from intranet.wiki.states.service import protect_page
from tests.cast import PASSWORD, Cast, Client, acting
from tests.core.html_check import leads_away
from tests.decisions.register import entered
from tests.proposals.stage import a_resolution, conclude, end, open_it, set_up
from tests.wiki.writing import head_id, page_id, read, source, write

# Nothing of ours has this name: where a browser would see the element, the words came through.
EVIL = "\"'><x1probe onload=alert(1)></title></textarea></script><x1probe>{{7*7}}"
TEXT = f"""---
title: {EVIL!r}
auteur: '<x1probe>'
---

## <x1probe> {EVIL}

| <x1probe> | {EVIL} |
|---|---|
| [x](javascript:alert(1)) | [[{"<x1probe>"}|{EVIL[:20]}]] |

> [!NOTE] {EVIL}
> <x1probe onload=alert(1)>

<details><summary><x1probe></summary>

![[<x1probe>]]

</details>

![[<x1probe>#<x1probe>]]

[^1]: <x1probe>

![{EVIL}](x) [a](https://x.example "{EVIL}") `{EVIL}` <a href="java&#115;cript:alert(1)">x</a> [^1]
"""


class _Judge(HTMLParser):
    """Names what a browser would run or follow that must not be there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "x1probe" or (tag == "script" and not dict(attrs).get("src")):
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.faults.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action", "formaction") and leads_away(value or ""):
                self.faults.append(f"{tag} {name}={value}")


def harmless(client: FlaskClient, path: str) -> None:
    """Open a page and find nothing in it that runs."""
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code < 500, path
    judge_of(answer.get_data(as_text=True), path)
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def judge_of(html: str, path: str) -> None:
    judge = _Judge()
    judge.feed(html)
    judge.close()
    assert judge.faults == [], path
    assert "49" not in re.findall(r"</textarea>\S{0,40}", html), path


def fill(client: Client, cast: Cast) -> tuple[str, str]:
    """Write the words into every field of the wiki, the register and the proposals."""
    stage = set_up(cast)
    client.sign_in("amel")
    client.submit("/wiki/", title=EVIL, text=TEXT, audience="workers", tags=EVIL[:40])
    client.submit("/wiki/", title="Autre", text=TEXT, audience="workers", tags=EVIL[:40])
    with acting(None) as tx:
        slug = tx.session.query(Page.slug).filter_by(title=EVIL).scalar()
    fields = {"base": head_id(slug), "text": TEXT + "Fin.", "summary": EVIL, "wish": "save"}
    client.submit(f"/wiki/{slug}/revisions", **fields)
    client.submit("/wiki/tag-renaming", tag=EVIL[:40], name=EVIL[:45])
    client.submit(f"/wiki/{slug}/numbers", wanted="1")
    client.submit(f"/wiki/{slug}/favourite")
    client.submit(f"/members/{cast.amel}/profile", about=TEXT)
    with acting(cast.amel) as tx:
        number = entered(tx, cast, EVIL).number
    sent = {
        "files": (io.BytesIO(b"x"), EVIL.replace("/", "") + ".html"),
        "csrf_token": client.token(),
    }
    client.post(f"/decisions/{number}/files", data=sent)
    client.submit(f"/decisions/{number}/tags", tags=EVIL[:40], seen="")
    proposal = a_resolution(stage, text=TEXT)
    client.submit(f"/proposals/{proposal}/comments", text=TEXT)
    poll = open_it(stage, proposal)
    client.submit(f"/polls/{poll}/ballot", option="for", reason=EVIL)
    client.submit(f"/wiki/{slug}/archiving", reason=EVIL)
    end(poll)
    conclude(proposal)
    return slug, number


def test_x1_nothing_hostile_in_any_field_runs_on_any_page(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    assert isinstance(client, Client)
    with acting(None) as tx:
        tx.session.get_one(Person, cast.bruno).name = EVIL
    slug, number = fill(client, cast)
    write(cast.bruno, "Accueil", f"![[{EVIL}]]\n\n[[{EVIL[:60]}]]\n")
    paths = [
        *("/", "/wiki/", "/wiki/accueil", "/wiki/changes", "/wiki/wanted", "/wiki/orphans"),
        *("/wiki/links", "/wiki/archive", "/wiki/tags", "/wiki/favourites", "/wiki/arrange"),
        *(f"/wiki/{slug}{part}" for part in ("", "/history", "/revisions/1", "/compare")),
        *(f"/wiki/{slug}/{part}" for part in ("edit", "settings", "reading", EVIL)),
        *("/decisions", f"/decisions/{number}", "/proposals/1", "/proposals/?tab=ended"),
        *("/members", f"/members/{cast.amel}", f"/members/{cast.bruno}", "/activity", "/polls/1"),
        *("/proxies/new", "/invitations", "/procedures", "/polls/1/recount", "/rulebook"),
    ]
    for path in paths:
        harmless(client, path)
    shown = {path: client.get(path).get_data(as_text=True).count("x1probe") for path in paths}
    for path in (f"/wiki/{slug}", f"/decisions/{number}", "/proposals/1", "/wiki/archive"):
        assert shown[path] > 1, path
    for path in (f"/members/{cast.bruno}", "/wiki/tags", "/wiki/favourites", "/wiki/wanted"):
        assert shown[path] > 0, path
    assert read(cast.amel, slug).title == EVIL


ADDRESSES = (
    *("/search?q={}", "/wiki/new?title={}", "/wiki/tags/{}", "/wiki/{}", "/wiki/accueil?on={}"),
    *("/wiki/tag-renaming?tag={}", "/wiki/arrange?below={}", "/wiki/wanted?page={}", "/{}"),
    *("/sign-in?next={}", "/decisions?q={}&from={}", "/proposals/?tab={}", "/members?q={}"),
    *("/wiki/accueil/compare?from={}", "/wiki/accueil/history?page={}", "/rulebook?on={}"),
)
FORMS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/sign-in", {"email": EVIL, "password": EVIL, "next": EVIL}),
    ("/wiki/", {"title": "", "text": EVIL, "audience": EVIL, "tags": EVIL * 9}),
    ("/wiki/", {"title": EVIL * 9, "text": EVIL, "audience": "workers", "parent": EVIL}),
    ("/wiki/accueil/renaming", {"title": EVIL * 9, "seen": "1"}),
    ("/wiki/accueil/tags", {"tags": EVIL * 9, "seen": EVIL}),
    ("/wiki/accueil/step", {"step": EVIL}),
    ("/wiki/accueil/drop", {"beside": EVIL, "where": "into"}),
    ("/wiki/tag-renaming", {"tag": EVIL, "name": EVIL * 9}),
    ("/wiki/preview", {"text": TEXT}),
    ("/invitations", {"email": EVIL, "name": EVIL, "status": EVIL, "person_id": EVIL}),
)


def test_x1_nothing_hostile_said_beside_a_page_runs(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    assert isinstance(client, Client)
    client.sign_in("amel")
    slug, gone = write(cast.amel, "Projet", "Un texte."), write(cast.amel, "Partie")
    base, day = head_id(slug), (clock.now() + timedelta(days=2)).date().isoformat()
    name = "<x1probe onload=alert(1)>{{7*7}}.svg"
    svg = (io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg' onload='x1probe()'/>"), name)
    client.post(f"/wiki/{slug}/files", data={"file": svg, "csrf_token": client.token()})
    client.submit(f"/wiki/{slug}/comments", text=TEXT)
    client.submit(f"/wiki/{slug}/suggestions", text=TEXT, base=base, summary=EVIL, wish="save")
    client.submit("/wiki/suggestions/1/refusal", reason=EVIL)
    invited = client.submit(f"/wiki/{slug}/guests", guest=EVIL[:100], ends_on=day)
    shared = re.search(r"http://localhost(/shared/[\w-]+)", invited.get_data(as_text=True))
    client.submit(f"/wiki/{slug}/revisions", base=base, text=TEXT, summary=EVIL, wish="save")
    client.submit(f"/wiki/{gone}/trashing", reason=EVIL)
    with acting(cast.amel) as tx:
        protect_page(tx, page_id_in(tx, slug), EVIL)
    rooms = (
        "",
        "/files",
        "/comments",
        "/suggestions",
        "/guests",
        "/rights",
        "/authors",
        "/compare",
    )
    shown = [f"/wiki/{slug}{room}" for room in rooms]
    shown += ["/wiki/suggestions/1", "/wiki/files/1", f"/wiki/{gone}", "/wiki/archive/trash"]
    for path in shown:
        harmless(client, path)
        assert "x1probe" in client.get(path).get_data(as_text=True), path
    assert shared
    harmless(client, shared[1])
    file = client.get("/wiki/files/1/x")
    assert file.headers["Content-Disposition"].startswith("attachment")
    file.close()
    with ZipFile(io.BytesIO(client.get("/export/pages/site.zip").data)) as site:
        pages = [one for one in site.namelist() if one.endswith(".html")]
        assert any(b"x1probe" in site.read(one) for one in pages)
        for one in pages:
            judge_of(site.read(one).decode(), one)


def page_id_in(tx: Transaction, slug: str) -> int:
    """The number of a page, within a transaction."""
    return tx.session.query(Page.id).filter_by(slug=slug).scalar()


def test_x1_nothing_hostile_in_an_address_runs(client: FlaskClient, cast: Cast) -> None:
    write(cast.amel, "Accueil")
    assert isinstance(client, Client)
    client.sign_in("amel")
    for path in ADDRESSES:
        for words in (EVIL, "javascript:alert(1)", "\x00", "é" * 3000):
            harmless(client, path.replace("{}", words.replace("/", "%2F")))


def test_x1_no_error_message_runs_what_was_typed(client: FlaskClient, cast: Cast) -> None:
    write(cast.amel, "Accueil")
    assert isinstance(client, Client)
    client.sign_in("amel")
    for path, fields in FORMS:
        answer = client.submit(path, **fields)
        assert answer.status_code < 500, path
        judge_of(answer.get_data(as_text=True), path)


def test_x2_no_path_leaves_its_room(client: FlaskClient, cast: Cast) -> None:
    write(cast.amel, "Accueil")
    assert isinstance(client, Client)
    client.sign_in("amel")
    ways = ("../", "..%2f", "%2e%2e/", "%252e%252e%252f", "..%5c", "%00", "/", "....//")
    for room in ("/static/", "/wiki/", "/wiki/accueil/revisions/", "/decisions/x/files/"):
        for way in ways:
            for target in ("etc/passwd", "intranet.db", "config.py"):
                answer = client.get(f"{room}{way * 4}{target}")
                assert answer.status_code in (302, 308, 400, 404), (room, way, target)
                assert b"root:" not in answer.data
    for odd in ("--output=x", "-1", "1;ls", "1%20"):
        assert client.get(f"/wiki/accueil/revisions/{odd}").status_code == 404
        assert client.get(f"/wiki/accueil/compare?from={odd}&to={odd}").status_code in (200, 404)


def test_x4_no_simple_member_reaches_the_administration(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    assert isinstance(client, Client)
    client.sign_in("chloe")
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/administration")]
    assert len(rules) > 3
    for rule in rules:
        path = re.sub(r"<int:[^>]+>", "1", rule.rule)
        path = re.sub(r"<[^>]+>", "closing", path)
        for method in (rule.methods or set()) & {"GET", "POST"}:
            answer = client.submit(path) if method == "POST" else client.get(path)
            assert answer.status_code in (403, 404, 405), (method, path)


def test_x4_a_sign_in_leads_nowhere_else(client: FlaskClient, cast: Cast) -> None:
    assert isinstance(client, Client)
    for target in ("//x.example", "/\\x.example", "https://x.example", "/\t/x.example"):
        browser = client
        answer = browser.submit(
            "/sign-in", email="amel@example.org", password=PASSWORD, next=target
        )
        assert answer.headers["Location"] in ("/", "http://localhost/")


@pytest.mark.parametrize(
    "text",
    ["\ufeffDébut\r\n\r\nFin\r\n", "a\x00b", "Un\ud800Deux", "x" * 290_000, "\u2028\x85\x0b"],
)
def test_x5_no_odd_text_breaks_a_page(client: FlaskClient, cast: Cast, text: str) -> None:
    assert isinstance(client, Client)
    client.sign_in("amel")
    raw = text.encode("utf-8", "surrogatepass")
    fields = {"title": "Bizarre", "text": raw, "audience": "workers", "csrf_token": client.token()}
    answer = client.post("/wiki/", data=fields)
    assert answer.status_code in (303, 400, 422)
    db.session.remove()
    if answer.status_code == 303:
        for path in ("", "/edit", "/history", "/compare"):
            assert client.get(f"/wiki/bizarre{path}").status_code == 200
        assert "\x00" not in source("bizarre")
        assert page_id("bizarre")
