"""What happens to amendments in words, for templates."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext as _

from intranet.proposals.suggestions.queries import BallotLine, StepLine


def suggestion_step(step: StepLine) -> str:
    """One thing that happened to an amendment, in a sentence."""
    person, version = step.person or _("the clock"), step.version
    by_people = {
        "suggest": _("Made by %(name)s, on version %(version)s.", name=person, version=version),
        "rewrite": _(
            "Written anew by %(name)s, on version %(version)s.", name=person, version=version
        ),
        "accept": _("Taken into the text by %(name)s.", name=person),
        "decline": _("Not taken up by %(name)s: %(reason)s", name=person, reason=step.because),
        "put_to_vote": _("Put to the vote by %(name)s.", name=person),
        "withdraw": _("Withdrawn by %(name)s.", name=person),
    }
    return by_people.get(step.step) or _followed(step)


def _followed(step: StepLine) -> str:
    """What followed from something else."""
    other = step.by_number
    sentences = {
        "fall": _(
            "Not kept: the vote on the whole opened, the author had not taken it up and nobody had "
            "put it to the vote."
        ),
        "carry_over": _(
            "Amendment %(other)s changed the text elsewhere: this one goes on, on version "
            "%(version)s.",
            other=other,
            version=step.version,
        ),
        "overtake": _(
            "Amendment %(other)s gave its paragraph other words: this one is without object.",
            other=other,
        ),
        "adopt": _("Chosen by the vote: it is in the text."),
        "refuse": _("The vote chose amendment %(other)s for the same paragraph.", other=other)
        if other
        else _("The vote kept the present text."),
        "give_back": _("The vote decided nothing about it: it waits again."),
    }
    return sentences[step.step]


def suggestion_outcome(line: BallotLine) -> str:
    """How a vote on amendments ended, or that it is under way."""
    sentences = {
        "": _("The vote is under way."),
        "chosen": _("Amendment %(number)s was chosen: it is in the text.", number=line.winner),
        "kept": _("The present text was kept."),
        "tied": _("A tie: the present text stays."),
        "no_quorum": _("Too few people took part: the present text stays."),
        "unfit": _(
            "An amendment was chosen, but something on which the proposal builds has changed: its "
            "author has to reword it first. Nothing entered the text; the amendments wait again."
        ),
        "called_off": _("Ended without a result: %(reason)s", reason=line.ended_because),
    }
    return sentences[line.outcome]


def install(app: Flask) -> None:
    """Give templates these words as functions."""
    app.jinja_env.globals.update(
        suggestion_step=suggestion_step, suggestion_outcome=suggestion_outcome
    )
