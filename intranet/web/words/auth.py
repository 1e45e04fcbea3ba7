"""Words for accounts, sessions, invitations and the set-up."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "auth.too_many_attempts": _l(
        "Too many attempts for this address or from this place. Try again in %(seconds)s s."
    ),
    "auth.wrong_credentials": _l("This address and this password do not go together."),
    "auth.wrong_code": _l(
        "This code is not right, or was used already. Wait for the next one, or take a recovery "
        "code."
    ),
    "auth.unknown_passkey": _l(
        "This passkey opens no account here. Sign in with your password, then add it again."
    ),
    "auth.identity_unknown": _l(
        "No account here is linked to this one. Sign in with your password once and link it from "
        "“My account”; if you have no account, ask for an invitation."
    ),
    "auth.only_own_account": _l("Everybody looks after their own account only."),
    "auth.only_members_invite": _l("Only members and administrators can invite somebody."),
    "auth.only_administrators_give_accounts": _l(
        "Only an administrator gives an account to somebody the cooperative already knows."
    ),
    "auth.invitation_over": _l(
        "This invitation no longer works. Ask the person who invited you for another one."
    ),
    "auth.only_inviter_renews": _l(
        "Only whoever invited this person, or an administrator, makes a new link."
    ),
    "auth.account_disabled": _l("This account is disabled."),
    "auth.reset_over": _l(
        "This link no longer works: it serves once, for an hour. Ask for another one."
    ),
    "auth.only_the_worker": _l("Only the worker answers those who forgot their password."),
    "auth.identity_in_use": _l("This account at the provider opens another account here already."),
    "auth.only_way_in": _l(
        "This is your only way in. First choose a password or add a passkey, then unlink."
    ),
    "auth.only_administrators": _l("Only an administrator can do this."),
    "auth.last_administrator": _l(
        "This is the last administrator. Make somebody else administrator first."
    ),
}

CONFLICTS = {
    "auth.identity_taken": _l("This account at the provider opens another account here already."),
    "auth.second_factor_moved": _l(
        "The second factor was changed meanwhile. Look at your account again."
    ),
    "auth.account_is_disabled": _l("This account is disabled. Enable it first."),
}

FIELD_ERRORS = {
    "auth.password_too_short": _l("Choose a password of at least 10 characters."),
    "auth.password_too_long": _l("Choose a password of at most 200 characters."),
    "auth.password_common": _l(
        "Many people would guess this password. Choose another one, for example three or four "
        "words that have nothing to do with each other."
    ),
    "auth.password_about_you": _l(
        "This password is made of your name, your address or the cooperative’s name, which others "
        "know. Choose words that have nothing to do with you."
    ),
    "auth.password_repeats": _l(
        "This password repeats the same signs, which is guessed quickly. Write several different "
        "words instead."
    ),
    "auth.password_sequence": _l(
        "This password follows the order of letters or numbers, which is guessed quickly. Write "
        "several words that do not follow from each other."
    ),
    "auth.password_keyboard": _l(
        "These keys lie side by side on the keyboard, which is guessed quickly. Write several "
        "words that have nothing to do with each other."
    ),
    "auth.password_date": _l(
        "A date is guessed quickly. Add three or four words that have nothing to do with it."
    ),
    "auth.wrong_password": _l("This is not your present password."),
    "auth.wrong_code": _l(
        "This code is not right. Check the clock of your telephone, then type the next code."
    ),
    "auth.passkey_wrong": _l("The answer of this device could not be checked. Try again."),
    "auth.passkey_known": _l("This passkey was added already."),
    "auth.not_an_address": _l("Give a whole e-mail address, like amel@example.org."),
    "auth.has_account": _l("This person or this address has an account already."),
    "auth.status_by_decision": _l(
        "Choose employee, applicant or sympathiser: a status with a vote comes by a decision."
    ),
    "auth.unknown_person": _l("Choose one of the people in the list."),
    "auth.already_invited": _l(
        "This address is invited already: an administrator makes a new link."
    ),
    "auth.twice_in_list": _l("This address stands in the list already, further up."),
    "auth.several_of_this_name": _l(
        "The cooperative knows several people of this name. Invite this one from the form."
    ),
    "auth.person_known": _l(
        "The cooperative knows somebody of this name already: an administrator gives the account."
    ),
    "auth.unknown_body": _l("No group has this code."),
    "auth.body_by_other_way": _l(
        "Nobody becomes a member of this group by this status: leave the column empty."
    ),
    "auth.list_too_long": _l("A list has 500 lines at most: put this one in another list."),
    "auth.empty_list": _l("Paste at least one line, or choose a file."),
    "auth.list_not_text": _l("This file cannot be read: save the table as CSV, in UTF-8."),
}

LABELS = {
    "notice.password_changed": _l("The password was changed"),
    "notice.password_reset": _l("A new password was chosen by a link"),
    "notice.reset_link_made": _l("A link for a new password was made"),
    "notice.reset_link_mailed": _l("A link for a new password was asked for and sent by mail"),
    "notice.second_factor_set": _l("The second factor was set up"),
    "notice.second_factor_removed": _l("The second factor was removed"),
    "notice.recovery_code_used": _l("A recovery code was used to sign in"),
    "notice.passkey_added": _l("A passkey was added"),
    "notice.passkey_removed": _l("A passkey was removed"),
    "notice.identity_linked": _l("The account was linked to the provider’s"),
    "notice.identity_unlinked": _l("The account was unlinked from the provider’s"),
}
