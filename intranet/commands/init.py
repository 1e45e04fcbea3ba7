"""intranet init: set an instance up without a browser."""

from __future__ import annotations

import sys

import click
from flask import Flask
from flask_babel import force_locale

from intranet import create_app, migrate
from intranet.auth import setup
from intranet.core.policy import Invalid, Refused
from intranet.core.transaction import transaction
from intranet.founding import example, service
from intranet.founding.service import Founding
from intranet.web import messages
from intranet.web.language import LANGUAGES


@click.command("init")
@click.option("--name", required=True, help="The name of the cooperative.")
@click.option("--person", help="First and last name of the first member.  [default: the address]")
@click.option("--email", required=True, help="The address with which the first member signs in.")
@click.option("--password-stdin", is_flag=True, required=True, help="Read the password on stdin.")
@click.option("--locale", type=click.Choice(sorted(LANGUAGES)), default="fr", show_default=True)
@click.option("--example", "with_example", is_flag=True, help="Add the example cooperative.")
def command(
    name: str,
    person: str | None,
    email: str,
    password_stdin: bool,
    locale: str,
    with_example: bool,
) -> None:
    """Set this instance up: its cooperative, its first member, its first bodies.

    The first member becomes administrator, which is a technical right without a vote of its own.
    Ends with code 2 when the instance is set up already or an answer is wrong.
    """
    if with_example and not example.IS_AVAILABLE:
        raise click.UsageError("this installation has no example cooperative.")
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else ""
    founding = Founding(name, locale, person or email.split("@")[0], email, password)
    app = create_app()
    migrate.upgrade(app)
    _found(app, founding)
    if with_example:
        _load(app)
    click.echo(f"{name} is set up. Sign in with {email}.")


def _load(app: Flask) -> None:
    bar = click.progressbar(length=100, label="Loading the example cooperative")
    with app.app_context(), bar:
        example.load(app, lambda done, of: bar.update(100 * done // of - bar.pos))


def _found(app: Flask, founding: Founding) -> None:
    with app.app_context(), force_locale("en"):
        try:
            with transaction(None) as tx:
                service.found_cooperative(tx, founding, frozenset(LANGUAGES))
        except Refused as refusal:
            raise click.UsageError(messages.reason(refusal.verdict)) from refusal
        except Invalid as wrong:
            said = [f"{field}: {messages.field_error(c)}" for field, c in wrong.errors.items()]
            raise click.UsageError(" ".join(said)) from wrong
        setup.forget_link(app.extensions["settings"].instance_path)
