"""Deciding in words: procedures, verdicts and what is missing, for templates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from flask import Flask, request, url_for
from flask_babel import get_timezone
from markupsafe import Markup

from intranet.core.policy import Verdict
from intranet.polls.procedure_models import asks_advice
from intranet.proposals.kinds.kind import ACTS, Issue
from intranet.proposals.kinds.several import rule_changes
from intranet.proposals.queries import ProposalCard
from intranet.voting import registry
from intranet.voting.lines import Line
from intranet.voting.outcome import Outcome
from intranet.voting.proxies import allowed_proxies
from intranet.voting.types import BallotForm
from intranet.web import (
    act_words,
    charts,
    differences,
    formats,
    links,
    messages,
    options,
    suggesting,
    wordings,
)
from intranet.web.rule_words import option_hint, procedure_sentence


def issue_words(issue: Issue) -> str:
    """What is missing before a vote, in a sentence."""
    values = {name: _said(value) for name, value in issue.values.items()}
    return messages.issue(issue.code, values)


def _said(value: object) -> object:
    if isinstance(value, datetime):
        return formats.moment(value)
    return formats.day(value) if isinstance(value, date) else value


def line_words(line: Line, of_options: bool = False) -> str:
    """One sentence of the explanation of a count, its numbers short enough to be read."""
    return messages.line(line.code, line.values, messages.rounded, of_options)


_OF_ADVICE = {"not_voted": "count.no_answer", "spoiled": "count.spoiled_answers"}


def outcome_rows(outcome: Outcome) -> list[tuple[str, str, int]]:
    """The numbers of a result with their words, in the order of the ballot; zeros are kept."""
    order = (*registry.method(outcome.method).options, "spoiled", "not_voted")
    return [
        (option, _counted(outcome, option), outcome.counts[option])
        for option in order
        if option in outcome.counts
    ]


def _counted(outcome: Outcome, option: str) -> str:
    """The words of a number: "Objections" where the ballot says "I object"."""
    if option in _OF_ADVICE and asks_advice(outcome.method):
        return messages.label(_OF_ADVICE[option])
    code = f"count.{option}"
    is_said = counts_positions(outcome) and code in messages.LABELS
    return messages.label(code if is_said else f"option.{option}")


def counts_positions(outcome: Outcome) -> bool:
    """Whether the numbers are positions of people, shown as parts of everybody on the roll."""
    return registry.method(outcome.method).ballot not in (BallotForm.CHOOSE, BallotForm.GRADIENTS)


def refusal(verdict: Verdict) -> str:
    """Why something is not possible; empty when it is."""
    return "" if verdict else messages.reason(verdict)


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
    if card.kind == "deciders":
        return url_for("deciders_proposals.create", page=card.page_slug, **values)
    if card.page_slug is not None:
        values |= {"page": card.page_slug} | ({"as": "rule"} if card.layer else {})
    if card.kind in ACTS:
        return url_for("acts.create", kind=card.kind, **values)
    if card.kind == "choice":
        values["kind"] = card.kind
    return url_for("proposals.create", **values)


def reword_url(card: ProposalCard) -> str:
    """The form of a new wording, which each kind of proposal has its own."""
    if card.procedure_change is not None:
        return url_for("procedure_proposals.edit", proposal_id=card.id)
    own = "deciders_proposals.edit" if card.kind == "deciders" else "proposals.edit"
    return url_for("acts.edit" if card.kind in ACTS else own, proposal_id=card.id)


def outline_url(key: str) -> str:
    """The form at hand with the questions of another outline."""
    values: dict[str, Any] = {**(request.view_args or {}), **request.args, "outline": key}
    endpoint = {"POST": "proposals.create"}.get(request.method, request.endpoint or "")
    return url_for(endpoint, **values)


def counts_words(counts: Iterable[tuple[str, int]]) -> str:
    """The numbers of a count on one line; what nobody chose is left out."""
    told = [(count_word(option), number) for option, number in counts if number]
    return ", ".join(f"{word} {number}" for word, number in told if word)


def count_word(option: str) -> str:
    """The word for a number of a count; empty for what is no option."""
    codes = (f"count.{option}", f"option.{option}")
    return next((messages.label(code) for code in codes if code in messages.LABELS), "")


def zone_name() -> str:
    """The name of the cooperative's time zone, as its city."""
    return str(get_timezone()).rsplit("/", 1)[-1].replace("_", " ")


def install(app: Flask) -> None:
    """Give templates these words as functions."""
    options.install(app)
    charts.install(app)
    suggesting.install(app)
    wordings.install(app)
    app.jinja_env.globals.update(
        again_url=again_url,
        allowed_proxies=allowed_proxies,
        between=differences.between,
        count_word=count_word,
        counts_words=counts_words,
        counts_positions=counts_positions,
        differences=differences.of_changes,
        differences_of_record=differences.of_record,
        issue_words=issue_words,
        label=messages.label,
        layer_words=layer_words,
        new_rule_facts=act_words.new_rule_facts,
        role_words=act_words.role_words,
        line_words=line_words,
        link_facts=link_facts,
        option_hint=option_hint,
        outcome_rows=outcome_rows,
        outline_url=outline_url,
        procedure_sentence=procedure_sentence,
        proposal_links=proposal_links,
        refusal=refusal,
        reword_url=reword_url,
        rule_changes=rule_changes,
        zone_name=zone_name,
    )
