"""What people change about themselves, and administrators about the installation."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import delete

from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.members.events import ProfileUpdated, SettingsChanged
from intranet.members.models import Cooperative, Person, Portrait
from intranet.members.policy import may_change_settings, may_edit_profile
from intranet.members.statuses import ACCENTS, Audience

LONGEST_ABOUT = 5000
LONGEST_SKILLS = 1000
LONGEST_LINE = 300
LONGEST_NAME = 120


@dataclass(frozen=True)
class OwnWords:
    """What people say about themselves, and the audience for which they say it."""

    about: str
    skills: str = ""
    languages: str = ""
    presence: str = ""
    visible_to: str = Audience.WORKERS


def _own(tx: Transaction, person_id: int) -> Person:
    person = tx.session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise NotFound
    return person


def update_profile(tx: Transaction, person_id: int, said: OwnWords) -> None:
    """Write what a person says about themselves. The same words again change nothing.

    Raises NotFound, Refused for somebody else's profile, Invalid by field.
    """
    person = _own(tx, person_id)
    tx.require(may_edit_profile, person.id)
    words = {
        "about": said.about.replace("\r\n", "\n").strip(),
        "skills": " ".join(said.skills.split()),
        "languages": " ".join(said.languages.split()),
        "presence": " ".join(said.presence.split()),
        "visible_to": said.visible_to,
    }
    wrong = {}
    if len(words["about"]) > LONGEST_ABOUT:
        wrong["about"] = "members.about_too_long"
    if len(words["skills"]) > LONGEST_SKILLS:
        wrong["skills"] = "members.skills_too_long"
    for name in ("languages", "presence"):
        if len(words[name]) > LONGEST_LINE:
            wrong[name] = "members.line_too_long"
    if said.visible_to not in set(Audience):
        wrong["visible_to"] = "members.unknown_circle"
    if wrong:
        raise Invalid(**wrong)
    changed = {key: new for key, new in words.items() if getattr(person, key) != new}
    for key, new in changed.items():
        setattr(person, key, new)
    if changed:
        tx.record(ProfileUpdated(person_id=person.id))


def change_portrait(tx: Transaction, person_id: int, image: bytes | None) -> None:
    """Show another picture of oneself, one that `pictures.portrait` made, or none.

    Raises NotFound, Refused for somebody else's profile.
    """
    person = _own(tx, person_id)
    tx.require(may_edit_profile, person.id)
    tx.session.execute(delete(Portrait).where(Portrait.person_id == person.id))
    if image is not None:
        tx.session.add(Portrait(person_id=person.id, image=image, at=tx.now))
    tx.record(ProfileUpdated(person_id=person.id))


def _is_web_address(typed: str) -> bool:
    """Whether a browser would open it as a page: no other kind of address becomes a link."""
    try:
        parts = urlsplit(typed)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(typed) <= LONGEST_LINE


def change_settings(
    tx: Transaction,
    name: str,
    accent: str,
    locale: str,
    locales: frozenset[str],
    *,
    external_members: bool,
    chat_url: str = "",
) -> None:
    """Change the cooperative's name, its colour, the language of its pages, whether somebody can
    become an external member (those who are one stay so), and the address of its chat room.

    `locales` are the languages the pages exist in. Raises Refused, or Invalid by field.
    """
    cooperative = tx.session.get_one(Cooperative, 1)
    tx.require(may_change_settings)
    wrong = {}
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        wrong["name"] = "members.name_length"
    if accent not in ACCENTS:
        wrong["accent"] = "members.unknown_accent"
    if locale not in locales:
        wrong["locale"] = "members.unknown_language"
    if chat_url.strip() and not _is_web_address(chat_url.strip()):
        wrong["chat_url"] = "members.no_web_address"
    if wrong:
        raise Invalid(**wrong)
    chosen = {
        "name": name.strip(),
        "accent": accent,
        "locale": locale,
        "external_members": external_members,
        "chat_url": chat_url.strip(),
    }
    changed = {key: new for key, new in chosen.items() if getattr(cooperative, key) != new}
    for key, new in changed.items():
        setattr(cooperative, key, new)
    if changed:
        tx.record(SettingsChanged())
