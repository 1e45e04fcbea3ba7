"""Deciding in words: procedures, verdicts and what is missing, for templates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from flask import Flask, url_for
from flask_babel import get_timezone, lazy_gettext, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from intranet.core.policy import Verdict
from intranet.polls.procedure_queries import ProcedureCard
from intranet.proposals.kinds.kind import Issue
from intranet.proposals.queries import ProposalCard
from intranet.voting import registry
from intranet.voting.lines import Line
from intranet.voting.outcome import Outcome
from intranet.voting.proxies import allowed_proxies
from intranet.voting.quorum import votes_needed
from intranet.voting.settings import fraction_to_text
from intranet.voting.types import Base, Silence
from intranet.web import differences, formats, links, messages

HINTS = {
    "consent": lazy_gettext("I see no harm in it: it is safe enough to try."),
    "reservation": lazy_gettext("It can go on; my reservation is kept in the record."),
    "stand_aside": lazy_gettext("I take no part in this decision and do not stop it."),
    "objection": lazy_gettext("It would harm the group or cross a limit of mine: I say why."),
    "abstain": lazy_gettext("I take part without choosing."),
    "blank": lazy_gettext("None of the answers suits me."),
}


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
    """From when a text is adopted, with the numbers of today."""
    if card.method == "consent":
        return _consent(card, registered)
    if card.method == "simple_majority":
        return ngettext(
            "More votes for than against: today one person is asked.",
            "More votes for than against, among the %(num)d people asked today.",
            registered,
        )
    share = _part(card, fraction_to_text(card.settings.threshold))
    needed = votes_needed(card.settings.threshold, card.settings.strict, registered)
    if needed > registered:
        return _("Today too few people are on the roll for a text to be adopted.")
    if card.settings.base is Base.REGISTERED:
        return ngettext(
            "It takes the vote of the one person on the roll.",
            "It takes %(share)s of the %(num)d people on the roll, so %(needed)s votes for.",
            registered,
            share=share,
            needed=needed,
        )
    return _among_voters(card, registered, share, needed)


def _among_voters(card: ProcedureCard, registered: int, share: str, needed: int) -> str:
    """The part needed of those who vote or take part, as it would be if everybody did."""
    values = {
        "share": share,
        "needed": needed,
        "base": messages.label(f"base.{card.settings.base}"),
    }
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


def _part(card: ProcedureCard, share: str) -> str:
    if card.settings.strict:
        return _("more than %(share)s", share=messages.share(share))
    return _("at least %(share)s", share=messages.share(share))


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
    return f"{words} {silence}"


def issue_words(issue: Issue) -> str:
    """What is missing before a vote, in a sentence."""
    values = {name: _said(value) for name, value in issue.values.items()}
    return messages.issue(issue.code, values)


def _said(value: object) -> object:
    if isinstance(value, datetime):
        return formats.moment(value)
    return formats.day(value) if isinstance(value, date) else value


def line_words(line: Line) -> str:
    """One sentence of the explanation of a count."""
    return messages.line(line.code, line.values)


def outcome_rows(outcome: Outcome) -> list[tuple[str, str, int]]:
    """The numbers of a result with their words, in the order of the ballot; zeros are kept."""
    by_consent = outcome.method == "consent"
    order = (*registry.method(outcome.method).options, "spoiled", "not_voted")
    return [
        (
            option,
            messages.label(f"{'count' if by_consent and option in HINTS else 'option'}.{option}"),
            outcome.counts[option],
        )
        for option in order
        if option in outcome.counts
    ]


def refusal(verdict: Verdict) -> str:
    """Why something is not possible; empty when it is."""
    return "" if verdict else messages.reason(verdict)


def option_hint(option: str) -> str:
    """What an answer means, where it needs saying."""
    return str(HINTS.get(option, ""))


def layer_words(layers: Iterable[str]) -> str:
    """The ranks of rules, in words."""
    return ", ".join(messages.label(f"layer.{layer}") for layer in layers)


def link_facts(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, Markup]]:
    """What a proposal does to earlier decisions, as facts with links."""
    anchor = Markup('<a href="{}">{}</a>')
    return [
        (messages.label(f"link.{kind}"), anchor.format(links.decision(number), number))
        for kind, number in pairs
    ]


def proposal_links(pairs: Iterable[tuple[int, str]]) -> Markup:
    """Other proposals, as links one after another."""
    anchor = Markup('<a href="{}">{}</a>')
    return Markup(", ").join(
        anchor.format(links.origin("proposal", number), title) for number, title in pairs
    )


def again_url(card: ProposalCard) -> str:
    """The form of a new proposal that takes up one which found its end."""
    values: dict[str, Any] = {"again": card.id}
    if card.procedure_change is not None:
        return url_for("procedure_proposals.create", key=card.procedure_change.key, **values)
    if card.page_slug is not None:
        values |= {"page": card.page_slug} | ({"as": "rule"} if card.layer else {})
    return url_for("proposals.create", **values)


def zone_name() -> str:
    """The name of the cooperative's time zone, as its city."""
    return str(get_timezone()).rsplit("/", 1)[-1].replace("_", " ")


def install(app: Flask) -> None:
    """Give templates these words as functions."""
    app.jinja_env.globals.update(
        again_url=again_url,
        allowed_proxies=allowed_proxies,
        between=differences.between,
        differences=differences.of_changes,
        differences_of_record=differences.of_record,
        issue_words=issue_words,
        label=messages.label,
        layer_words=layer_words,
        line_words=line_words,
        link_facts=link_facts,
        option_hint=option_hint,
        outcome_rows=outcome_rows,
        procedure_sentence=procedure_sentence,
        proposal_links=proposal_links,
        refusal=refusal,
        zone_name=zone_name,
    )
