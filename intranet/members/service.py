"""What people change about themselves, and administrators about the installation."""

from __future__ import annotations

from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.members.events import ProfileUpdated, SettingsChanged
from intranet.members.models import Cooperative, Person
from intranet.members.policy import may_change_settings, may_edit_profile
from intranet.members.statuses import ACCENTS

LONGEST_ABOUT = 5000
LONGEST_NAME = 120


def update_profile(tx: Transaction, person_id: int, about: str) -> None:
    """Write what a person says about themselves. The same text again changes nothing.

    Raises NotFound, Refused for somebody else's profile, Invalid for a text that is too long.
    """
    person = tx.session.get(Person, person_id)
    if person is None:
        raise NotFound
    tx.require(may_edit_profile, person.id)
    text = about.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_ABOUT:
        raise Invalid(about="members.about_too_long")
    if text != person.about:
        person.about = text
        tx.record(ProfileUpdated(person_id=person.id))


def change_settings(
    tx: Transaction,
    name: str,
    accent: str,
    locale: str,
    locales: frozenset[str],
    *,
    external_members: bool,
) -> None:
    """Change the cooperative's name, its colour, the language of its pages, and whether somebody
    can become an external member; those who are one stay so.

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
    if wrong:
        raise Invalid(**wrong)
    chosen = {
        "name": name.strip(),
        "accent": accent,
        "locale": locale,
        "external_members": external_members,
    }
    changed = {key: new for key, new in chosen.items() if getattr(cooperative, key) != new}
    for key, new in changed.items():
        setattr(cooperative, key, new)
    if changed:
        tx.record(SettingsChanged())
