"""The sentences that say what an act of the cooperative does: they are what is voted on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import get_locale
from flask_babel import gettext as _

from intranet.members.statuses import Status
from intranet.proposals.kinds.mandate import Act
from intranet.proposals.kinds.new_rule import RulePlace
from intranet.web import formats, messages


def role_words(role: str) -> str:
    """A role as members call it."""
    return messages.role(role)


def _term(body: str, until: date | None) -> list[str]:
    said = [str(_("It is a mandate of %(body)s.", body=body))] if body else []
    if until is None:
        return [*said, str(_("It has no end day."))]
    return [*said, str(_("It ends on %(day)s.", day=formats.day(until)))]


def mandate_sentence(act: Act, person: str, role: str, body: str, until: date | None) -> str:
    """What a proposal does with a mandate, in one to three sentences."""
    told = {"person": person, "role": role_words(role)}
    if act is Act.REVOKE:
        return str(_("The mandate “%(role)s” of %(person)s ends.", **told))
    if act is Act.RENEW:
        first = _("The mandate “%(role)s” of %(person)s is given again.", **told)
    else:
        first = _("%(person)s is given the mandate “%(role)s”.", **told)
    return " ".join([str(first), *_term(body, until)])


def election_sentence(role: str, body: str, until: date | None) -> str:
    """What whoever is chosen gets."""
    first = _("Whoever is chosen is given the mandate “%(role)s”.", role=role_words(role))
    return " ".join([str(first), *_term(body, until)])


def status_sentence(name: str, status: Status, *, is_new: bool) -> str:
    """What somebody becomes to the cooperative."""
    told = {"name": name, "status": messages.label(f"status.{status}")}
    if is_new:
        return str(_("%(name)s joins the cooperative as: %(status)s.", **told))
    return str(_("%(name)s gets the status: %(status)s.", **told))


def repeal_sentence(title: str, numbers: Sequence[str]) -> str:
    """What is repealed: a rule, or decisions."""
    if title:
        return str(_("The rule “%(title)s” is repealed.", title=title))
    return str(_("Repealed: %(numbers)s.", numbers=", ".join(numbers)))


def repeal_title(title: str, numbers: Sequence[str]) -> str:
    """The title of a proposal to repeal whose author gave it none: not yet done, so not said so."""
    if title:
        return str(_("Repeal the rule “%(title)s”", title=title))
    return str(_("Repeal %(numbers)s", numbers=", ".join(numbers)))


def reorder_sentence(title: str, other: str, layer: str) -> str:
    """Where a rule would stand: after another one, or before all others of its rank."""
    if other:
        told = {"title": title, "other": other}
        return str(_("The rule “%(title)s” stands right after the rule “%(other)s”.", **told))
    rank = messages.label(f"layer.{layer}")
    return str(
        _("The rule “%(title)s” stands before all others: %(rank)s.", title=title, rank=rank)
    )


def mandate_title(act: Act, person: str, role: str) -> str:
    """The title of a proposal about a mandate whose author gave it none."""
    told = {"person": person, "role": role_words(role)}
    if act is Act.REVOKE:
        return str(_("End of the mandate “%(role)s” of %(person)s", **told))
    if act is Act.RENEW:
        return str(_("The mandate “%(role)s” of %(person)s, given again", **told))
    return str(_("Mandate “%(role)s”: %(person)s", **told))


def election_title(role: str) -> str:
    """The title of an election whose author gave it none."""
    return str(_("Election: %(role)s", role=role_words(role)))


def new_rule_title(name: str) -> str:
    """The title of a proposal of a new rule whose author gave it none."""
    return str(_("New rule: “%(name)s”", name=name))


def reorder_title(name: str) -> str:
    """The title of a proposal to place a rule whose author gave it none."""
    return str(_("Another place for “%(name)s”", name=name))


def several_title(names: Sequence[str]) -> str:
    """The title of a change to several rules whose author gave it none."""
    return str(_("Change of several rules: %(names)s", names=", ".join(names)))


def language() -> str:
    """The language in which a new rule is written: that of its author's pages."""
    return str(get_locale() or "fr").partition("_")[0]


def new_rule_facts(particulars: str) -> list[tuple[str, str]]:
    """Where a new rule would stand, as facts."""
    place = RulePlace.from_text(particulars)
    return [
        (_("Name of the rule"), place.title),
        (_("Rank of the rule"), messages.label(f"layer.{place.layer}")),
    ]
