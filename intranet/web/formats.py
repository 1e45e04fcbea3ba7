"""Dates in words with their zone, for templates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from flask import Flask
from flask_babel import (
    format_date,
    format_datetime,
    format_decimal,
    get_locale,
    get_timezone,
    gettext,
    ngettext,
)

from intranet.core import clock
from intranet.web import devices, messages


def day(value: date | None) -> str:
    """A date in words: 12 mars 2026, and 1er mars as the French write the first of a month."""
    if value is None:
        return ""
    words = str(format_date(value, "long", rebase=False))
    first = value.day == 1 and str(get_locale()) == "fr"
    return words.replace("1 ", "1er ", 1) if first else words


def moment(value: datetime | None) -> str:
    """An instant in words, to the minute, in the cooperative's zone."""
    if value is None:
        return ""
    local = value.astimezone(get_timezone() or UTC)
    time = format_datetime(value, gettext("HH:mm"))
    return gettext("%(day)s at %(time)s", day=day(local.date()), time=time)


def zoned(value: datetime | None) -> str:
    """An instant in words with the name of its zone, for deadlines."""
    if value is None:
        return ""
    zone = str(get_timezone()).rsplit("/", 1)[-1].replace("_", " ")
    return gettext("%(moment)s (%(zone)s time)", moment=moment(value), zone=zone)


def file_size(value: int) -> str:
    """How large a file is, in words: 312 kB, 1.4 MB."""
    if value < 1_000_000:
        return gettext("%(size)s kB", size=format_decimal(max(1, round(value / 1000))))
    return gettext("%(size)s MB", size=format_decimal(round(value / 1_000_000, 1)))


def ago(value: datetime | None) -> str:
    """How long ago, in words; past a week, the day."""
    if value is None:
        return ""
    passed = clock.now() - value
    if passed < timedelta(minutes=1):
        return gettext("just now")
    if passed < timedelta(hours=1):
        minutes = int(passed.total_seconds() // 60)
        return ngettext("%(num)d minute ago", "%(num)d minutes ago", minutes)
    if passed < timedelta(days=1):
        hours = int(passed.total_seconds() // 3600)
        return ngettext("%(num)d hour ago", "%(num)d hours ago", hours)
    if passed < timedelta(days=7):
        return ngettext("%(num)d day ago", "%(num)d days ago", passed.days)
    return day(value.astimezone(get_timezone() or UTC).date())


def time_left(value: datetime | None) -> str:
    """How much time is left before an instant, in words, rounded down; empty once it is past."""
    left = value - clock.now() if value else timedelta(0)
    if left <= timedelta(0):
        return ""
    if left < timedelta(hours=1):
        minutes = int(left.total_seconds() // 60)
        return ngettext("%(num)d minute left", "%(num)d minutes left", minutes)
    if left < timedelta(days=2):
        hours = int(left.total_seconds() // 3600)
        return ngettext("%(num)d hour left", "%(num)d hours left", hours)
    return ngettext("%(num)d day left", "%(num)d days left", left.days)


def install(app: Flask) -> None:
    """Give templates these words as filters, and those of codes."""
    app.jinja_env.filters.update(
        label=messages.label,
        reason=messages.reason,
        role=messages.role,
        decision_kind=messages.decision_kind,
        device=devices.words,
    )
    for function in (day, moment, zoned, file_size, ago, time_left):
        app.jinja_env.filters[function.__name__] = function
