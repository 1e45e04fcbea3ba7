"""intranet demo: look at the product with the example cooperative in it."""

from __future__ import annotations

from dataclasses import dataclass

import click
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from intranet import create_app, migrate
from intranet.auth import setup
from intranet.auth.models import Account
from intranet.auth.queries import load_actor
from intranet.core import clock
from intranet.core.db import db
from intranet.core.transaction import Reader
from intranet.example import data, loader
from intranet.example.loader import Holds
from intranet.members.policy import may_enter
from intranet.web import messages

REFUSAL = (
    "this instance belongs to a cooperative of its own, and the example would mix with what it "
    "wrote. Choose another folder: INTRANET_INSTANCE=instance-demo intranet demo"
)


class BelongsToOthers(click.ClickException):
    """The instance is a real one; nothing is changed in it."""

    exit_code = 2


@dataclass(frozen=True)
class Someone:
    """A person of the example who can sign in."""

    name: str
    status: str
    email: str


@click.command("demo")
def command() -> None:
    """Load the example cooperative into an empty instance, and say who can sign in.

    On an instance that has it, say it again. Ends with code 2 on a cooperative's own instance.
    """
    app = create_app()
    migrate.upgrade(app)
    with app.app_context(), force_locale("en"):
        found = loader.holds(db.session())
        if found is Holds.COOPERATIVE:
            raise BelongsToOthers(REFUSAL)
        if found is Holds.NOTHING:
            _load(app)
        else:
            click.echo("The example cooperative is loaded already.")
        people = who_can_sign_in(db.session())
    width = max(len(one.name) for one in people)
    click.echo(f"\nSign in as one of these people; the password is {data.read().password}\n")
    for one in people:
        click.echo(f"  {one.name:{width}}   {one.status:23}   {one.email}")
    click.echo()


def _load(app: Flask) -> None:
    with click.progressbar(length=100, label="Loading the example cooperative") as bar:
        loader.load(app, lambda done, of: bar.update(100 * done // of - bar.pos))
    setup.forget_link(app.extensions["settings"].instance_path)


def who_can_sign_in(session: Session) -> list[Someone]:
    """The people of the example whose status of today lets them in, in the order of the file."""
    session.rollback()
    addresses = [person["email"] for person in data.read().people]
    rows = session.scalars(select(Account).where(Account.email.in_(addresses)))
    found = {account.email: account for account in rows}
    return [
        Someone(account.person.name, status, address)
        for address in addresses
        if (account := found.get(address)) and (status := _status(session, account))
    ]


def _status(session: Session, account: Account) -> str:
    """What a person is today, in words; empty for whoever may not come in."""
    now = clock.now()
    actor = load_actor(session, account.person_id, now)
    if not may_enter(Reader(session, actor, now)):
        return ""
    return messages.label(f"status.{actor.status}") if actor.status else "technical administrator"
