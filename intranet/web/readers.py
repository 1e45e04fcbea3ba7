"""For whom a text is, in words: statuses, a body, or people by name."""

from __future__ import annotations

from flask_babel import gettext as _

from intranet.core.transaction import Reader
from intranet.members import audience_queries as audiences
from intranet.members.audience_queries import AudienceName
from intranet.members.queries import bodies
from intranet.members.statuses import Audience
from intranet.web import messages


def words(reader: Reader, audience: str) -> str:
    """The people of an audience, as a piece of a sentence; nothing for no audience."""
    if not audience:
        return ""
    return _said(audiences.audience_names(reader, [audience])[audience])


def _said(name: AudienceName) -> str:
    if name.word:
        return messages.label(f"audience.{name.word}")
    if name.body:
        return _("the people of “%(body)s”", body=name.body)
    first, last = ", ".join(name.people[:-1]), name.people[-1] if name.people else ""
    return _("%(first)s and %(last)s", first=first, last=last) if first else last


def choices(reader: Reader, *, narrow: bool = False) -> list[tuple[str, str]]:
    """The audiences to which the reader belongs, the widest first, then bodies: code and words.
    The narrow ones are those to which not everybody belongs who works here."""
    own = reader.actor.audiences
    shown = (Audience.MEMBERS,) if narrow else tuple(reversed(Audience))
    wide = [str(one) for one in shown if one in own]
    found = [(one, messages.label(f"audience.{one}")) for one in wide]
    for body in bodies(reader):
        code = audiences.body_audience(body.id)
        if code in own:
            found.append((code, _("the people of “%(body)s”", body=body.name)))
    return found
