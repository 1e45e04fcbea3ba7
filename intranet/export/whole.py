"""The cooperative's memory as a folder of plain files, to leave with."""

from __future__ import annotations

from pathlib import Path

from intranet.core import journal
from intranet.core.actor import Actor
from intranet.core.transaction import Reader, reader
from intranet.export import (
    beside,
    files,
    page_talk,
    pages,
    people,
    register,
    rules,
    tables,
    talks,
    voices,
    votes,
)
from intranet.export.folder import Folder
from intranet.members.statuses import Audience

README = Path(__file__).with_name("README.md")
READS = {
    Audience.MEMBERS: frozenset({Audience.MEMBERS, Audience.WORKERS, Audience.OPEN}),
    Audience.WORKERS: frozenset({Audience.WORKERS, Audience.OPEN}),
    Audience.OPEN: frozenset({Audience.OPEN}),
}


def reader_like(audience: Audience) -> Reader:
    """A Reader who sees what this audience sees, and is nobody."""
    return reader(Actor(person_id=None, name="export", audiences=READS[audience]))


def write_all(look: Reader, folder: Folder, *, every_text: bool = False) -> None:
    """Write everything the reader may see. People, tables and journal go only to those who see
    all: the journal names by number what others may not know of, and cannot be cut without
    breaking its chain.
    """
    folder.write("README.md", README.read_text(encoding="utf-8"))
    pages.write_pages(look, folder, every_text)
    rules.write_rules(look, folder)
    register.write_register(look, folder)
    beside.write_beside(look, folder)
    files.write_files(look, folder)
    files.write_page_files(look, folder)
    page_talk.write_page_talk(look, folder)
    talks.write_proposals(look, folder)
    votes.write_procedures(look, folder)
    votes.write_polls(look, folder, talks.readable(look))
    if Audience.MEMBERS in look.actor.audiences:
        people.write_people(look, folder)
        voices.write_proxies(look, folder)
        tables.write_tables(look, folder)
        folder.write_lines("events.jsonl", journal.lines(look.session))
    folder.seal()
