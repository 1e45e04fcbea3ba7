"""A procedure said field by field, exactly, and the difference between two of them, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask_babel import gettext as _

from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.polls import procedure_queries as procedures
from intranet.polls.procedure_models import Course, Kind, NewProcedure, Tied
from intranet.voting import registry
from intranet.voting.election import ElectionSettings
from intranet.voting.opening import exact_text
from intranet.voting.settings import fraction_to_text
from intranet.voting.types import Setting
from intranet.web import deciding, messages
from intranet.web.election_fields import ratio_text
from intranet.web.procedure_words import hours_words
from intranet.wiki.models import Layer

Said = dict[str, str]
_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-!|<>~^])")


def plain(text: str) -> str:
    """Words that a person typed, so that Markdown shows them as they are, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")


def _within(code: str) -> str:
    """The words of a code inside a sentence, where no capital begins them."""
    words = messages.label(code)
    return words[:1].lower() + words[1:]


def said(reader: Reader, new: NewProcedure) -> Said:
    """Every field of a procedure with its words, in the order of the form."""
    names = {card.key: card.name for card in procedures.procedures(reader)}
    layers = deciding.layer_words(layer for layer in Layer if layer in new.layers) or _("none")
    return (
        {
            _("Name"): plain(new.name),
            _("When to use it"): plain(new.description) or _("not said"),
            _("Who decides"): members.body(reader, new.body_id).name,
            _("Who votes"): _voters(reader, new),
            _("Voices of others that one person may carry"): _("as many as the law allows")
            if new.proxy_cap is None
            else str(new.proxy_cap),
            _("Asked for advice, counted apart"): _statuses(new.advisory) or _("nobody"),
            _("Method"): messages.label(f"method.{new.method}"),
        }
        | _counting(new)
        | {
            _("Secret vote"): _yes(new.secret),
            _("Shortest discussion"): hours_words(new.min_discussion_hours),
            _("Shortest vote"): hours_words(new.min_voting_hours),
            _("Ranks of rules it may change"): layers,
        }
        | _course(new.course, names)
    )


def _statuses(statuses: Iterable[str]) -> str:
    return ", ".join(messages.label(f"statuses.{status}") for status in statuses)


def _voters(reader: Reader, new: NewProcedure) -> str:
    """Whom a vote asks: the people of the body, those of some statuses, or these by name."""
    asked = new.electorate
    if asked.kind is Kind.STATUSES:
        return _statuses(sorted(asked.statuses))
    if asked.kind is Kind.PEOPLE:
        names = members.names(reader, asked.people)
        return plain(", ".join(names[number] for number in sorted(asked.people)))
    return _("the people of this body")


def _counting(new: NewProcedure) -> Said:
    """The settings that the method reads; the others say nothing."""
    if new.election:
        return _choosing(new, new.election)
    settings, read = new.settings, registry.method(new.method).settings
    threshold = fraction_to_text(settings.threshold)
    part = _("more than %(share)s") if settings.strict else _("at least %(share)s")
    quorum, override = settings.quorum, settings.objection_override
    words = {
        Setting.THRESHOLD: (_("Part needed"), part % {"share": threshold}),
        Setting.BASE: (_("Part of whom"), messages.label(f"base.{settings.base}")),
        Setting.BLANK_COUNTS: (
            _("Blank ballots count as votes cast"),
            _yes(settings.blank_counts),
        ),
        Setting.QUORUM: (_("Quorum"), fraction_to_text(quorum) if quorum else _("none")),
        Setting.TIE: (_("As many for as against"), _within(f"tie.{settings.tie}")),
        Setting.SILENCE: (
            _("What saying nothing counts as"),
            _within(f"silence.{settings.silence}"),
        ),
        Setting.OBJECTION_OVERRIDE: (
            _("Part in favour that adopts despite objections"),
            fraction_to_text(override) if override else _("none"),
        ),
    }
    return dict(told for setting, told in words.items() if setting in read)


def _choosing(new: NewProcedure, election: ElectionSettings) -> Said:
    """The settings that a method among options reads."""
    majority, quorum = election.more_than_half_of, election.quorum
    words = {
        "unmarked": (
            _("What no mark beside an option means"),
            _within(f"unmarked.{election.unmarked}"),
        ),
        "grades": (_("Grades, the best first"), plain(", ".join(election.grades))),
        "most_marks": (
            _("Crosses on one ballot, at most"),
            str(election.most_marks or _("as many as there are to choose")),
        ),
        "highest": (_("Highest score, or points to share out"), str(election.highest or "")),
        "more_than_half_of": (
            _("More than half must mark an option for it to be chosen"),
            messages.label(f"base.{majority}" if majority else "more_than_half_of."),
        ),
        "quorum": (_("Quorum"), fraction_to_text(quorum) if quorum else _("none")),
        "default_option": (
            _("The line “none of these”"),
            plain(election.default_option) or _("none"),
        ),
        "majority": (
            _("Ballots before that line for each one after it, at least"),
            ratio_text(election.majority),
        ),
        "above_default": (
            _("Ballots to be exceeded before that line"),
            exact_text(election.above_default),
        ),
    }
    read = registry.settings_read(new.method)
    if not election.default_option:
        read -= {"majority", "above_default"}
    return dict(told for setting, told in words.items() if setting in read)


def _course(course: Course, names: dict[str, str]) -> Said:
    kinds = ", ".join(messages.label(f"kind.{kind}") for kind in course.kinds)
    return {
        _("An open vote can be changed until the end"): _yes(course.revotable),
        _("Can be counted early, once everybody has voted"): _yes(course.early_close),
        _("Longer when the quorum is missed"): hours_words(course.extension_hours)
        if course.extension_hours
        else _("none"),
        _("Smallest roll of a secret vote"): str(course.smallest_secret),
        _("Who keeps the key of the box of a secret vote"): _within(f"custody.{course.custody}"),
        _("Everybody gives a reason with an open vote"): _yes(course.reason_required),
        _("Second convocation"): _second(course, names),
        _("Next step of a text not adopted"): plain(names.get(course.escalation, course.escalation))
        or _("none"),
        _("Kinds of proposal"): kinds or _("all"),
        _("Who may choose it"): _within(f"choosers.{course.choosers}"),
    } | _of_options(course, names)


def _of_options(course: Course, names: dict[str, str]) -> Said:
    """How a tie is separated, lots are drawn and a person named is chosen, where it is said."""
    if course.consent:
        person = plain(names.get(course.consent, course.consent))
        return {_("Election without candidate: the consent on the person named"): person}
    told = {}
    if course.tied is not Tied.OPEN:
        term = _("When options are tied for the last places")
        told[term] = _within(f"tied.{course.tied}")
    if course.drawn_from:
        told[_("Where the seed of a draw comes from")] = plain(course.drawn_from)
    return told


def _second(course: Course, names: dict[str, str]) -> str:
    if not course.second:
        return _("none")
    return ", ".join(
        (
            plain(names.get(course.second, course.second)),
            _within(f"second_if.{course.second_if}"),
            _("after %(time)s", time=hours_words(course.second_after_hours)),
            _("votes kept") if course.keeps_votes else _("votes given anew"),
        )
    )


def _item(term: str, words: str) -> str:
    return _("- **%(term)s**: %(words)s", term=term, words=words)


def as_markdown(reader: Reader, old: NewProcedure | None, new: NewProcedure | None) -> str:
    """The text put to the vote: what changes, field by field, then the procedure as a whole.

    No number of people stands in it: the text stays true when members come and go.
    """
    before = said(reader, old) if old else {}
    if new is None:
        gone = [_("This procedure is taken out of use. It said:")]
        return "\n".join([*gone, "", *(_item(*one) for one in before.items())])
    after = said(reader, new)
    changed = [
        _(
            "- **%(term)s**: %(old)s → **%(new)s**",
            term=term,
            old=before.get(term, _("not said")),
            new=after.get(term, _("not said")),
        )
        for term in {**before, **after}
        if before.get(term) != after.get(term)
    ]
    whole = [_item(*one) for one in after.items()]
    if not old:
        return "\n".join([_("This procedure is written:"), "", *whole])
    if not changed:
        changed = [_("Nothing changes.")]
    return "\n".join(
        [_("What changes:"), "", *changed, "", _("The whole procedure as it would be:"), "", *whole]
    )
