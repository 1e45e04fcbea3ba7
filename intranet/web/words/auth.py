"""Words for accounts, sessions, invitations and the set-up."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "auth.too_many_attempts": _l(
        "Too many attempts for this address or from this place. Try again in %(seconds)s s."
    ),
    "auth.wrong_credentials": _l("This address and this password do not go together."),
    "auth.only_own_account": _l("Everybody looks after their own account only."),
    "auth.only_members_invite": _l("Only members and administrators can invite somebody."),
    "auth.only_administrators_give_accounts": _l(
        "Only an administrator gives an account to somebody the cooperative already knows."
    ),
    "auth.invitation_over": _l(
        "This invitation no longer works. Ask the person who invited you for another one."
    ),
    "auth.only_administrators": _l("Only an administrator can do this."),
    "auth.last_administrator": _l(
        "This is the last administrator. Make somebody else administrator first."
    ),
}

CONFLICTS = {
    "auth.account_is_disabled": _l("This account is disabled. Enable it first."),
}

FIELD_ERRORS = {
    "auth.password_too_short": _l("Choose a password of at least 10 characters."),
    "auth.password_too_long": _l("Choose a password of at most 200 characters."),
    "auth.password_common": _l(
        "Many people would guess this password. Choose another one, for example three or four "
        "words that have nothing to do with each other."
    ),
    "auth.wrong_password": _l("This is not your present password."),
    "auth.not_an_address": _l("Give a whole e-mail address, like amel@example.org."),
    "auth.has_account": _l("This person or this address has an account already."),
    "auth.status_by_decision": _l(
        "Choose employee, applicant or sympathiser: a status with a vote comes by a decision."
    ),
    "auth.unknown_person": _l("Choose one of the people in the list."),
}
