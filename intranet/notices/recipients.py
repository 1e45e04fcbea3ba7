"""Who is told of an event, and as what kind of thing: one line in the table for each event.

Whoever did it is not told of it. Whether each may know of it is asked afterwards, of each alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import select

from intranet.auth.models import Account
from intranet.core.events import EventRow
from intranet.core.transaction import Reader
from intranet.decisions.models import Decision
from intranet.discussions.models import Comment, Mention
from intranet.members.queries import people_with_status, today
from intranet.notices.kinds import Kind
from intranet.notices.subjects import Payload, payload_of
from intranet.notices.watching.followers import (
    followers_of_body,
    followers_of_page,
    followers_of_proposal,
)
from intranet.polls.advice.models import Advisor
from intranet.polls.models import Poll, Voter
from intranet.polls.objections.models import Objection
from intranet.polls.proxies.models import Proxy
from intranet.polls.tellers.queries import holders
from intranet.proposals.advised import queries as advised
from intranet.proposals.models import ORIGINS, Proposal
from intranet.proposals.support.models import CoAuthor
from intranet.wiki.models import Page, Revision
from intranet.wiki.offers.models import PageOffer
from intranet.wiki.readings.policy import asked_statuses
from intranet.wiki.readings.queries import is_asked

Told = dict[int, Kind]
Finder = Callable[[Reader, Payload], Told]


def of_event(reader: Reader, row: EventRow) -> Told:
    """The people told of an event, with the kind of thing it is for each."""
    told = FINDERS[row.name](reader, payload_of(row))
    return {person: kind for person, kind in told.items() if person != row.actor_id}


def _all(people: Iterable[int | None], kind: Kind) -> Told:
    return {person: kind for person in people if person is not None}


def _merged(*tables: Told) -> Told:
    """One table out of several; what stands first wins."""
    return {person: kind for table in reversed(tables) for person, kind in table.items()}


def _everybody(reader: Reader, kind: Kind) -> Told:
    accounts = select(Account.person_id).where(Account.disabled_at.is_(None))
    return _all(reader.session.scalars(accounts), kind)


def _writers(reader: Reader, proposal_id: int) -> list[int]:
    """The author of a proposal and those who write it with them."""
    author = select(Proposal.author_id).where(Proposal.id == proposal_id)
    together = select(CoAuthor.person_id).where(CoAuthor.proposal_id == proposal_id)
    return [*reader.session.scalars(author), *reader.session.scalars(together)]


def _moved(reader: Reader, said: Payload) -> Told:
    """Those who follow a proposal, and those who write it."""
    number = said["proposal_id"]
    return _all([*_writers(reader, number), *followers_of_proposal(reader, number)], Kind.WATCHED)


def _commented(reader: Reader, said: Payload) -> Told:
    """Those who follow it, but not whoever the comment calls by name: they are told of that."""
    called = select(Mention.person_id).where(Mention.comment_id == said["comment_id"])
    gone = set(reader.session.scalars(called))
    return {person: kind for person, kind in _moved(reader, said).items() if person not in gone}


def _roll(reader: Reader, poll_id: int) -> list[int]:
    query = select(Voter.person_id).where(Voter.poll_id == poll_id).order_by(Voter.person_id)
    return list(reader.session.scalars(query))


def _vote_opened(reader: Reader, said: Payload) -> Told:
    """The roll, and those whose advice is asked."""
    poll_id = said.get("second_poll_id") or said["poll_id"]
    asked = select(Advisor.person_id).where(Advisor.poll_id == poll_id)
    heard = _all(reader.session.scalars(asked), Kind.MINE)
    return _merged(_all(_roll(reader, poll_id), Kind.VOTE), heard)


def _reminded(reader: Reader, said: Payload) -> Told:
    """The whole roll: who is really reminded is asked as the message goes out, and no row says it.
    A list of those who had not voted yet would tell a little about a secret vote."""
    return _all(_roll(reader, said["poll_id"]), Kind.REMINDER)


def _ended(reader: Reader, said: Payload) -> Told:
    """Whoever could vote, whoever wrote it, whoever follows it or its body."""
    number = said["proposal_id"]
    polls = select(Poll.id).where(Poll.origin_kind.in_(ORIGINS), Poll.origin_id == number)
    voters = select(Voter.person_id).where(Voter.poll_id.in_(polls)).distinct()
    people = [*_writers(reader, number), *reader.session.scalars(voters)]
    return _all([*people, *followers_of_proposal(reader, number)], Kind.RESULT)


def _objected(reader: Reader, said: Payload) -> Told:
    poll = reader.session.get(Poll, said["poll_id"])
    return _all(_writers(reader, poll.origin_id)[:1] if poll else (), Kind.OBJECTION)


def _objection_answered(reader: Reader, said: Payload) -> Told:
    raised = (
        select(Voter.person_id)
        .join(Objection, Objection.voter_id == Voter.id)
        .where(Objection.id == said["objection_id"])
    )
    author = _writers(reader, said["proposal_id"])[:1]
    return _all([*reader.session.scalars(raised), *author], Kind.OBJECTION)


def _advised(reader: Reader, said: Payload) -> Told:
    return dict.fromkeys(_objected(reader, said), Kind.MINE)


def _to_decide(reader: Reader, said: Payload) -> Told:
    """The author alone, where advice was given and they decide; nobody of a vote, whose result is
    told by what it causes."""
    is_awaited = advised.awaits_answer(reader, said["poll_id"])
    return dict.fromkeys(_objected(reader, said), Kind.MINE) if is_awaited else {}


def _proxy_holder(reader: Reader, said: Payload) -> Told:
    proxy = reader.session.get(Proxy, said["proxy_id"])
    return _all([proxy.holder_id] if proxy else (), Kind.MINE)


def _proxy_giver(reader: Reader, said: Payload) -> Told:
    proxy = reader.session.get(Proxy, said["proxy_id"])
    return _all([proxy.giver_id] if proxy else (), Kind.MINE)


def _public(kind: Kind) -> Finder:
    """Everybody, each of whom is then asked what they may know."""
    return lambda reader, _said: _everybody(reader, kind)


def _named(field: str, kind: Kind) -> Finder:
    """The person whom the event names."""
    return lambda _reader, said: _all([said[field]], kind)


def _entered(reader: Reader, said: Payload) -> Told:
    """Those who follow the body; of a decision out of a proposal, its result told already."""
    decision = reader.session.get(Decision, said["decision_id"])
    if decision is None or decision.body_id is None or decision.origin_kind == "proposal":
        return {}
    return _all(followers_of_body(reader, decision.body_id), Kind.WATCHED)


def _rule_amended(reader: Reader, said: Payload) -> Told:
    """Everybody, on the day from which it applies: a later day tells of itself."""
    later = said["in_force_on"] > today(reader).isoformat()
    return {} if later else _rule_applies(reader, said)


def _rule_applies(reader: Reader, said: Payload) -> Told:
    """Everybody; those who are asked to read this rule are told of what waits for them."""
    asked = is_asked(reader, said["page_id"])
    to_read = _to_read(reader, said) if asked else {}
    return _merged(to_read, _everybody(reader, Kind.IN_FORCE))


def _to_read(reader: Reader, said: Payload) -> Told:
    """Those who live under a rule that everybody is asked to read."""
    page = reader.session.get(Page, said["page_id"])
    statuses = asked_statuses(page.audience) if page else ()
    asked = people_with_status(reader, statuses, today(reader))
    return _all([person.id for person in asked], Kind.READING)


def _page_moved(reader: Reader, said: Payload) -> Told:
    """Those who follow it, unless whoever changed it called that a small correction."""
    revision = reader.session.get(Revision, said.get("revision_id", 0))
    if revision is not None and revision.minor:
        return {}
    return _all(followers_of_page(reader, said["page_id"]), Kind.WATCHED)


def _keeper(reader: Reader, page_id: int) -> int | None:
    """Whoever looks after a page, else whoever began it."""
    page = reader.session.get_one(Page, page_id)
    return page.owner_id or page.created_by_id


def _offer_made(reader: Reader, said: Payload) -> Told:
    """Whoever looks after the page, else whoever began it, and those who follow it."""
    number = said["page_id"]
    return _all([_keeper(reader, number), *followers_of_page(reader, number)], Kind.WATCHED)


def _offer_answered(reader: Reader, said: Payload) -> Told:
    return _all([reader.session.get_one(PageOffer, said["offer_id"]).author_id], Kind.WATCHED)


def _page_commented(reader: Reader, said: Payload) -> Told:
    """Whoever looks after the page, whoever follows it, and whoever is answered."""
    number = said["page_id"]
    answer = reader.session.get(Comment, said["comment_id"])
    first = answer.reply_to_id if answer else None
    heard = select(Comment.author_id).where((Comment.id == first) | (Comment.reply_to_id == first))
    answered = list(reader.session.scalars(heard)) if first else []
    followers = followers_of_page(reader, number)
    return _all([_keeper(reader, number), *answered, *followers], Kind.WATCHED)


def _page_review(reader: Reader, said: Payload) -> Told:
    return _all([_keeper(reader, said["page_id"])], Kind.REVIEW)


def _tellers(reader: Reader, said: Payload) -> Told:
    """The tellers who have not given their words yet."""
    waited = [one.person_id for one in holders(reader, said["poll_id"]) if not one.has_given]
    return _all(waited, Kind.MINE)


FINDERS: Mapping[str, Finder] = {
    "ProposalSubmitted": _public(Kind.PROPOSAL),
    "ProposalReworded": _moved,
    "ProposalCommented": _commented,
    "PersonMentioned": _named("mentioned_id", Kind.MENTION),
    "VotingOpened": _vote_opened,
    "SecondVoteConvened": _vote_opened,
    "VoteEndsSoon": _reminded,
    "PollClosed": _to_decide,
    "ProposalAdopted": _ended,
    "ProposalRefused": _ended,
    "VotingEnded": _ended,
    "ObjectionRaised": _objected,
    "ObjectionAnswered": _objection_answered,
    "AdviceGiven": _advised,
    "CoAuthorNamed": _named("co_author_id", Kind.MINE),
    "MandateGiven": _named("person_id", Kind.MINE),
    "MandateEnded": _named("person_id", Kind.MINE),
    "MandateEndsSoon": _named("person_id", Kind.MINE),
    "TellersSought": _public(Kind.PROPOSAL),
    "TellerLeft": _public(Kind.PROPOSAL),
    "TellersAwaited": _tellers,
    "ProxyGiven": _proxy_holder,
    "ProxyAccepted": _proxy_giver,
    "ProxyRefused": _proxy_giver,
    "ProxyRevoked": _proxy_holder,
    "ProxyReturned": _proxy_giver,
    "ActionPlanned": _named("owner_id", Kind.MINE),
    "ActionHandedOver": _named("owner_id", Kind.MINE),
    "DecisionReviewDue": _public(Kind.REVIEW),
    "DecisionEndsSoon": _public(Kind.REVIEW),
    "DecisionEnded": _public(Kind.REVIEW),
    "DecisionEntered": _entered,
    "RuleCreated": _public(Kind.IN_FORCE),
    "RuleAmended": _rule_amended,
    "RuleCameIntoForce": _rule_applies,
    "RuleRepealed": _public(Kind.IN_FORCE),
    "RuleCorrected": _page_moved,
    "ReadingAsked": _to_read,
    "PageCommented": _page_commented,
    "PageOwnerNamed": _named("owner_id", Kind.MINE),
    "PageReviewDue": _page_review,
    "PageRevised": _page_moved,
    "PageRestored": _page_moved,
    "PageOfferMade": _offer_made,
    "PageOfferAccepted": _offer_answered,
    "PageOfferDeclined": _offer_answered,
}
