"""The product as a server to measure, filled and used through its own doors only."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys

from benchmarks.client import Ask, Connection
from benchmarks.servers import Server
from benchmarks.text import page_text

EMAIL = "maelle@example.org"
PASSWORD = "un-rabot-et-deux-rayons"
INTRANET = [sys.executable, "-c", "from intranet.cli import main; main()"]
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')
AREA = re.compile(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', re.DOTALL)
BALLOT = re.compile(r'action="(/polls/\d+/ballot)"')
PROPOSAL = re.compile(r'href="(/proposals/\d+)"')


class Product(Server):
    """The intranet, its worker included, on an instance made by its own commands."""

    name = "product"
    ballot = ""
    voting = ""

    def fill(self) -> None:
        """Load the example cooperative, import the generated pages, and index them all."""
        source = self.folder / "pages"
        source.mkdir(parents=True)
        for number in range(self.pages):
            title = f"---\ntitle: Page {number}\n---\n\n"
            (source / f"page-{number}.md").write_text(title + page_text(number), encoding="utf-8")
        self._run(["demo"])
        self._run(["import-wiki", str(source)])
        self._run(["reindex"])
        self._run(["worker", "--once"])

    def command(self) -> list[str]:
        """What `make run` runs."""
        return [*INTRANET, "serve", "--port", str(self.port)]

    def settings(self) -> dict[str, str]:
        """Where its instance is."""
        return {"INTRANET_INSTANCE": str(self.folder / "instance")}

    def sign_in(self, connection: Connection) -> None:
        """Fill in the sign-in form, then find a vote that is open."""
        form = form_of(connection.send(Ask("GET", "/sign-in")).text)
        form |= {"email": EMAIL, "password": PASSWORD}
        answer = connection.send(Ask("POST", "/sign-in", form))
        if answer.status not in (302, 303):
            raise RuntimeError(f"sign-in was refused: {answer.status}")
        self.ballot = self.ballot or self._open_ballot(connection)

    def write(self, connection: Connection) -> Ask:
        """Save an edit of a page; its form is fetched first, outside the time that counts."""
        path = f"/wiki/page-{self.own_page(connection)}"
        page = connection.send(Ask("GET", f"{path}/edit")).text
        form = form_of(page)
        for name, text in AREA.findall(page):
            form[name] = html.unescape(text)
        form["text"] = f"{form['text']}\n\n{connection.chance.random()}"
        form["wish"] = "save"
        return Ask("POST", f"{path}/revisions", form, (302, 303))

    def vote(self, connection: Connection) -> Ask:
        """Cast a ballot in an open vote; it replaces the one before."""
        if not connection.form:
            page = connection.send(Ask("GET", self.voting)).text
            connection.form = form_of(page)
        choice = connection.chance.choice(("for", "against", "abstain"))
        return Ask("POST", self.ballot, {**connection.form, "option": choice}, (302, 303))

    def _open_ballot(self, connection: Connection) -> str:
        listed = PROPOSAL.findall(connection.send(Ask("GET", "/proposals/")).text)
        for path in dict.fromkeys(listed):
            page = connection.send(Ask("GET", path)).text
            found = BALLOT.search(page)
            if found and 'value="against"' in page:
                self.voting = path
                return found.group(1)
        raise RuntimeError("the example has no open vote that this person may vote in")

    def _run(self, words: list[str]) -> None:
        environment = {**os.environ, **self.settings()}
        subprocess.run([*INTRANET, *words], env=environment, check=True, stdout=subprocess.DEVNULL)


def form_of(page: str) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    fields = {}
    for tag in HIDDEN.findall(page):
        attributes = dict(ATTRIBUTE.findall(tag))
        fields[attributes["name"]] = html.unescape(attributes.get("value", ""))
    return fields
