"""intranet mirror: the history of the pages as a Git repository, one way."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import click
from flask import current_app

from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.text import slugify
from intranet.core.transaction import reader
from intranet.export.history_stream import BRANCH, person, stream
from intranet.export.mirror import (
    NOBODY,
    Mirrored,
    WordsWereRemoved,
    commits,
    read_mirrored,
)
from intranet.export.whole import reader_like
from intranet.members.queries import cooperative
from intranet.members.statuses import Audience
from intranet.migrate import ready

READERS = "intranet.readers"


@click.command("mirror")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--everything",
    is_flag=True,
    help="Also the pages that only some people may read; for the technical administration.",
)
def command(folder: Path, everything: bool) -> None:
    """Write the history of the pages into FOLDER, a bare Git repository, and go on from there at
    each later call.

    One commit for each revision, with its author, day, summary and decision; never a private
    e-mail address. Nothing is ever read back from the mirror. `git clone FOLDER` gives the files.
    Needs the program git.
    """
    git = _Git(folder.absolute())
    with ready().app_context():
        known = git.prepared("everything" if everything else "members")
        look = reader(SYSTEM) if everything else reader_like(Audience.MEMBERS)
        domain = _domain()
        committer = person(NOBODY, f"{NOBODY}@{domain}")
        try:
            found = list(commits(look, known, domain))
        except WordsWereRemoved:
            raise click.ClickException(
                "words were removed that this mirror still holds: delete the mirror and every "
                "copy of it, then make it anew."
            ) from None
        if found:
            git.take(stream(found, committer, goes_on=bool(known.last)))
        db.session.remove()
    click.echo(f"{folder}: {len(found)} commits added")


def _domain() -> str:
    """The domain of the addresses in the mirror: that of the intranet, else one that is none."""
    host = urlsplit(current_app.extensions["settings"].base_url).hostname
    return host or f"{slugify(cooperative(db.session()).name)}.invalid"


class _Git:
    """The program git on one bare repository, without anybody's settings."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("git")
        if program is None:
            raise click.ClickException("the program git is not installed: a mirror needs it.")
        self._words = [program, f"--git-dir={folder}"]
        self._folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        self._environment = {**kept, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}

    def _said(self, *words: str) -> str:
        done = subprocess.run(
            [*self._words, *words],
            env=self._environment,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode()

    def prepared(self, readers: str) -> Mirrored:
        """What the mirror holds; it is made when the folder is not there. Raises ClickException
        for a folder that is no mirror of ours, or one for other readers."""
        if not self._folder.exists():
            self._folder.mkdir(mode=0o700, parents=True)
            self._said("init", "--quiet", "--bare", "--initial-branch=main")
            self._said("config", READERS, readers)
            return Mirrored()
        try:
            kept = self._said("config", "--get", READERS).strip()
        except subprocess.CalledProcessError:
            raise click.ClickException(
                f"{self._folder} is no mirror made by this command: name a new folder."
            ) from None
        if kept != readers:
            raise click.ClickException("this mirror is for other readers: name another folder.")
        return self._mirrored()

    def _mirrored(self) -> Mirrored:
        if not self._said("for-each-ref", BRANCH).strip():
            return Mirrored()
        messages = self._said("log", "--reverse", "--format=%B%x00", BRANCH).split("\0")
        known = read_mirrored([message for message in messages if message.strip()])
        if known is None:
            raise click.ClickException(
                f"somebody wrote into {self._folder}: a mirror is only read. Make it anew."
            )
        return known

    def take(self, pieces: Iterator[bytes]) -> None:
        """Add commits, all of them or none. Raises ClickException when git refuses."""
        with subprocess.Popen(
            [*self._words, "fast-import", "--quiet", "--done", "--date-format=raw"],
            env=self._environment,
            stdin=subprocess.PIPE,
        ) as process:
            assert process.stdin is not None  # noqa: S101 - it is a pipe
            process.stdin.writelines(pieces)
            process.stdin.close()
            if process.wait():
                raise click.ClickException("git could not take the history; nothing was added.")
