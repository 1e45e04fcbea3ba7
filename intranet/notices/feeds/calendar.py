"""Deadlines as an iCalendar file (RFC 5545)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import gettext
from icalendar import Calendar, Event

from intranet.notices.feeds.queries import Deadline


def _words(one: Deadline) -> str:
    if one.kind == "vote":
        return gettext("Vote ends: %(title)s", title=one.title)
    if one.kind == "advice":
        return gettext("Last moment to advise: %(title)s", title=one.title)
    if one.kind == "review":
        return gettext("To be reviewed: %(title)s", title=one.title)
    return gettext("Your mandate ends")


def as_calendar(found: Sequence[Deadline], name: str, base_url: str, now: datetime) -> bytes:
    """The file; each deadline keeps its identity, so that a calendar moves it and adds none."""
    calendar = Calendar()
    calendar.add("prodid", "-//Intranet//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    host = base_url.partition("://")[2].partition("/")[0]
    for one in found:
        event = Event()
        event.add("uid", f"{one.key.replace(':', '-')}@{host}")
        event.add("dtstamp", now)
        event.add("summary", _words(one))
        event.add("url", f"{base_url.rstrip('/')}{one.path}")
        event.add("dtstart", one.at)
        if not isinstance(one.at, datetime):
            event.add("dtend", one.at + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
