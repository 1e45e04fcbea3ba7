"""The rule of a procedure in words: what it asks of so many people, and what answers mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from intranet.polls.procedure_queries import ProcedureCard
from intranet.voting.quorum import votes_needed
from intranet.voting.settings import fraction_to_text
from intranet.voting.types import Base, Silence
from intranet.web import messages
from intranet.web.options import election_sentence

HINTS = {
    "consent": lazy_gettext("I see no harm in it: it is safe enough to try."),
    "reservation": lazy_gettext("It can go on; my reservation is kept in the record."),
    "stand_aside": lazy_gettext("I take no part in this decision and do not stop it."),
    "objection": lazy_gettext("It would harm the group or cross a limit of mine: I say why."),
    "abstain": lazy_gettext("I take part without choosing."),
    "blank": lazy_gettext("None of the answers suits me."),
    "agree": lazy_gettext("I am for it and will help it happen."),
    "block": lazy_gettext("It goes against what brings us together: it must not go on, I say why."),
    "endorse_minor": lazy_gettext("I like it; a detail could be better."),
    "support_with_reservation": lazy_gettext("I can live with it."),
    "disagree_not_involved": lazy_gettext("It can go on without me: I shall not carry it out."),
    "no_advice": lazy_gettext("I was asked and have nothing to add."),
}


def option_hint(option: str) -> str:
    """What an answer means, where it needs saying."""
    return str(HINTS.get(option, ""))


def procedure_sentence(card: ProcedureCard, registered: int) -> str:
    """What a procedure means for a body of so many people today."""
    sentences = [rule_sentence(card, registered)]
    quorum = card.quorum_needed(registered)
    if quorum:
        sentences.append(
            ngettext(
                "At least %(num)d person must take part.",
                "At least %(num)d people must take part.",
                quorum,
            )
        )
    return " ".join(sentences)


def rule_sentence(card: ProcedureCard, registered: int) -> str:
    """From when a text is adopted, with the numbers of today; or how options are chosen."""
    if card.election:
        return election_sentence(card, registered)
    return _RULES.get(card.method, _by_share)(card, registered)


def _simple(_card: ProcedureCard, registered: int) -> str:
    return ngettext(
        "More votes for than against: today one person is asked.",
        "More votes for than against, among the %(num)d people asked today.",
        registered,
    )


def _by_share(card: ProcedureCard, registered: int) -> str:
    needed = votes_needed(card.settings.threshold, card.settings.strict, registered)
    if needed > registered:
        return _("Today too few people are on the roll for a text to be adopted.")
    if card.settings.base is Base.REGISTERED:
        return ngettext(
            "It takes the vote of the one person on the roll.",
            "It takes %(share)s of the %(num)d people on the roll, so %(needed)s votes for.",
            registered,
            share=_part(card),
            needed=needed,
        )
    values = {"share": _part(card), "base": _base(card), "needed": needed}
    if card.settings.base is Base.CAST:
        return ngettext(
            "It takes %(share)s of the %(base)s: today one person is asked.",
            "It takes %(share)s of the %(base)s: if all %(num)d people vote for or against, "
            "%(needed)s votes for.",
            registered,
            **values,
        )
    return ngettext(
        "It takes %(share)s of the %(base)s: today one person may take part.",
        "It takes %(share)s of the %(base)s: if all %(num)d people take part, %(needed)s votes "
        "for.",
        registered,
        **values,
    )


def _unanimity(card: ProcedureCard, registered: int) -> str:
    if card.settings.base is Base.REGISTERED:
        return ngettext(
            "Today the one person on the roll must vote for.",
            "Each of the %(num)d people on the roll must vote for.",
            registered,
        )
    if card.settings.base is Base.PRESENT_OR_REPRESENTED:
        return _("Everybody present or represented must vote for.")
    return _("Somebody votes for, and nobody votes against.")


def _consent(card: ProcedureCard, registered: int) -> str:
    words = ngettext(
        "Adopted when nobody objects: today one person is asked.",
        "Adopted when nobody objects, among the %(num)d people asked today.",
        registered,
    )
    silence = {
        Silence.ADOPTED: _("Saying nothing counts as consent."),
        Silence.REJECTED: _("Saying nothing counts as an objection."),
        Silence.NOTHING: _("Saying nothing is not counted."),
    }[card.settings.silence]
    return f"{words} {silence}{_override(card)}"


def _consensus(card: ProcedureCard, registered: int) -> str:
    words = ngettext(
        "Adopted when people agree and nobody blocks: today one person is asked.",
        "Adopted when people agree and nobody blocks, among the %(num)d people asked today.",
        registered,
    )
    silence = _("Saying nothing is not agreement.")
    return f"{words} {silence}{_override(card)}"


def _override(card: ProcedureCard) -> str:
    """The sentence about passing over an objection or a block, after a space; or nothing."""
    share = card.settings.objection_override
    if share is None:
        return ""
    words = _(
        "With at least %(share)s in favour (base: %(base)s), it is adopted all the same.",
        share=messages.share(fraction_to_text(share)),
        base=_base(card),
    )
    return f" {words}"


def _gradients(card: ProcedureCard, registered: int) -> str:
    needed = card.votes_needed(registered)
    words = _(
        "The first three of eight steps are support, and must gather %(share)s (base: %(base)s).",
        share=_part(card),
        base=_base(card),
    )
    if needed is not None:
        people = ngettext("That is %(num)d person.", "That is %(num)d people.", needed)
        words = f"{words} {people}"
    if card.settings.lowest_block:
        stop = _("One person on the last two steps stops the text.")
        words = f"{words} {stop}"
    return words


def _sense(_card: ProcedureCard, registered: int) -> str:
    return ngettext(
        "Today one person is asked where they stand. Nothing is decided, and the discussion goes "
        "on.",
        "The %(num)d people asked today say where they stand. Nothing is decided, and the "
        "discussion goes on.",
        registered,
    )


def _advice(_card: ProcedureCard, registered: int) -> str:
    return ngettext(
        "Whoever makes the proposal decides alone, after asking one person for advice and "
        "answering in writing. Nobody votes.",
        "Whoever makes the proposal decides alone, after asking %(num)d people for advice and "
        "answering in writing. Nobody votes.",
        registered,
    )


def _base(card: ProcedureCard) -> str:
    return messages.label(f"base.{card.settings.base}")


def _part(card: ProcedureCard) -> str:
    """The part to reach, within a sentence."""
    share = messages.share(fraction_to_text(card.settings.threshold))
    if card.settings.strict:
        return _("more than %(share)s", share=share)
    return _("at least %(share)s", share=share)


_RULES: Mapping[str, Callable[[ProcedureCard, int], str]] = {
    "simple_majority": _simple,
    "unanimity": _unanimity,
    "consent": _consent,
    "consensus": _consensus,
    "gradients_of_agreement": _gradients,
    "sense_check": _sense,
    "advice_process": _advice,
}
