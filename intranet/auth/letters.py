"""The letters that let somebody in: an invitation, and a link for a new password."""

from __future__ import annotations

from datetime import datetime

from flask_babel import force_locale, format_date, gettext

from intranet.auth.models import Account, Invitation
from intranet.auth.resets.models import ResetLink
from intranet.core import clock
from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.members.queries import CooperativeCard, cooperative
from intranet.outbox import post
from intranet.outbox.letters import Letter, Part

INVITATIONS, PASSWORDS = "/invitations", "/password"


def invitation_key(invitation_id: int) -> str:
    """What the letter of an invitation is known by in the outbox."""
    return f"invitation:{invitation_id}"


def reset_key(link_id: int) -> str:
    """What the letter of a link for a new password is known by in the outbox."""
    return f"reset:{link_id}"


def of_invitation(reader: Reader, invitation: Invitation, token: str) -> Letter:
    """An invitation with its link, in the language of the cooperative."""
    house = cooperative(reader.session)
    by = reader.session.get(Person, invitation.invited_by_id or 0)
    with force_locale(house.locale):
        return Letter(
            to=invitation.email,
            subject=gettext("Your way in to the intranet of %(name)s", name=house.name),
            language=house.locale,
            parts=(
                Part(gettext("Hello %(name)s,", name=invitation.name)),
                Part(_who_invites(house, by.name if by else "")),
                Part(
                    gettext(
                        "Open your account by this link. It works once, until %(day)s.",
                        day=_day(invitation.expires_at, house),
                    ),
                    _address(INVITATIONS, token),
                    gettext("Open my account"),
                ),
                Part(gettext("Keep this mail to yourself: whoever uses the link acts as you.")),
            ),
            foot=(
                Part(
                    gettext("You did not expect this mail? Then do nothing: no account is opened.")
                ),
            ),
            sender=house.name,
            until=invitation.expires_at.isoformat(),
        )


def _who_invites(house: CooperativeCard, name: str) -> str:
    if name:
        return gettext(
            "%(who)s invites you to the intranet of %(name)s. There you find the rules and the "
            "decisions, and what is being discussed.",
            who=name,
            name=house.name,
        )
    return gettext(
        "You are invited to the intranet of %(name)s. There you find the rules and the decisions, "
        "and what is being discussed.",
        name=house.name,
    )


def of_reset(reader: Reader, account: Account, link: ResetLink, token: str) -> Letter:
    """A link for a new password, in the language of whoever owns the account."""
    house = cooperative(reader.session)
    language = account.language or house.locale
    with force_locale(language):
        return Letter(
            to=account.email,
            subject=gettext("A new password for the intranet of %(name)s", name=house.name),
            language=language,
            parts=(
                Part(gettext("Hello %(name)s,", name=account.person.name)),
                Part(
                    gettext("Choose a new password by this link. It works once, for an hour."),
                    _address(PASSWORDS, token),
                    gettext("Choose a new password"),
                ),
            ),
            foot=(Part(gettext("You asked for nothing? Then do nothing: your password stays.")),),
            sender=house.name,
            until=link.expires_at.isoformat(),
        )


def _address(room: str, token: str) -> str:
    return post.current().address(f"{room}/{token}")


def _day(instant: datetime, house: CooperativeCard) -> str:
    return str(format_date(clock.local_day(instant, house.zone), "full", rebase=False))
