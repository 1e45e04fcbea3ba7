"""Mails written at the moment of sending, under the rights of that moment."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import force_locale, gettext, ngettext
from sqlalchemy import ColumnElement, and_, select

from intranet.core.events import EventRow
from intranet.core.transaction import Reader
from intranet.members.queries import cooperative
from intranet.notices.kinds import Way
from intranet.notices.models import Notice
from intranet.notices.reading import Addressee, addressee, as_person
from intranet.notices.room import line_for_the_room
from intranet.notices.telling import Line, lines
from intranet.outbox import post
from intranet.outbox.letters import Letter, Part
from intranet.outbox.post import Claimed

CHOICES = "/for-you/choices"


def write_notice(look: Reader, claimed: Claimed) -> Letter | None:
    """The mail about one event, or None: it was read meanwhile, or there is nothing to do about it
    any more, or the person may not know of it now."""
    wanted = and_(Notice.event_id == claimed.reference, Notice.way == Way.MAIL)
    rows = _events(look, wanted, claimed)
    return _written(look, claimed, rows)


def write_digest(look: Reader, claimed: Claimed) -> Letter | None:
    """The mail about all that one day or week brought, or None when nothing of it is left."""
    return _written(look, claimed, _events(look, Notice.message_id == claimed.id, claimed))


def write_for_room(look: Reader, claimed: Claimed) -> str | None:
    """One line for the chat room, in the language of the cooperative."""
    row = look.session.get(EventRow, claimed.reference)
    card = cooperative(look.session)
    with force_locale(card.locale):
        line = line_for_the_room(look, row) if row else None
        return f"{line.words}\n{post.current().address(line.path)}" if line else None


def _events(look: Reader, condition: ColumnElement[bool], claimed: Claimed) -> Sequence[EventRow]:
    """The events of unread notices of the person."""
    query = (
        select(EventRow)
        .join(Notice, Notice.event_id == EventRow.id)
        .where(Notice.person_id == claimed.person_id, Notice.read_at.is_(None))
        .where(condition, Notice.way != Way.OFF)
        .order_by(EventRow.id)
    )
    return look.session.scalars(query).all()


def _written(look: Reader, claimed: Claimed, rows: Sequence[EventRow]) -> Letter | None:
    assert claimed.person_id is not None  # noqa: S101
    reader = as_person(look, claimed.person_id)
    to = addressee(reader)
    if to is None or not rows:
        return None
    with force_locale(to.language):
        found = [line for line in lines(reader, rows) if line and not line.is_over]
        return _letter(reader, to, claimed, _once_each(found)) if found else None


def _once_each(found: Sequence[Line]) -> list[Line]:
    """What has to be done by an instant first, the nearest one before; the same line once."""
    once = list(dict.fromkeys(found))
    return sorted(once, key=lambda line: (line.until is None, line.until or 0))


def _letter(reader: Reader, to: Addressee, claimed: Claimed, found: list[Line]) -> Letter:
    ways = post.current()
    stop = ways.address(f"/stop-mail/{claimed.stop}")
    parts = [Part(gettext("Hello %(name)s,", name=to.name))]
    parts += [Part(line.words, ways.address(line.path)) for line in found]
    return Letter(
        to=to.email,
        sender=cooperative(reader.session).name,
        subject=found[0].words if claimed.channel == "notice" else _digest_subject(found),
        language=to.language,
        parts=tuple(parts),
        foot=(
            Part(
                gettext("You choose what you are told, how and when."),
                ways.address(CHOICES),
                gettext("My choices"),
            ),
            Part("", stop, gettext("No more such mails")),
        ),
        stop=stop,
    )


def _digest_subject(found: Sequence[Line]) -> str:
    said = ngettext("%(num)d thing to know", "%(num)d things to know", len(found))
    waiting = sum(line.until is not None for line in found)
    if waiting:
        said += ", " + ngettext("%(num)d waits for you", "%(num)d wait for you", waiting)
    return said
