"""A vote among options in words: what each method asks and counts, and what a ballot says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from intranet.polls.procedure_queries import ProcedureCard
from intranet.polls.queries import PollCard
from intranet.voting import registry
from intranet.voting.ballot_text import BLANK, paper_from_text
from intranet.voting.default_option import needed_over_default
from intranet.voting.election import ElectionSettings, Unmarked
from intranet.voting.opening import exact_text
from intranet.voting.types import BallotForm, Choice
from intranet.web import messages

ONE_LINE = " "
_COUNTING = {
    "single_choice": _l("One cross on each ballot; the options with the most votes are chosen."),
    "approval": _l(
        "Tick as many options as you like; those ticked on the most ballots are chosen."
    ),
    "score": _l("Each option gets a score from 0 to %(highest)s; the highest totals are chosen."),
    "dot_allocation": _l(
        "Each ballot shares out up to %(points)s points; the highest totals are chosen."
    ),
    "borda": _l(
        "Options are put in order; each one gets a point for every option it is placed before, "
        "and the highest totals are chosen."
    ),
    "schulze": _l(
        "Options are put in order; the one preferred to each other one is chosen, and if wins "
        "go round in a circle, the strongest wins decide."
    ),
    "condorcet_instant_runoff": _l(
        "Options are put in order; the one preferred to each other one is chosen, and if there "
        "is none, the last ones leave round by round."
    ),
    "instant_runoff": _l(
        "Options are put in order; the last one leaves round by round, and its ballots go on "
        "to their next choice, until one has more than half."
    ),
    "single_transferable_vote": _l(
        "Options are put in order; those that reach the quota are chosen, and what is over "
        "goes on to the next choices, so that each group gets its share."
    ),
    "sortition": _l(
        "Nobody votes: the list is published, a seed is drawn in public, and the first ones of the "
        "draw are chosen."
    ),
    "election_without_candidate": _l(
        "Everybody writes the name of a person and says why, in two rounds; then one of those "
        "named is proposed, and chosen when nobody objects."
    ),
    "majority_judgment": _l(
        "Each option gets a grade; the best majority grade is chosen: the one that more than "
        "half of the ballots give or exceed."
    ),
    "majority_gauge": _l(
        "Each option gets a grade; the best majority grade is chosen, then the larger share of "
        "better or worse grades decides."
    ),
}


_UNSET = {
    "score": _l("Each option gets a score; the highest totals are chosen."),
    "dot_allocation": _l("Each ballot shares out points; the highest totals are chosen."),
}


def election_sentence(card: ProcedureCard, registered: int) -> str:
    """How a procedure chooses among options, with the numbers of so many people today."""
    assert card.election is not None  # noqa: S101
    sentences = [_counting(card.method, card.election), unmarked_sentence(card)]
    sentences.append(default_sentence(card, registered))
    if card.election.more_than_half_of:
        base = messages.label(f"base.{card.election.more_than_half_of}")
        sentences.append(_("Nothing is chosen without more than half (%(base)s).", base=base))
    return ONE_LINE.join(filter(None, sentences))


def default_sentence(card: ProcedureCard, registered: int) -> str:
    """What an option owes to the line "none of these", with the number that it takes if all people
    asked place both; empty without such a line."""
    election = card.election
    if election is None or not election.default_option:
        return ""
    said = [
        _(
            "Nothing is chosen unless it comes before “%(default)s”.",
            default=election.default_option,
        )
    ]
    if election.majority != 1:
        said.append(
            _(
                "At least %(ratio)s times as many ballots must place an option before that line "
                "as after it.",
                ratio=messages.localised(exact_text(election.majority)),
            )
        )
    if election.above_default:
        number = messages.localised(exact_text(election.above_default))
        said.append(
            _("More than %(number)s ballots must place it before that line.", number=number)
        )
    if "majority" in registry.settings_read(card.method):
        said.append(
            ngettext(
                "If the one person asked today places both, it takes that ballot.",
                "If all %(num)d people asked today place both, it takes %(needed)s ballots.",
                registered,
                needed=needed_over_default(election, registered),
            )
        )
    return ONE_LINE.join(said)


def election_hint(method: str) -> str:
    """What a method counts, before its settings are chosen."""
    if method in ("score", "dot_allocation"):
        return str(_UNSET[method])
    return _counting(method, ElectionSettings())


def _counting(method: str, settings: ElectionSettings) -> str:
    if method == "multiple_choice":
        return _most_marks(settings)
    return str(_COUNTING[method]) % {"highest": settings.highest, "points": settings.highest}


def _most_marks(settings: ElectionSettings) -> str:
    if settings.most_marks is None:
        return _("As many crosses as there are to choose; the most votes are chosen.")
    return ngettext(
        "Up to %(num)d cross on each ballot; the most votes are chosen.",
        "Up to %(num)d crosses on each ballot; the most votes are chosen.",
        settings.most_marks,
    )


def unmarked_sentence(card: ProcedureCard) -> str:
    """What it means to leave an option without a mark, where the method reads that."""
    if card.election is None or "unmarked" not in registry.settings_read(card.method):
        return ""
    form, unmarked = registry.ballot_form(card.method), card.election.unmarked
    if form is BallotForm.GRADE:
        return _("An option left without a grade gets the worst one.")
    if unmarked is Unmarked.REJECT:
        return _("Every option must be marked, or the ballot is refused.")
    if form is BallotForm.SCORE:
        return _("An option left without a score gets 0.")
    if unmarked is Unmarked.LAST:
        return _("Options left without a rank come after all the others.")
    return _("A ballot says nothing about the options it leaves without a rank.")


def ballot_words(poll: PollCard, choice: Choice) -> str:
    """What a ballot says, on one line."""
    if not poll.candidates:
        return messages.label(f"option.{choice.option}")
    if choice.option == BLANK:
        return messages.label("option.blank")
    marks = paper_from_text(choice.option, poll.candidates).marks
    return _SAYING.get(poll.form, _crosses)(poll, marks)


def _crosses(_poll: PollCard, marks: Mapping[str, int]) -> str:
    return ", ".join(marks)


def _ranks(_poll: PollCard, marks: Mapping[str, int]) -> str:
    ordered = sorted(marks.items(), key=lambda pair: pair[1])
    return ", ".join(f"{rank}. {name}" for name, rank in ordered)


def _numbers(_poll: PollCard, marks: Mapping[str, int]) -> str:
    return ", ".join(_("%(name)s: %(number)s", name=name, number=n) for name, n in marks.items())


def _grades(poll: PollCard, marks: Mapping[str, int]) -> str:
    words = grades_of(poll)
    said = [
        _("%(name)s: %(number)s", name=name, number=words[len(words) - mark])
        for name, mark in marks.items()
    ]
    return ", ".join(said)


_SAYING = {
    BallotForm.RANK: _ranks,
    BallotForm.GRADE: _grades,
    BallotForm.SCORE: _numbers,
    BallotForm.POINTS: _numbers,
}


def grades_of(poll: PollCard) -> tuple[str, ...]:
    """The words of the grades of a vote, the best first."""
    return poll.procedure.election.grades if poll.procedure.election else ()


def filled(poll: PollCard, choice: Choice | None) -> dict[str, str]:
    """The fields of a ballot as this choice filled them; nothing is chosen without one."""
    fields = {"option": "", "reason": choice.reason if choice else ""}
    if choice is None:
        return fields
    if not poll.candidates:
        return fields | {"option": choice.option}
    if choice.option == BLANK:
        return fields | {"blank": "1", "mark": BLANK}
    marks = paper_from_text(choice.option, poll.candidates).marks
    places = {name: number for number, name in enumerate(poll.candidates)}
    fields |= {f"mark.{places[name]}": str(mark) for name, mark in marks.items()}
    return fields | {"mark": str(places[next(iter(marks))])}


def marking_sentence(poll: PollCard) -> str:
    """How to fill this ballot."""
    settings = poll.procedure.election or ElectionSettings()
    most = settings.most_marks or poll.seats
    if poll.form is BallotForm.NAME:
        return _("Choose the person to whom you would entrust this role, and say why below.")
    if poll.form is BallotForm.CROSS:
        return _("Choose one option.")
    if poll.form is BallotForm.CROSSES and poll.procedure.method == "approval":
        return _("Tick every option that suits you.")
    if poll.form is BallotForm.CROSSES:
        return ngettext("Tick %(num)d option at most.", "Tick %(num)d options at most.", most)
    if poll.form is BallotForm.RANK and poll.procedure.method == "single_transferable_vote":
        return _("1 is your first choice. Give each rank only once.")
    if poll.form is BallotForm.RANK:
        return _("1 is your first choice. Two options may have the same rank.")
    if poll.form is BallotForm.GRADE:
        return _("Give each option the grade it deserves in your eyes.")
    if poll.form is BallotForm.SCORE:
        return _("A whole number from 0 to %(highest)s for each option.", highest=settings.highest)
    return _("Share out up to %(points)s points among the options.", points=settings.highest)


def seats_sentence(seats: int, options: Sequence[str]) -> str:
    """How many of the options are to be chosen."""
    return ngettext(
        "%(num)d of %(options)s options is to be chosen.",
        "%(num)d of %(options)s options are to be chosen.",
        seats,
        options=len(options),
    )


def install(app: Flask) -> None:
    """Give templates these words as functions."""
    app.jinja_env.globals.update(
        ballot_words=ballot_words,
        ballot_fields=filled,
        election_hint=election_hint,
        grades_of=grades_of,
        marking_sentence=marking_sentence,
        seats_sentence=seats_sentence,
        unmarked_sentence=unmarked_sentence,
    )
