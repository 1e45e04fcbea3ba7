"""intranet permissions: who may do what."""

from __future__ import annotations

import click

from intranet import permissions


@click.command("permissions")
@click.option("--markdown", is_flag=True, help="As the page of the documentation.")
def command(markdown: bool) -> None:
    """List every permission with what it promises, by room."""
    write = permissions.as_markdown if markdown else permissions.as_text
    click.echo(write(permissions.permissions()), nl=False)
