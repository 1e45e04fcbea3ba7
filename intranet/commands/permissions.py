"""intranet permissions: who may do what."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from intranet import permissions
from intranet.doors import asking, table


@click.command("permissions")
@click.option("--markdown", is_flag=True, help="As the page of the documentation.")
def command(markdown: bool) -> None:
    """List every permission with what it promises, by room.

    The page of the documentation also says who opens which address: that is asked of the example
    cooperative, in a temporary folder, and takes some seconds.
    """
    listed = permissions.permissions()
    if not markdown:
        click.echo(permissions.as_text(listed), nl=False)
        return
    with TemporaryDirectory() as folder:
        doors = asking.doors(Path(folder))
    click.echo(f"{permissions.as_markdown(listed)}\n{table.as_markdown(doors)}", nl=False)
