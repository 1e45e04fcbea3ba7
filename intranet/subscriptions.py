"""The table of everything the application does on its own: which event wakes which reaction."""

from __future__ import annotations

from collections.abc import Mapping

from intranet.core.deliveries import Reaction
from intranet.core.events import Event
from intranet.decisions import events as decisions
from intranet.decisions.actions import events as actions
from intranet.decisions.minutes import events as minutes
from intranet.decisions.reviews import events as reviews
from intranet.discussions import events as discussions
from intranet.members import events as members
from intranet.members import worker as members_own
from intranet.membership.erasure import events as erasure
from intranet.membership.erasure.worker import LISTING
from intranet.notices.watching import worker as notices_own
from intranet.notices.worker import TELLING
from intranet.outbox import worker as outbox_own
from intranet.polls import events as polls
from intranet.polls.advice import events as advice
from intranet.polls.objections import events as objections
from intranet.polls.proxies import events as proxies
from intranet.polls.tellers import events as tellers
from intranet.proposals import events as proposals
from intranet.proposals.suggestions import events as suggestions
from intranet.proposals.support import events as support
from intranet.proposals.talks import events as talks
from intranet.proposals.typing import worker as proposals_own
from intranet.redaction import events as redaction
from intranet.redaction.worker import ERASING
from intranet.search.indexer import INDEXING, REBUILDING
from intranet.search.saved import worker as searches_own
from intranet.wiki import events as wiki
from intranet.wiki.attachments import events as page_files
from intranet.wiki.comments import events as page_comments
from intranet.wiki.offers import events as page_offers
from intranet.wiki.presence import worker as wiki_own
from intranet.wiki.readings import events as readings
from intranet.wiki.states import events as page_states
from intranet.wiki.trash import events as trash
from intranet.wiki.worker import REDRAWING

SUBSCRIPTIONS: Mapping[type[Event], tuple[Reaction, ...]] = {
    wiki.PageCreated: (INDEXING,),
    wiki.PageRevised: (INDEXING, TELLING),
    wiki.PageRestored: (INDEXING, TELLING),
    wiki.PageRenamed: (INDEXING,),
    wiki.PageMoved: (INDEXING,),
    wiki.PageArchived: (INDEXING,),
    wiki.PageUnarchived: (INDEXING,),
    trash.PageTrashed: (INDEXING,),
    trash.PageTakenFromTrash: (INDEXING,),
    wiki.PageTagged: (INDEXING,),
    wiki.PageAudienceChanged: (INDEXING,),
    page_states.PagePublished: (INDEXING,),
    page_offers.PageOfferMade: (TELLING,),
    page_offers.PageOfferAccepted: (TELLING,),
    page_offers.PageOfferDeclined: (TELLING,),
    page_states.PageOwnerNamed: (TELLING,),
    page_states.PageReviewDue: (TELLING,),
    page_comments.PageCommented: (TELLING,),
    readings.ReadingAsked: (TELLING,),
    page_files.PageFileAttached: (INDEXING,),
    page_files.PageFileRemoved: (INDEXING,),
    page_files.PageFilePutBack: (INDEXING,),
    wiki.RuleCreated: (INDEXING, TELLING),
    wiki.RuleAmended: (INDEXING, TELLING),
    wiki.RuleRepealed: (INDEXING, TELLING),
    wiki.RuleCorrected: (INDEXING, TELLING),
    wiki.CorrectionRevoked: (INDEXING,),
    wiki.RuleCameIntoForce: (INDEXING, TELLING),
    wiki.LinksOutdated: (REDRAWING,),
    decisions.DecisionEntered: (INDEXING, TELLING),
    decisions.DecisionsLinked: (INDEXING,),
    decisions.DecisionTagged: (INDEXING,),
    decisions.DecisionAudienceChanged: (INDEXING,),
    decisions.FileAttached: (INDEXING,),
    minutes.MinutesKept: (INDEXING,),
    members.PersonAdded: (INDEXING,),
    members.ProfileUpdated: (INDEXING,),
    members.MandateGiven: (INDEXING, TELLING),
    members.MandateEnded: (INDEXING, TELLING),
    members.MandateEndsSoon: (TELLING,),
    reviews.DecisionReviewed: (INDEXING,),
    reviews.DecisionReviewDue: (INDEXING, TELLING),
    reviews.DecisionEnded: (INDEXING, TELLING),
    redaction.DecisionRedacted: (REBUILDING, ERASING),
    redaction.RevisionRedacted: (REBUILDING, ERASING),
    erasure.PersonErased: (
        LISTING,
        members_own.FORGETTING,
        outbox_own.FORGETTING,
        wiki_own.FORGETTING,
        proposals_own.FORGETTING,
        searches_own.FORGETTING,
        notices_own.FORGETTING,
        REBUILDING,
        ERASING,
    ),
    discussions.CommentAdded: (INDEXING,),
    discussions.CommentCorrected: (INDEXING,),
    discussions.CommentHidden: (INDEXING,),
    proposals.ProposalSubmitted: (INDEXING, TELLING),
    proposals.ProposalReworded: (INDEXING, TELLING),
    suggestions.ChangeSuggested: (INDEXING,),
    suggestions.SuggestionMoved: (INDEXING,),
    suggestions.SuggestionsPutToVote: (INDEXING,),
    suggestions.SuggestionsDecided: (INDEXING,),
    proposals.VotingOpened: (INDEXING, TELLING),
    proposals.VotingEnded: (INDEXING, TELLING),
    proposals.ProposalAdopted: (INDEXING, TELLING),
    proposals.ProposalRefused: (INDEXING, TELLING),
    proposals.ProposalWithdrawn: (INDEXING,),
    proposals.SecondVoteConvened: (INDEXING, TELLING),
    proposals.ProposalEscalated: (INDEXING,),
    proposals.ProposalCommented: (TELLING,),
    proposals.ObjectionAnswered: (TELLING,),
    talks.PersonMentioned: (TELLING,),
    support.CoAuthorNamed: (TELLING,),
    polls.PollClosed: (TELLING,),
    polls.VoteEndsSoon: (TELLING,),
    tellers.TellersSought: (TELLING,),
    tellers.TellerLeft: (TELLING,),
    tellers.TellersAwaited: (TELLING,),
    objections.ObjectionRaised: (TELLING,),
    advice.AdviceGiven: (TELLING,),
    proxies.ProxyGiven: (TELLING,),
    proxies.ProxyAccepted: (TELLING,),
    proxies.ProxyRefused: (TELLING,),
    proxies.ProxyRevoked: (TELLING,),
    proxies.ProxyReturned: (TELLING,),
    actions.ActionPlanned: (TELLING,),
    actions.ActionHandedOver: (TELLING,),
    reviews.DecisionEndsSoon: (TELLING,),
}
"""Read this table to know everything the application does on its own.

A reaction not listed here does not exist.
"""

REACTIONS: Mapping[str, Reaction] = {
    reaction.name: reaction for reactions in SUBSCRIPTIONS.values() for reaction in reactions
}


def consumers_of(event: Event) -> tuple[str, ...]:
    """The names of the reactions that follow an event."""
    return tuple(reaction.name for reaction in SUBSCRIPTIONS.get(type(event), ()))
