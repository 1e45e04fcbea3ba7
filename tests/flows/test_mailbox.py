"""From a table of twelve people to the first vote closed, with every mail read as it arrives.

Gwen invites them at a computer; one accepts and votes there, another on a telephone. Everything
that happens is followed in the letter boxes of all twelve.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page, expect

from intranet import worker
from intranet.auth.invitations import service as invitations
from intranet.core.db import db
from intranet.members.models import Person, StatusPeriod
from intranet.notices.digests import worker as digests
from intranet.outbox import worker as outbox
from tests.browser import (
    DESKTOP,
    HEIGHTS,
    PHONE,
    PageAt,
    assert_fits,
    assert_no_axe_violations,
    photograph,
)
from tests.cast import STARTED, Cast, acting
from tests.flows.conftest import Guest
from tests.outbox.postbox import BASE, Box, html, plain, postbox
from tests.polls.balloting import define, put_to_the_vote, stored, submitted, vote

pytestmark = pytest.mark.browser

MEMBERS = (
    *("Anouk Lemoine", "Basile Roche", "Céleste Ferry", "Driss Amrani", "Elvire Colin"),
    *("Fabio Neri", "Garance Huet", "Hamza Benali", "Iris Vasseur"),
)
NEW = ("Jonas Petit", "Katell Riou", "Lubin Marchand")
PASSWORD = "quatre planches et un rabot"
TITLE = "Acheter un four à pain"
LEAKS = re.compile(r"\b(Pour|Contre|Abstention|for|against|abstain)\b|\d ?%|a voté|bulletin")


def address_of(name: str) -> str:
    """An invented address for an invented name."""
    return f"{name.split()[0].lower().replace('é', 'e')}@example.org"


def table() -> str:
    """The twelve as a table: nine members whom the cooperative knows, and three new employees."""
    known = [f"{name};{address_of(name)};" for name in MEMBERS]
    new = [f"{name};{address_of(name)};employee" for name in NEW]
    return "\n".join(["nom;courriel;statut", *known, *new])


def arrive() -> dict[str, int]:
    """Nine members without an account, known by their names."""
    with acting(None) as tx:
        people = [Person(name=name, created_at=tx.now) for name in MEMBERS]
        tx.session.add_all(people)
        tx.session.flush()
        period = {"status": "member_employee", "starts_on": STARTED}
        tx.session.add_all(StatusPeriod(person_id=one.id, **period) for one in people)
        return {one.name: one.id for one in people}


@pytest.fixture
def box() -> Iterator[Box]:
    """The letter boxes of everybody."""
    with postbox() as running:
        yield running


class Story:
    """The site, the letter boxes, and what the worker and the people do."""

    def __init__(self, site: Flask, address: str, box: Box) -> None:
        self.site, self.address, self.box = site, address, box
        self.read: list[EmailMessage] = []

    def arrived(self) -> dict[str, EmailMessage]:
        """The mails since the last look, by address: never two to one person."""
        worker.work_once(self.site)
        db.session.rollback()
        outbox.send_due()
        db.session.rollback()
        mails, self.box.mails = self.box.mails, []
        self.read += mails
        found = {str(mail["To"]): mail for mail in mails}
        assert len(found) == len(mails)
        return found

    def look(self, page: Page, name: str) -> None:
        """Examine a page at the width at which it is; on a telephone with axe too."""
        assert_fits(page)
        width = page.viewport_size["width"] if page.viewport_size else 0
        if width == PHONE:
            assert_no_axe_violations(page)
        photograph(page, f"mailbox-{name}-{width}")


def path_in(mail: EmailMessage, room: str) -> str:
    """The link of a mail, the same in both of its parts, without the address of the site."""
    links = [set(re.findall(rf"{BASE}({room}/[\w-]+)", words)) for words in both(mail)]
    assert len(links[0]) == 1
    assert links[0] == links[1]
    return str(links[0].pop())


def both(mail: EmailMessage) -> tuple[str, str]:
    """The words of both parts of a mail."""
    return plain(mail), html(mail)


def invite(story: Story, page: Page, file: Path) -> None:
    """Gwen looks at what would happen, then confirms; only then mails leave."""
    page.goto(f"{story.address}/invitations/list")
    page.set_input_files("input[name=table]", file)
    page.click("form[action$='/list/check'] button")
    expect(page.locator("main tbody tr")).to_have_count(12)
    story.look(page, "1-dry-run")
    page.set_viewport_size({"width": PHONE, "height": HEIGHTS[PHONE]})
    story.look(page, "1-dry-run")
    page.set_viewport_size({"width": DESKTOP, "height": HEIGHTS[DESKTOP]})
    assert story.arrived() == {}, "looking invites nobody"
    page.click("form[action$='/invitations/list'] button[type=submit]")
    expect(page.locator("form[action$='/invitations/list']")).to_have_count(0)
    expect(page.locator("main tbody tr")).to_have_count(12)
    shown = page.locator("input[readonly]")
    expect(shown, "no link is shown: they leave by mail").to_have_count(0)
    story.look(page, "2-sent")


def accept(story: Story, page: Page, link: str) -> None:
    """Somebody opens the link of their mail, chooses a password, and is in."""
    page.goto(f"{story.address}{link}")
    story.look(page, "3-welcome")
    page.fill("input[name=new_password]", PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(f"{story.address}/")


def accept_quietly(links: dict[str, str]) -> None:
    """The others accept as well, each by their own link."""
    for name, link in links.items():
        with acting(None) as tx:
            invitations.accept(tx, link.rpartition("/")[2], name, PASSWORD)


def give_ballot(story: Story, page: Page, mail: EmailMessage, choice: str) -> None:
    """Somebody follows the link of the mail and votes; the link itself votes nothing."""
    page.goto(f"{story.address}{path_in(mail, '/proposals')}")
    expect(page.locator("form.ballot")).to_be_visible()
    expect(page.locator("form.ballot :checked:not(option)")).to_have_count(0)
    page.check(f"form.ballot input[value={choice}]")
    page.locator("form.ballot button[type=submit]").click()
    expect(page.locator("main code")).to_have_count(1)
    expect(page.locator("form.ballot")).to_have_count(0)


def test_from_a_table_of_twelve_people_to_the_first_vote_closed(
    site: Flask,
    people: Cast,
    address: str,
    box: Box,
    signed_in: Guest,
    page_at: PageAt,
    tmp_path: Path,
) -> None:
    story, numbers = Story(site, address, box), arrive()
    define(people.assembly, key="secret", secret=True)
    file = tmp_path / "twelve.csv"
    file.write_text(table(), encoding="utf-8")
    invite(story, signed_in("gwen"), file)

    mails = story.arrived()
    assert set(mails) == {address_of(name) for name in (*MEMBERS, *NEW)}
    links = {name: path_in(mails[address_of(name)], "/invitations") for name in (*MEMBERS, *NEW)}
    assert len(set(links.values())) == 12
    anouk, basile = page_at(DESKTOP), page_at(PHONE)
    accept(story, anouk, links.pop("Anouk Lemoine"))
    accept(story, basile, links.pop("Basile Roche"))
    accept_quietly(links)
    assert story.arrived() == {}

    proposal = submitted(people.amel, "secret", TITLE)
    poll = put_to_the_vote(people.amel, proposal, hours=72)
    opened = story.arrived()
    voters = {address_of(name) for name in MEMBERS} | {"bruno@example.org", "esther@example.org"}
    assert set(opened) == voters, "everybody on the roll but whoever opened it"
    assert all(TITLE in str(mail["Subject"]) for mail in opened.values())
    give_ballot(story, anouk, opened["anouk@example.org"], "for")
    give_ballot(story, basile, opened["basile@example.org"], "against")
    for name in MEMBERS[2:6]:
        vote(numbers[name], poll, "for")
    assert story.arrived() == {}, "a ballot sends nothing to anybody"

    closes_at = stored(poll).closes_at
    with time_machine.travel(closes_at - timedelta(hours=23), tick=False):
        reminded = story.arrived()
    silent = {address_of(name) for name in MEMBERS[6:]}
    assert set(reminded) == silent | {f"{name}@example.org" for name in ("amel", "bruno", "esther")}
    with time_machine.travel(closes_at + timedelta(minutes=1), tick=False):
        story.arrived()
    with time_machine.travel(closes_at + timedelta(days=1, minutes=1), tick=False):
        digests.make_now()
        results = story.arrived()
    assert voters | {"amel@example.org"} <= set(results)
    told = plain(results["garance@example.org"])
    assert TITLE in told
    assert f"{BASE}/proposals/{proposal}" in told

    assert len(story.read) > 40
    for mail in story.read:
        for words in (*both(mail), str(mail["Subject"])):
            assert not LEAKS.search(re.sub(r"https://[^\s\"]+", "", words)), words
        assert not any(name in plain(mail) for name in MEMBERS if address_of(name) != mail["To"]), (
            "no mail names another voter"
        )
        assert "<img" not in html(mail)
    basile.goto(f"{address}/for-you/choices")
    story.look(basile, "4-choices")
