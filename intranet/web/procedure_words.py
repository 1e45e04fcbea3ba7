"""What a procedure means for the people it asks today, fact by fact, in words."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from intranet.polls import procedure_queries as procedures
from intranet.polls.procedure_models import (
    Choosers,
    Custody,
    SecondIf,
    Tied,
    asks_advice,
    draws_lots,
    gathers_names,
)
from intranet.polls.procedure_queries import ProcedureCard
from intranet.voting import registry
from intranet.voting.quorum import votes_needed
from intranet.voting.settings import fraction_to_text
from intranet.voting.types import BallotForm, Base, Setting, TieRule
from intranet.web import advice_words, deciding, messages, signed_in
from intranet.web.rule_words import rule_sentence

Fact = tuple[str, str]


def procedure_facts(card: ProcedureCard, registered: int) -> list[Fact]:
    """Everything a procedure says, as pairs of a term and a sentence, for so many people today.

    The same words stand on the page of the procedure, on a proposal before its vote, and beside
    the ballot.
    """
    adopted = _("To be chosen") if card.election else _("To be adopted")
    alone = asks_advice(card.method)
    adopted = _("Who decides") if alone else adopted
    told = [
        (adopted, rule_sentence(card, registered)),
        (_("Quorum"), _quorum(card, registered)),
        (_("Abstentions and blank ballots"), _aside(card)),
        (_("Objections"), _objections(card, registered)),
        (_("Ties") if card.election else _("As many for as against"), _tie(card)),
        (_("Who reads the advice") if alone else _("Secrecy"), _secrecy(card, registered)),
        (_("Reasons"), _reasons(card)),
        (_("Changing one’s advice") if alone else _("Changing one’s vote"), _changing(card)),
        (_("Time"), _time(card)),
        (_("Second vote"), _second(card)),
        (_("After the names"), _consent_on_a_name(card)),
        (_("If it is not adopted"), _escalation(card)),
        (_("What it may decide"), _scope(card)),
        (_("Who may choose it"), _choosers(card)),
    ]
    return [fact for fact in told if fact[1]]


def _reads(card: ProcedureCard, setting: Setting) -> bool:
    return setting in registry.settings_read(card.method)


def _quorum(card: ProcedureCard, registered: int) -> str:
    if not _reads(card, Setting.QUORUM):
        return ""
    if card.settings.quorum is None:
        return _("None: the vote decides whoever takes part.")
    share = messages.share(fraction_to_text(card.settings.quorum))
    needed = card.quorum_needed(registered)
    return ngettext(
        "At least %(share)s of the people on the roll must take part, whatever their vote: "
        "today %(num)d person of %(registered)s.",
        "At least %(share)s of the people on the roll must take part, whatever their vote: "
        "today %(num)d people of %(registered)s.",
        needed,
        share=share,
        registered=registered,
    )


def _aside(card: ProcedureCard) -> str:
    """What abstaining, voting blank and staying away weigh; empty where no ballot offers it."""
    if draws_lots(card.method):
        return ""
    if card.election:
        return _(
            "A blank ballot takes part in the quorum and weighs on no option. It is counted apart."
        )
    method = registry.method(card.method)
    if "abstain" not in method.options or method.ballot is not BallotForm.CHOOSE:
        return ""
    base = card.settings.base if _reads(card, Setting.BASE) else Base.CAST
    if base is Base.REGISTERED:
        return _("Abstaining, voting blank or staying away weighs as a vote against.")
    if base is Base.PRESENT_OR_REPRESENTED:
        return _("Abstaining or voting blank weighs as a vote against; staying away does not.")
    if card.settings.blank_counts:
        return _(
            "A blank ballot is a vote cast and makes the part harder to reach. Abstaining or "
            "staying away weighs on neither side."
        )
    return _("Abstaining, voting blank or staying away weighs on neither side.")


def _objections(card: ProcedureCard, registered: int) -> str:
    if registry.ballot_form(card.method) is not BallotForm.CONSENT:
        return ""
    override = card.settings.objection_override
    if override is None:
        return _("One objection with a reason stops the text until its author lifts it.")
    share = messages.share(fraction_to_text(override))
    base = messages.label(f"base.{card.settings.base}")
    return ngettext(
        "An objection stops the text unless at least %(share)s are in favour (%(base)s): if "
        "everybody takes part, %(num)d person of %(registered)s.",
        "An objection stops the text unless at least %(share)s are in favour (%(base)s): if "
        "everybody takes part, %(num)d people of %(registered)s.",
        votes_needed(override, False, registered),
        share=share,
        base=base,
        registered=registered,
    )


def _tie(card: ProcedureCard) -> str:
    source = card.course.drawn_from
    if gathers_names(card.method):
        return _("As many ballots are no difficulty: whoever proposes a person says why.")
    if draws_lots(card.method):
        return _("Nobody votes, so there is no tie. Seed of the draw: %(source)s", source=source)
    if card.course.tied is Tied.DRAW:
        return _(
            "Options tied for the last places are drawn by lot after the count. Seed of the draw: "
            "%(source)s",
            source=source,
        )
    if card.course.tied is Tied.RUNOFF:
        return _("The same people vote again at once, among the tied options alone.")
    if card.election:
        return _("A tie for the last place is shown and decides nothing: a new vote may follow.")
    if card.settings.tie is TieRule.DRAW:
        return _("Lots are drawn after the count. Seed of the draw: %(source)s", source=source)
    if card.settings.tie is TieRule.NEW_ROUND:
        return _("The same people vote again at once on the same text.")
    options = registry.method(card.method).options
    return _("The text is not adopted: nothing changes.") if "against" in options else ""


def _secrecy(card: ProcedureCard, registered: int) -> str:
    if draws_lots(card.method):
        return ""
    if asks_advice(card.method):
        return advice_words.said_openly()
    if not card.secret:
        return _("Open vote: everybody sees who voted what, after the end at the latest.")
    fewest = card.course.smallest_secret
    words = _("Secret vote: nobody can find out who voted what; a ballot is final.")
    needs = ngettext(
        "It needs at least %(num)d person on the roll.",
        "It needs at least %(num)d people on the roll.",
        fewest,
    )
    short = _("Today they are too few for it.") if registered < fewest else ""
    return " ".join(filter(None, (words, needs, short, _custody(card))))


def _custody(card: ProcedureCard) -> str:
    if card.course.custody is not Custody.TELLERS:
        return ""
    return _("Three tellers keep the key of the box: two of them together open it after the vote.")


def _reasons(card: ProcedureCard) -> str:
    return _("Everybody gives a reason with their vote.") if card.course.reason_required else ""


def _changing(card: ProcedureCard) -> str:
    if card.secret or draws_lots(card.method):
        return ""
    if card.course.revotable:
        if asks_advice(card.method):
            return advice_words.changeable()
        return _("Possible until the end; the last vote counts.")
    return _("Not possible: a vote given is final.")


def hours_words(hours: int) -> str:
    """A length of time: whole days as days, anything else as hours."""
    if hours and hours % 24 == 0:
        return ngettext("%(num)d day", "%(num)d days", hours // 24)
    return ngettext("%(num)d hour", "%(num)d hours", hours)


def _time(card: ProcedureCard) -> str:
    course = card.course
    if asks_advice(card.method):
        talk, advise = hours_words(card.min_discussion_hours), hours_words(card.min_voting_hours)
        return " ".join((*advice_words.times(card, talk, advise), *_seconders(course.seconders)))
    said = [
        _("At least %(time)s of discussion.", time=hours_words(card.min_discussion_hours))
        if card.min_discussion_hours
        else _("The vote may open without a time of discussion."),
        *_seconders(course.seconders),
        _("At least %(time)s to vote.", time=hours_words(card.min_voting_hours)),
        _("Once everybody has voted, another member than the author may have it counted early.")
        if course.early_close
        else _("It is never counted before its end."),
    ]
    if course.extension_hours:
        said.append(
            _(
                "If the quorum is missed at the end, the vote goes on once for %(time)s.",
                time=hours_words(course.extension_hours),
            )
        )
    return " ".join(said)


def _seconders(needed: int) -> list[str]:
    said = ngettext(
        "%(num)d person beside the authors must support the opening.",
        "%(num)d people beside the authors must support the opening.",
        needed,
    )
    return [said] if needed else []


def _named(key: str) -> str:
    """The name of another procedure; its key when it is not in use any more."""
    cards = procedures.procedures(signed_in.reader())
    return next((card.name for card in cards if card.key == key), key)


def _second(card: ProcedureCard) -> str:
    course = card.course
    if not course.second:
        return ""
    if course.second_if is SecondIf.NO_QUORUM:
        case = _("If the quorum is missed, the same text is voted on again.")
    else:
        case = _("If it is not adopted, the same text is voted on again.")
    when = (
        _("Opens after %(time)s.", time=hours_words(course.second_after_hours))
        if course.second_after_hours
        else _("Opens at once.")
    )
    under = _("Procedure: “%(name)s”.", name=_named(course.second))
    kept = (
        _("The votes already given stay in the box and count then.")
        if course.keeps_votes
        else _("Everybody votes anew.")
    )
    return " ".join((case, when, under, kept))


def _escalation(card: ProcedureCard) -> str:
    if not card.course.escalation:
        return ""
    return _(
        "The text goes back to discussion before the wider body, under “%(name)s”.",
        name=_named(card.course.escalation),
    )


def _consent_on_a_name(card: ProcedureCard) -> str:
    if not card.course.consent:
        return ""
    return _(
        "After two rounds of names, its author proposes one of those named, under “%(name)s”.",
        name=_named(card.course.consent),
    )


def _scope(card: ProcedureCard) -> str:
    kinds = ", ".join(messages.label(f"kind.{kind}") for kind in card.course.kinds)
    said = [
        _("Only: %(kinds)s.", kinds=kinds) if kinds else "",
        _("Rules of these ranks: %(layers)s.", layers=deciding.layer_words(card.layers))
        if card.layers
        else _("No rule: it decides without changing one."),
    ]
    return " ".join(filter(None, said))


def _choosers(card: ProcedureCard) -> str:
    choosers = card.course.choosers
    return "" if choosers is Choosers.PROPOSERS else messages.label(f"choosers.{choosers}") + "."


def install(app: Flask) -> None:
    """Give templates these words as functions."""
    app.jinja_env.globals.update(hours_words=hours_words, procedure_facts=procedure_facts)
