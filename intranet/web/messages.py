"""Codes put into words: reasons of refusals, conflicts, field errors, states."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from importlib import import_module
from pkgutil import iter_modules

from babel.numbers import get_decimal_symbol
from flask import request
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from intranet.core.policy import Conflict, Verdict
from intranet.voting.election_lines import EXACT_VALUES
from intranet.web import words

Sentences = Mapping[str, LazyString]
CENT = Decimal("0.01")
DECIMAL = re.compile(r"-?\d+(\.\d+)?")


def _collected(name: str) -> dict[str, LazyString]:
    """One table out of the tables of this name in every file of web/words/."""
    table: dict[str, LazyString] = {}
    for module in iter_modules(words.__path__):
        found = getattr(import_module(f"{words.__name__}.{module.name}"), name, {})
        doubled = table.keys() & found.keys()
        if doubled:
            raise ValueError(f"{name} says {sorted(doubled)} twice")
        table.update(found)
    return table


REASONS: Sentences = _collected("REASONS")
CONFLICTS: Sentences = _collected("CONFLICTS")
FIELD_ERRORS: Sentences = _collected("FIELD_ERRORS")
LABELS: Sentences = _collected("LABELS")
LINES: Sentences = _collected("LINES")
OF_OPTIONS: Sentences = {**LINES, **_collected("OF_OPTIONS")}
ISSUES: Sentences = _collected("ISSUES")
HINTS: Sentences = _collected("HINTS")
EVENTS: Sentences = _collected("EVENTS")
OF_ADVICE: Sentences = {**EVENTS, **_collected("OF_ADVICE")}


def _said(table: Sentences, code: str, values: Mapping[str, object]) -> str:
    return str(table[code]) % {name: str(value) for name, value in values.items()}


def reason(verdict: Verdict) -> str:
    """Why something is not allowed, in a sentence."""
    return _said(REASONS, verdict.reason, verdict.values)


def conflict(error: Conflict) -> str:
    """What moved, and what to do next."""
    return _said(CONFLICTS, error.reason, error.values)


def field_error(code: str) -> str:
    """What is wrong with a field."""
    return str(FIELD_ERRORS[code])


def label(code: str) -> str:
    """The word members read for a state, status, kind or option."""
    return str(LABELS[code])


def line(
    code: str,
    values: Mapping[str, object],
    number: Callable[[str], str] | None = None,
    of_options: bool = False,
) -> str:
    """One sentence of the explanation of a count; the base is put into words.

    `number` says how an exact number is written: every digit of it, unless told otherwise.
    `of_options` takes words for things: of people it is said that they are elected to seats.
    """
    write = number or localised
    said = {
        name: write(str(value)) if name in EXACT_VALUES else value for name, value in values.items()
    }
    if "base" in values:
        said["base"] = label(f"base.{values['base']}")
    if "threshold" in values:
        said["threshold"] = share(str(values["threshold"]))
    return _said(OF_OPTIONS if of_options else LINES, code, said)


def localised(number: str) -> str:
    """An exact number with the decimal sign of the reader's language, every digit kept."""
    return number.replace(".", get_decimal_symbol(get_locale()))


def rounded(number: str) -> str:
    """An exact number with two decimals at most, and no zeros at its end.

    A ratio such as 10/3 or a digest stays as it is, and so does what would round to nothing.
    """
    if not DECIMAL.fullmatch(number):
        return number
    said = f"{_short(number):f}"
    return localised(said.rstrip("0").rstrip(".") if "." in said else said)


def is_cut(number: str) -> bool:
    """Whether `rounded` says less than this exact number."""
    return bool(DECIMAL.fullmatch(number)) and _short(number) != Decimal(number)


def _short(number: str) -> Decimal:
    exact = Decimal(number)
    return exact.quantize(CENT, ROUND_HALF_UP) or exact


def share(fraction: str) -> str:
    """A fraction such as 2/3 in words when it has usual ones, else as it is."""
    return str(LABELS.get(f"share.{fraction}", fraction))


def issue(code: str, values: Mapping[str, object]) -> str:
    """What is missing before a vote."""
    return _said(ISSUES, code, values)


def decision_kind(code: str) -> str:
    """The word for the kind of proposal that a decision was, or for where else it came from."""
    return str(LABELS.get(f"kind.{code}") or LABELS.get(f"decision_origin.{code}", code))


def role(code: str) -> str:
    """The word for a mandate: ours for the usual ones, else the word the members chose."""
    return str(LABELS.get(f"role.{code}", code))


def roles() -> list[tuple[str, str]]:
    """The usual mandates: code and word of each, in the order of the words."""
    known = [key.removeprefix("role.") for key in LABELS if key.startswith("role.")]
    return sorted(((code, role(code)) for code in known), key=lambda one: one[1])


def hint(code: str, values: Mapping[str, object]) -> str:
    """What to tell about a question asked of the search."""
    return _said(HINTS, code, values)


def happened(name: str, what: Markup, *, of_advice: bool = False) -> Markup:
    """What an event means, in a sentence with a link to what it is about; `of_advice` where
    people advise and nobody votes."""
    table = OF_ADVICE if of_advice else EVENTS
    return Markup(str(table[name])) % {"what": what}  # noqa: S704 - our own words


def http_title(status: int) -> str:
    """The title of a page for an error of the protocol."""
    titles = {
        400: _("This request cannot be understood"),
        403: _("This is not possible for you"),
        405: _("This address does not work this way"),
        413: _("This is too large"),
        429: _("Too many attempts"),
    }
    return titles.get(status, _("Something went wrong"))


def _most() -> int:
    """How many megabytes the address of this request takes."""
    return (request.max_content_length or 0) // (1024 * 1024)


def http_message(status: int) -> str:
    """What to do after an error of the protocol."""
    sentences = {
        400: _("The address or the form holds something unexpected. Nothing was saved."),
        403: _("The request came from another site. Nothing was saved."),
        405: _("Go back and use the buttons of the page."),
        413: _("Nothing was saved. Send less at once: at most %(most)s megabytes.", most=_most()),
        429: _("Wait a minute, then try again."),
    }
    return sentences.get(status, _("Go back and try again."))
