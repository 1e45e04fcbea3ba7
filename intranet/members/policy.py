"""Who may come in, see people and change what is written about them."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.members.statuses import Audience, Right, Status


def may_enter(reader: Reader) -> Verdict:
    """Everybody whose status of today lets them read, and administrators."""
    actor = reader.actor
    if actor.has(Right.READ) or actor.has(Right.ADMINISTER):
        return YES
    if actor.status == Status.FORMER:
        return no("members.former")
    return no("members.no_status")


def may_see_profiles(reader: Reader) -> Verdict:
    """Members, employees and applicants. Sympathisers see the names only."""
    if reader.actor.is_system or Audience.WORKERS in reader.actor.audiences:
        return YES
    return no("members.only_workers_see_profiles")


def may_see_profile(reader: Reader, person_id: int) -> Verdict:
    """Members, employees and applicants; everybody their own, and that of whoever opened it."""
    if reader.actor.person_id == person_id:
        return YES
    person = reader.session.get(Person, person_id)
    is_open = person is not None and person.visible_to == Audience.OPEN
    if is_open and Audience.OPEN in reader.actor.audiences:
        return YES
    return may_see_profiles(reader)


def may_read_words(reader: Reader, person_id: int, visible_to: str) -> Verdict:
    """What a person says about themselves is for the circle that they chose, and for them."""
    if reader.actor.person_id == person_id or visible_to in reader.actor.audiences:
        return YES
    return no("members.kept_to_others")


def may_edit_profile(reader: Reader, person_id: int) -> Verdict:
    """Everybody with a status of today that reads edits their own profile, nobody another's."""
    if reader.actor.person_id != person_id:
        return no("members.only_own_profile")
    return may_enter(reader)


def may_join_chat(reader: Reader) -> Verdict:
    """Everybody whose status of today lets them read: no administrator as such."""
    if reader.actor.has(Right.READ):
        return YES
    return no("members.no_status")


def may_change_settings(reader: Reader) -> Verdict:
    """Administrators change the name, colour, language and open statuses of this installation."""
    return YES if reader.actor.has(Right.ADMINISTER) else no("members.only_administrators")
