"""intranet count: count ballots again, by hand so to speak."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import click

from intranet.recount import ELECTION_OPTIONS, count_file, method_key
from intranet.voting.box_file import Box, ballots_from_csv, box_from_json
from intranet.voting.election import Ranking, Unmarked
from intranet.voting.files.exported import election_from_json, is_election
from intranet.voting.files.sheet import UnreadableBox
from intranet.voting.outcome import Outcome
from intranet.voting.registry import all_elections, method, unused_settings
from intranet.voting.settings import InvalidSettings, Settings
from intranet.voting.types import Base, InvalidCount, Setting, Silence, TieRule
from intranet.web import messages
from intranet.web.speaking import speaking


def _one_of(values: type[StrEnum]) -> click.Choice[str]:
    return click.Choice([str(value) for value in values])


@click.command("count")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--method", "name", metavar="METHOD", help="How to count: schulze, stv, consent…")
@click.option("--registered", type=click.IntRange(0), help="People on the roll.  [default: all]")
@click.option("--present", type=click.IntRange(0), help="People present or represented.")
@click.option("--quorum", metavar="FRACTION", help="The part that must take part, as 1/2.")
@click.option("--seats", type=click.IntRange(1), help="How many are to be chosen.")
@click.option("--blank", type=_one_of(Unmarked), help="What no mark beside a candidate means.")
@click.option("--default-option", metavar="NAME", help="The candidate “none of these”.")
@click.option("--majority", metavar="N:M", help="Ballots above the default option, as 3:1.")
@click.option("--tie-break", metavar="NAMES", help="The recorded draw, best first: A,B,C.")
@click.option("--grades", metavar="WORDS", help="The words of the grades, best first.")
@click.option("--most-marks", type=click.IntRange(1), help="Candidates one ballot may mark.")
@click.option("--highest", type=click.IntRange(1), help="The best score, or the points to give.")
@click.option("--more-than-half-of", type=_one_of(Base), help="Of whom, to have a seat at all.")
@click.option("--seed", metavar="TEXT", help="The seed drawn in public, to draw lots again.")
@click.option("--threshold", metavar="FRACTION", help="The part needed, as 2/3.")
@click.option("--base", type=_one_of(Base), help="Of whom the threshold is a part.")
@click.option("--strict/--at-least", default=None, help="More than the threshold, or at least.")
@click.option("--tie", type=_one_of(TieRule), help="As many for as against.")
@click.option("--silence", type=_one_of(Silence), help="What no position means.")
@click.option("--objection-override", metavar="FRACTION", help="The part that passes over.")
@click.option("--blank-counts", is_flag=True, default=None, help="A blank ballot is a vote cast.")
@click.option(
    "--lowest-block", is_flag=True, default=None, help="The two lowest steps stop a text."
)
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as one JSON object.")
@click.option("--locale", type=click.Choice(["en", "fr"]), default="en", show_default=True)
def command(file: Path, name: str | None, as_json: bool, locale: str, **options: object) -> None:
    """Count the ballots of FILE again.

    FILE is a table of marks with a column for each candidate, a BLT file, a tally sheet of Debian,
    a table with a column `option` for a vote on a text, or an exported result. With a default
    option, a quorum without a slash is how many ballots must be exceeded above it.

    Without --registered, the people on the roll are those who gave a ballot. Ends with code 1 when
    the file cannot be counted, or when its stored outcome is not the one counted here.
    """
    given = {option: value for option, value in options.items() if value is not None}
    try:
        outcome, stored = _counted(file, name, given)
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file.name} is not a text in UTF-8") from error
    except UnreadableBox as error:
        raise click.ClickException(f"{file.name}, {error}") from error
    except InvalidCount as error:
        raise click.ClickException(f"{file.name}: {error.code.replace('_', ' ')}") from error
    _say(outcome, stored, as_json, locale)


Counted = Outcome | Ranking


def _counted(
    file: Path, name: str | None, given: Mapping[str, Any]
) -> tuple[Counted, Counted | None]:
    """The outcome counted here, and the one that the file holds, if any."""
    text = file.read_text(encoding="utf-8-sig")
    if file.suffix == ".json":
        if name or given:
            raise click.UsageError("an exported result says itself how it is counted.")
        if is_election(text):
            election_box = election_from_json(text)
            return election_box.counted(), election_box.outcome
        box = box_from_json(text)
        return box.counted(), box.outcome
    if name is None:
        raise click.UsageError("ballots are counted by a method: say it with --method.")
    key, registered = method_key(name), given.get("registered")
    if key in {one.key for one in all_elections()}:
        _refuse(key, given, {"registered", *ELECTION_OPTIONS})
        return count_file(text, file.name, key, given, registered), None
    _refuse(key, given, {"registered", "present", *Setting})
    rules = {rule.value: given[rule.value] for rule in Setting if rule.value in given}
    settings = _settings(key, rules)
    ballots = ballots_from_csv(text, method(key))
    roll = len(ballots) if registered is None else registered
    return Box(key, settings, roll, ballots).counted(given.get("present")), None


def _refuse(key: str, given: Mapping[str, Any], known: set[str]) -> None:
    unused = sorted(option.replace("_", "-") for option in given.keys() - known)
    if unused:
        raise click.UsageError(f"{key} does not use --{', --'.join(unused)}.")


def _settings(key: str, given: Mapping[str, object]) -> Settings:
    try:
        settings = Settings.from_json(given)
    except InvalidSettings as error:
        with speaking("en"):
            said = messages.field_error(f"setting_{error.code}")
        raise click.UsageError(f"--{error.setting.replace('_', '-')}: {said}") from error
    unused = [name.replace("_", "-") for name in unused_settings(key, settings)]
    if unused:
        raise click.UsageError(f"{key} does not use --{', --'.join(unused)}.")
    return settings


def _say(outcome: Counted, stored: Counted | None, as_json: bool, locale: str) -> None:
    differs = stored is not None and stored.to_json() != outcome.to_json()
    if as_json:
        click.echo(json.dumps(outcome.to_json(), ensure_ascii=False))
    else:
        with speaking(locale):
            for number, line in enumerate(outcome.lines):
                click.echo(("  " if number else "") + messages.line(line.code, line.values))
    if differs:
        click.echo("The outcome stored in the file is another one.", err=True)
    elif stored is not None and not as_json:
        click.echo("The outcome stored in the file is the same.")
    sys.exit(1 if differs else 0)
