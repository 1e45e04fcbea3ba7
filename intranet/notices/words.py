"""What people are told, in sentences. A sentence has a title and a date; never a text, never a
name beside a vote, never a choice."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import format_date, format_datetime, gettext
from flask_babel import lazy_gettext as _l

from intranet.notices.kinds import Kind, Way

SENTENCES = {
    "ProposalSubmitted": _l("A new proposal to discuss: “%(title)s”"),
    "ProposalReworded": _l("The text of “%(title)s” has changed"),
    "ProposalCommented": _l("Something new was said about “%(title)s”"),
    "PersonMentioned": _l("You are mentioned in the discussion of “%(title)s”"),
    "VotingOpened": _l("Vote on “%(title)s” before %(until)s"),
    "SecondVoteConvened": _l("Second vote on “%(title)s”, which ends on %(until)s"),
    "VoteIsOver": _l("The vote on “%(title)s” is over"),
    "VoteEndsSoon": _l("You have not voted yet on “%(title)s”: it ends on %(until)s"),
    "PollClosed": _l("Advice on your proposal “%(title)s” is given: you decide, within two weeks"),
    "ProposalAdopted": _l("The proposal “%(title)s” is adopted"),
    "ProposalRefused": _l("The proposal “%(title)s” is not adopted"),
    "VotingEnded": _l("The vote on “%(title)s” has ended without a decision"),
    "ObjectionRaised": _l("An objection to your proposal “%(title)s” waits for an answer"),
    "ObjectionAnswered": _l("Something was said about an objection to “%(title)s”"),
    "AdviceGiven": _l("Advice was given on your proposal “%(title)s”"),
    "CoAuthorNamed": _l("You are asked to write the proposal “%(title)s” with its author"),
    "MandateGiven": _l("A decision gives you a mandate"),
    "MandateEnded": _l("A decision has ended your mandate"),
    "MandateEndsSoon": _l("Your mandate ends on %(until)s"),
    "TellersSought": _l("Tellers are to be found for the secret vote on “%(title)s”"),
    "TellerLeft": _l("A teller is to be found anew for the secret vote on “%(title)s”"),
    "TellersAwaited": _l("Your words are waited for, to open the box of the vote on “%(title)s”"),
    "ProxyGiven": _l("Somebody wishes to lend you their voice: accept or refuse"),
    "ProxyAccepted": _l("The person you asked accepts to vote in your name"),
    "ProxyRefused": _l("The person you asked cannot vote in your name: vote, or ask somebody else"),
    "ProxyRevoked": _l("A voice that was lent to you is taken back"),
    "ProxyReturned": _l("The voice you had lent is yours again: vote, or ask somebody else"),
    "ActionPlanned": _l("The decision “%(title)s” asks you to do something"),
    "ActionHandedOver": _l("You take over something that the decision “%(title)s” asks for"),
    "DecisionReviewDue": _l("To be reviewed: the decision “%(title)s”"),
    "DecisionEndsSoon": _l("The trial of the decision “%(title)s” ends soon"),
    "DecisionEnded": _l("The trial of the decision “%(title)s” has ended: it no longer applies"),
    "DecisionEntered": _l("A new decision in the register: “%(title)s”"),
    "RuleCreated": _l("A new rule: “%(title)s”"),
    "RuleAmended": _l("A rule has changed: “%(title)s”"),
    "RuleCameIntoForce": _l("In force: the new text of “%(title)s”"),
    "RuleRepealed": _l("A rule is repealed: “%(title)s”"),
    "RuleCorrected": _l("A slip of writing was mended in “%(title)s”"),
    "ReadingAsked": _l("A rule to read, and to say that you read it: “%(title)s”"),
    "PageCommented": _l("Something new was said about the page “%(title)s”"),
    "PageOwnerNamed": _l("You look after the page “%(title)s” from now on"),
    "PageReviewDue": _l("To be looked at again: the page “%(title)s”"),
    "PageRevised": _l("The page “%(title)s” has changed"),
    "PageRestored": _l("An earlier text of the page “%(title)s” is back"),
    "PageOfferMade": _l("A change is suggested for the page “%(title)s”"),
    "PageOfferAccepted": _l("The change you suggested is in the page “%(title)s”"),
    "PageOfferDeclined": _l("The change you suggested for the page “%(title)s” is declined"),
}

OF_ADVICE = {
    "VotingOpened": _l("Your advice is asked on “%(title)s”, until %(until)s"),
    "VoteIsOver": _l("Advice on “%(title)s” is no longer asked"),
    "VoteEndsSoon": _l("You have not advised yet on “%(title)s”: you can until %(until)s"),
    "VotingEnded": _l("Nothing is decided on “%(title)s” after the advice"),
}
"""The same, where people advise and nobody votes."""

KINDS = {
    Kind.VOTE: _l("A vote that I can take part in opens"),
    Kind.REMINDER: _l("A vote ends soon and I have not voted"),
    Kind.OBJECTION: _l("An objection waits for me, or was answered"),
    Kind.MENTION: _l("Somebody mentions me"),
    Kind.MINE: _l("A mandate, a proxy, an advice or a task is about me"),
    Kind.RESULT: _l("The result of a vote"),
    Kind.PROPOSAL: _l("A new proposal"),
    Kind.IN_FORCE: _l("A rule is new, changed or repealed"),
    Kind.READING: _l("A rule waits until I say that I read it"),
    Kind.REVIEW: _l("A decision or my page is to be looked at again, or a trial ends"),
    Kind.WATCHED: _l("Something moves in what I follow, wrote or look after"),
}

WAYS = {
    Way.MAIL: _l("by mail at once"),
    Way.DAILY: _l("in one mail a day"),
    Way.WEEKLY: _l("in one mail a week"),
    Way.APP: _l("here only"),
    Way.OFF: _l("not at all"),
}


def moment(value: datetime, zone: ZoneInfo) -> str:
    """An instant in words, with its weekday and the name of its zone."""
    local = value.astimezone(zone)
    day = format_date(local.date(), "full", rebase=False)
    time = format_datetime(local.replace(tzinfo=None), gettext("HH:mm"), rebase=False)
    place = zone.key.rsplit("/", 1)[-1].replace("_", " ")
    return gettext("%(day)s at %(time)s (%(place)s time)", day=day, time=time, place=place)
