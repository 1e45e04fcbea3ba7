"""intranet count: count ballots again, by hand so to speak."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import click

from intranet.voting.box_file import Box, UnreadableBox, ballots_from_csv, box_from_json
from intranet.voting.outcome import Outcome
from intranet.voting.registry import all_methods, method, unused_settings
from intranet.voting.settings import InvalidSettings, Settings
from intranet.voting.types import Base, Electorate, InvalidCount, Silence, TieRule
from intranet.web import messages
from intranet.web.speaking import speaking

METHODS = [one.key for one in all_methods()]


def _one_of(values: type[StrEnum]) -> click.Choice[str]:
    return click.Choice([str(value) for value in values])


@click.command("count")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--method", "key", type=click.Choice(METHODS), help="How to count a CSV file.")
@click.option("--registered", type=click.IntRange(0), help="People on the roll.  [default: all]")
@click.option("--present", type=click.IntRange(0), help="People present or represented.")
@click.option("--threshold", metavar="FRACTION", help="The part needed, as 2/3.")
@click.option("--base", type=_one_of(Base), help="Of whom the threshold is a part.")
@click.option("--strict/--at-least", default=None, help="More than the threshold, or at least.")
@click.option("--quorum", metavar="FRACTION", help="The part that must take part, as 1/2.")
@click.option("--tie", type=_one_of(TieRule), help="As many for as against.")
@click.option("--silence", type=_one_of(Silence), help="What no position means.")
@click.option("--objection-override", metavar="FRACTION", help="The part that passes over.")
@click.option("--blank-counts", is_flag=True, default=None, help="A blank ballot is a vote cast.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as one JSON object.")
@click.option("--locale", type=click.Choice(["en", "fr"]), default="en", show_default=True)
def command(
    file: Path,
    key: str | None,
    registered: int | None,
    present: int | None,
    as_json: bool,
    locale: str,
    **rules: object,
) -> None:
    """Count the ballots of FILE again: a CSV with a column `option`, or an exported poll.

    Without --registered, the people of a CSV are those who gave a ballot. Ends with code 1 when
    the file cannot be counted, or when its stored outcome is not the one counted here.
    """
    given = {name: value for name, value in rules.items() if value is not None}
    box = _box(file, key, registered, given)
    try:
        electorate = Electorate(box.registered, present)
        outcome = method(box.method).tally(box.ballots, electorate, box.settings)
    except InvalidCount as error:
        raise click.ClickException(f"{file.name}: {error.code.replace('_', ' ')}") from error
    _say(outcome, box.outcome, as_json, locale)


def _box(file: Path, key: str | None, registered: int | None, given: Mapping[str, object]) -> Box:
    try:
        text = file.read_text(encoding="utf-8-sig")
        if file.suffix == ".json":
            if key or given or registered is not None:
                raise click.UsageError("an exported poll says itself how it is counted.")
            return box_from_json(text)
        if key is None:
            raise click.UsageError("a CSV file is counted by a method: say it with --method.")
        settings = _settings(key, given)
        ballots = ballots_from_csv(text, method(key))
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file.name} is not a text in UTF-8") from error
    except UnreadableBox as error:
        raise click.ClickException(f"{file.name}, {error}") from error
    return Box(key, settings, len(ballots) if registered is None else registered, ballots)


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


def _say(outcome: Outcome, stored: Outcome | None, as_json: bool, locale: str) -> None:
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
