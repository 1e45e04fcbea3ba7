"""Words for proxies, for who votes, and for the advice of people without a vote."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "proxies.oneself": _l("You cannot lend your voice to yourself: choose somebody else."),
    "proxies.you_have_no_vote": _l("You have no vote here, so there is no voice to lend."),
    "proxies.holder_has_no_vote": _l(
        "This person has no vote here: only somebody who votes too can carry your voice."
    ),
    "proxies.not_allowed": _l("This way of deciding allows no proxy: everybody votes in person."),
    "proxies.you_have_voted": _l("You have voted: there is no voice left to lend."),
    "proxies.already_given": _l(
        "You have already lent your voice to %(name)s for this. Take it back first."
    ),
    "proxies.you_hold_one": _l(
        "You carry the voice of %(name)s for this, and a voice is never passed on. Give it back first."
    ),
    "proxies.holder_gave_theirs": _l(
        "%(name)s has lent their own voice for this, and a voice is never passed on. Choose somebody else."
    ),
    "proxies.holder_is_full": _l(
        "%(name)s can carry no more voices: at most %(cap)s besides their own. Choose somebody else."
    ),
    "proxies.not_offered_to_you": _l("This proxy was not given to you."),
    "proxies.not_yours": _l("Only the person who gave this proxy can take it back."),
    "proxies.already_answered": _l("This proxy has already been answered or taken back."),
    "proxies.already_ended": _l("This proxy has already ended."),
    "proxies.over": _l("There is nothing left to decide with this proxy."),
    "proxies.you_gave_yours": _l(
        "You have lent your own voice for this, and a voice is never passed on. Take it back first."
    ),
    "proxies.giver_has_voted": _l("%(name)s has voted in person: the proxy does not count here."),
    "proxies.is_used": _l(
        "This voice has been given in the vote it was lent for: the proxy stays as it is."
    ),
    "proxies.none_for_this_vote": _l("You carry no accepted proxy of this person for this vote."),
    "proxies.giver_is_not_on_the_roll": _l(
        "%(name)s is not on the roll of this vote: it was drawn up when the vote opened."
    ),
    "proxies.giver_left": _l("%(name)s has left the cooperative: the proxy ended with that."),
    "proxies.voice_is_used": _l(
        "You have voted for %(name)s. A secret ballot cannot be changed: nobody can find it again."
    ),
    "proxies.cap_is_reached": _l(
        "You have given as many voices of others as one person may in this vote: %(cap)s."
    ),
    "polls.holder_has_voted": _l(
        "The person who carries your voice has voted for you. This vote is secret: the ballot cannot be found again, and your voice is used."
    ),
    "polls.came_after_the_opening": _l(
        "You joined after this vote had opened: its roll was drawn up that day. You will be asked in the next one."
    ),
    "advice.not_asked": _l("Your advice was not asked on this vote."),
    "advice.may_not_speak": _l("Your account no longer lets you speak here."),
}

FIELD_ERRORS = {
    "proxy_holder_missing": _l("Choose who will vote for you."),
    "proxy_days_missing": _l("Give the first and the last day."),
    "proxy_days_in_disorder": _l("The last day comes before the first one."),
    "proxy_days_are_past": _l("These days are past: choose a later last day."),
    "proxy_days_too_many": _l("At most a year: choose an earlier last day."),
    "proxy_cap_unclear": _l("Write a whole number: 0 for no proxy, or the most one may carry."),
    "electorate_unclear": _l("Choose who votes."),
    "electorate_statuses_unclear": _l("Tick at least one status. Former members never vote."),
    "electorate_names_nobody": _l("Tick at least one person."),
    "electorate_names_unknown": _l("One of these people is not known here."),
    "advisory_statuses_unclear": _l("Only people without a vote are asked for advice."),
    "advisory_needs_an_open_vote": _l(
        "Advice is given by name, beside an open vote: not beside a secret one."
    ),
}

LABELS = {
    "proxy.offered": _l("to be accepted"),
    "proxy.accepted": _l("accepted"),
    "proxy.refused": _l("refused"),
    "proxy.revoked": _l("taken back"),
    "proxy.returned": _l("given back"),
}
