"""intranet import-decisions: take over a register of decisions kept elsewhere."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import click
from sqlalchemy import select

from intranet.core.policy import Conflict
from intranet.core.transaction import Transaction, transaction
from intranet.decisions import service
from intranet.decisions.entry import Entry, clean_tags
from intranet.decisions.formats.adr import read_folder
from intranet.decisions.formats.minutes import read_minutes
from intranet.decisions.found import FoundDecision, LeftOut, Plan, Unreadable
from intranet.decisions.importing import read
from intranet.decisions.models import Decision, DecisionResult
from intranet.decisions.statuses import STOPS
from intranet.members.models import Body
from intranet.members.statuses import Audience
from intranet.migrate import ready

WHY = {
    "decisions.source_taken": "its source already stands in the register as {number}",
    "decisions.recorded_otherwise": "the register holds it with another {field}, "
    "and a record is never rewritten",
    "decisions.said_otherwise_now": "the register holds it with another {field}, "
    "and a record is never rewritten",
    "decisions.link_in_a_circle": "{number} would end up replacing itself through {other}",
}
PREFIXES = {"csv": "IMPORT", "adr": "ADR", "minutes": ""}
READERS_OF = {"csv": read, "adr": read_folder, "minutes": read_minutes}
READERS = [audience.value for audience in Audience]
DONE = ("imported", "updated", "unchanged", "skipped")


class _Rehearsed(Exception):
    """Ends the transaction of a dry run: nothing is kept."""


@dataclass
class Report:
    """What became of every row; `notes` are things to know that stopped no row."""

    fate: dict[str, str] = field(default_factory=dict)
    skips: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def summary(self) -> str:
        """The last line: how many rows had which fate."""
        counted = Counter(self.fate.values()) + Counter(skipped=len(self.skips))
        return ", ".join(f"{word} {counted[word]}" for word in DONE)


def _why(conflict: Conflict) -> str:
    return WHY[conflict.reason].format(**conflict.values)


def _entry(found: FoundDecision, body: Body | None, audience: str) -> Entry:
    return Entry(
        body_id=body.id if body else None,
        body_code=body.code if body else "",
        title=found.title,
        text=found.text,
        result=found.result,
        decided_on=found.decided_on,
        effective_on=found.effective_on,
        origin_kind="import",
        audience=audience,
        tags=clean_tags(found.tags),
        source=found.source,
        source_status=found.source_status,
    )


def _take_rows(
    tx: Transaction, found: Iterable[FoundDecision], body: Body | None, audience: str
) -> Report:
    """Take over decisions, then their links, so that no link comes before its decisions."""
    report, taken = Report(), []
    for row in found:
        number = row.numbered.number
        try:
            is_new = service.import_decision(tx, row.numbered, _entry(row, body, audience))
        except Conflict as conflict:
            if not _gave_way(row, conflict):
                report.skips.append(LeftOut(row.line, number, _why(conflict), row.file))
                continue
            is_new = False
            report.notes.append(f"{row.where}: {_why(conflict)}: only its links are taken")
        report.fate[number] = "imported" if is_new else "unchanged"
        taken.append(row)
    for row in taken:
        _take_links(tx, row, report)
    report.notes += _dangling(tx, taken)
    return report


def _gave_way(row: FoundDecision, conflict: Conflict) -> bool:
    """Whether a decision that is held says by now which one took its place: that is a link, an act
    of its own, and takes nothing from the record."""
    named = any(
        target == row.numbered.number and kind in STOPS for _source, kind, target in row.links
    )
    return named and conflict.reason == "decisions.said_otherwise_now"


def _take_links(tx: Transaction, row: FoundDecision, report: Report) -> None:
    number = row.numbered.number
    for source, kind, target in row.links:
        try:
            is_new = service.import_link(tx, source, target, kind)
        except Conflict as conflict:
            report.notes.append(f"{row.where}: link left out, {_why(conflict)}")
            continue
        if is_new and report.fate[number] == "unchanged":
            report.fate[number] = "updated"


def _dangling(tx: Transaction, taken: Iterable[FoundDecision]) -> list[str]:
    """A note for each link to a decision that the register does not hold."""
    links = [(row, *link) for row in taken for link in row.links]
    held = set(tx.session.scalars(select(Decision.number)))
    return [
        f"{row.where}: {source} {kind} {target}, "
        f"and {source if source not in held else target} is not in the register"
        for row, source, kind, target in links
        if not {source, target} <= held
    ]


def _body(tx: Transaction, code: str | None) -> Body | None:
    if code is None:
        return None
    body = tx.session.scalars(select(Body).where(Body.code == code)).one_or_none()
    if body is None:
        raise click.UsageError(f"there is no body with the code {code}")
    return body


def _pairs(option: str, values: tuple[str, ...]) -> dict[str, str]:
    """The pairs of options written NAME=VALUE."""
    pairs = dict(value.split("=", 1) for value in values if "=" in value)
    if len(pairs) != len(values):
        raise click.UsageError(f"{option} is written NAME=VALUE, each name once")
    return {name.strip(): value.strip() for name, value in pairs.items()}


def _say_found(found: Iterable[FoundDecision]) -> None:
    """The decisions that a rehearsal understood, one a line."""
    for row in found:
        when = row.decided_on.isoformat() if row.decided_on else "no date"
        click.echo(f"found: {row.where}, {row.numbered.number}, {row.result}, {when}: {row.title}")


def _say(report: Report) -> None:
    for note in report.notes:
        click.echo(f"note: {note}")
    for skip in sorted(report.skips, key=lambda skip: skip.line):
        click.echo(f"skipped: {skip.where}, {skip.what}: {skip.why}")
    click.echo(report.summary())


def _meanings(values: tuple[str, ...]) -> dict[str, str]:
    words = _pairs("--status", values)
    unknown = set(words.values()) - {str(result) for result in DecisionResult}
    if unknown:
        known = ", ".join(DecisionResult)
        raise click.UsageError(f"--status: {', '.join(unknown)} is none of {known}")
    return words


@click.command("import-decisions")
@click.argument("source", metavar="FILE|FOLDER", type=click.Path(exists=True, path_type=Path))
@click.option("--format", "shape", type=click.Choice(list(PREFIXES)), help="Else by the source.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and keep nothing.")
@click.option("--keep", is_flag=True, help="Minutes are only rehearsed without it.")
@click.option(
    "--map", "maps", multiple=True, metavar="NAME=COLUMN", help="The column of a field, again."
)
@click.option("--prefix", help="Number 241 becomes PREFIX-0241.")
@click.option("--body", help="The code of the body that decided.")
@click.option("--audience", type=click.Choice(READERS), default="workers", show_default=True)
@click.option("--status", "words", multiple=True, metavar="WORD=RESULT", help="What a word means.")
@click.option("--date-format", default="", help="As in strftime, e.g. %d.%m.%y.")
@click.option("--text-dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
def command(
    source: Path,
    shape: str | None,
    dry_run: bool,
    keep: bool,
    maps: tuple[str, ...],
    prefix: str | None,
    body: str | None,
    audience: str,
    words: tuple[str, ...],
    date_format: str,
    text_dir: Path | None,
) -> None:
    """Take over decisions kept elsewhere, with their links. A second run changes nothing.

    csv: a table with number, title, status, date, effective, replaces, superseded_by, requires,
    amends, repeals, tags, text, file. adr: a folder of decision records in Markdown (ADR, MADR),
    in English or French, one file each. minutes: a file in Markdown, of which only items that
    begin with "Décision :" and say "Résultat :" become decisions of --body; rehearsed until you
    say --keep. A status that is missing or unknown is never guessed: that decision is left out
    and named. --status "=undecided" keeps records without a status as not decided.
    """
    shape = shape or ("adr" if source.is_dir() else "csv")
    if shape == "minutes" and not body:
        raise click.UsageError("minutes are those of a body: name its code with --body")
    columns, meanings = _pairs("--map", maps), _meanings(words)
    prefix = prefix or PREFIXES[shape] or body or ""
    plan = Plan(prefix, columns, meanings, date_format, text_dir)
    rows = _read(source, shape, plan)
    found = [row for row in rows if isinstance(row, FoundDecision)]
    is_rehearsal = dry_run or (shape == "minutes" and not keep)
    with ready().app_context():
        report = _take(found, body, audience, is_rehearsal)
    if is_rehearsal and shape != "csv":
        _say_found(found)
    report.skips += [row for row in rows if isinstance(row, LeftOut)]
    _say(report)


def _read(source: Path, shape: str, plan: Plan) -> list[FoundDecision | LeftOut]:
    if source.is_dir() != (shape == "adr"):
        raise click.UsageError("csv and minutes read a file, and adr a folder")
    try:
        return list(READERS_OF[shape](source, plan))
    except Unreadable as problem:
        raise click.ClickException(f"{source.name}: {problem}") from problem


def _take(found: list[FoundDecision], body: str | None, audience: str, dry_run: bool) -> Report:
    """All rows in one transaction; undone at the end of a dry run."""
    report = Report()
    try:
        with transaction(None) as tx:
            decided_by = _body(tx, body)
            with click.progressbar(found, label="decisions", file=sys.stderr) as rows:
                report = _take_rows(tx, rows, decided_by, audience)
            if dry_run:
                raise _Rehearsed
    except _Rehearsed:
        click.echo("dry run: nothing was kept")
    return report
