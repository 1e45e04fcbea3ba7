"""A file of ballots among candidates, in whatever format it says it is."""

from __future__ import annotations

import re

from intranet.voting.election import ElectionSettings
from intranet.voting.files.blt import read_blt
from intranet.voting.files.marks import mark_reader
from intranet.voting.files.sheet import Sheet, UnreadableBox
from intranet.voting.files.table import read_table
from intranet.voting.files.tally import is_tally, read_tally
from intranet.voting.types import BallotForm

_BLT = re.compile(r"\s*(?:#.*\s+)*\d+[ \t]+\d+[ \t]*(?:#.*)?(?:\n|\Z)")


def read_ballots(text: str, name: str, form: BallotForm, settings: ElectionSettings) -> Sheet:
    """The ballots of the file called `name`: BLT, a tally sheet of Debian, or a table.

    A file called .csv or .tsv is a table. Else it is BLT when its name ends so or its first line
    is two numbers, and a tally sheet when it begins like one. Raises UnreadableBox.
    """
    if not text.strip("\ufeff \t\r\n"):
        raise UnreadableBox("the file is empty")
    is_table = name.casefold().endswith((".csv", ".tsv"))
    looks_blt = bool(_BLT.match(text.removeprefix("\ufeff")))
    is_blt = name.casefold().endswith(".blt") or (looks_blt and not is_table)
    is_sheet = is_tally(text) and not is_table
    if (is_blt or is_sheet) and form is not BallotForm.RANK:
        raise UnreadableBox("it holds rankings, and this method counts other ballots")
    if is_blt:
        return read_blt(text)
    if is_sheet:
        return read_tally(text)
    return read_table(text, mark_reader(form, settings))
