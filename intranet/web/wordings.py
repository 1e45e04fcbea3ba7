"""What differs between two wordings of a proposal beside their text, in words, for templates."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask
from flask_babel import gettext as _

from intranet.proposals.kinds.new_rule import RulePlace
from intranet.proposals.kinds.several import rule_changes
from intranet.proposals.queries import VersionCard
from intranet.web import formats, messages

Fact = tuple[str, str]


def planned_words(version: VersionCard, owners: Mapping[int, str]) -> list[str]:
    """What would be to do, each on a line with who does it and until when."""
    return [
        " · ".join(
            filter(
                None,
                (
                    one.what,
                    owners.get(one.owner_id, ""),
                    _("until %(day)s", day=formats.day(one.due_on)) if one.due_on else "",
                ),
            )
        )
        for one in version.actions
    ]


def _facts(
    version: VersionCard, owners: Mapping[int, str], procedure_names: Mapping[str, str]
) -> list[Fact]:
    """What surrounds the text of a wording, always the same facts in the same order."""
    links = (f"{messages.label(f'link.{kind}')} {number}" for kind, number in version.links)
    return [
        (_("Procedure"), procedure_names.get(version.procedure_key or "", "")),
        (_("Takes effect on"), formats.day(version.effective_on) or _("the day it is adopted")),
        (_("Why it applies earlier"), version.past_because),
        (_("To be reviewed on"), formats.day(version.review_on)),
        (_("A trial until"), formats.day(version.ends_on)),
        (_("Earlier decisions"), "; ".join(links)),
        (_("What would be to do"), "; ".join(planned_words(version, owners))),
        *_place(version),
    ]


def _place(version: VersionCard) -> list[Fact]:
    """The name and rank of a new rule, empty for other kinds."""
    names = (_("Name of the rule"), _("Rank of the rule"))
    if '"layer"' not in version.particulars:
        return [(name, "") for name in names]
    place = RulePlace.from_text(version.particulars)
    return list(zip(names, (place.title, messages.label(f"layer.{place.layer}")), strict=True))


def changed_facts(
    older: VersionCard,
    newer: VersionCard,
    owners: Mapping[int, str],
    procedure_names: Mapping[str, str],
) -> list[tuple[str, str, str]]:
    """What surrounds the text and differs: what it is, before, now; a dash for nothing."""
    pairs = (_facts(version, owners, procedure_names) for version in (older, newer))
    return [
        (name, before or "–", after or "–")
        for (name, before), (_name, after) in zip(*pairs, strict=True)
        if before != after and not (name == _("Procedure") and not before)
    ]


def changed_rules(older: VersionCard, newer: VersionCard) -> list[tuple[str, str, str]]:
    """For a change of several rules: the rules whose proposed words differ, before and now."""
    before, after = (
        {
            one.page_id: (one.title, "\n\n".join(change.new_text for change in one.changes))
            for one in rule_changes(version.particulars)
        }
        for version in (older, newer)
    )
    none = ("", "")
    return [
        ((after.get(key) or before[key])[0], before.get(key, none)[1], after.get(key, none)[1])
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    ]


def install(app: Flask) -> None:
    """Give templates these words as functions."""
    app.jinja_env.globals.update(
        changed_facts=changed_facts, changed_rules=changed_rules, planned_words=planned_words
    )
