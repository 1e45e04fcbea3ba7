"""The table of everything the application does on its own: which event wakes which reaction."""

from __future__ import annotations

from collections.abc import Mapping

from intranet.core.deliveries import Reaction
from intranet.core.events import Event
from intranet.decisions import events as decisions
from intranet.decisions.minutes import events as minutes
from intranet.decisions.reviews import events as reviews
from intranet.discussions import events as discussions
from intranet.members import events as members
from intranet.proposals import events as proposals
from intranet.proposals.suggestions import events as suggestions
from intranet.redaction import events as redaction
from intranet.redaction.worker import ERASING
from intranet.search.indexer import INDEXING, REBUILDING
from intranet.wiki import events as wiki
from intranet.wiki.states import events as page_states
from intranet.wiki.trash import events as trash
from intranet.wiki.worker import REDRAWING

SUBSCRIPTIONS: Mapping[type[Event], tuple[Reaction, ...]] = {
    wiki.PageCreated: (INDEXING,),
    wiki.PageRevised: (INDEXING,),
    wiki.PageRestored: (INDEXING,),
    wiki.PageRenamed: (INDEXING,),
    wiki.PageMoved: (INDEXING,),
    wiki.PageArchived: (INDEXING,),
    wiki.PageUnarchived: (INDEXING,),
    trash.PageTrashed: (INDEXING,),
    trash.PageTakenFromTrash: (INDEXING,),
    wiki.PageTagged: (INDEXING,),
    wiki.PageAudienceChanged: (INDEXING,),
    page_states.PagePublished: (INDEXING,),
    wiki.RuleCreated: (INDEXING,),
    wiki.RuleAmended: (INDEXING,),
    wiki.RuleRepealed: (INDEXING,),
    wiki.RuleCorrected: (INDEXING,),
    wiki.CorrectionRevoked: (INDEXING,),
    wiki.RuleCameIntoForce: (INDEXING,),
    wiki.LinksOutdated: (REDRAWING,),
    decisions.DecisionEntered: (INDEXING,),
    decisions.DecisionsLinked: (INDEXING,),
    decisions.DecisionTagged: (INDEXING,),
    decisions.DecisionAudienceChanged: (INDEXING,),
    decisions.FileAttached: (INDEXING,),
    minutes.MinutesKept: (INDEXING,),
    members.PersonAdded: (INDEXING,),
    members.ProfileUpdated: (INDEXING,),
    members.MandateGiven: (INDEXING,),
    members.MandateEnded: (INDEXING,),
    reviews.DecisionReviewed: (INDEXING,),
    reviews.DecisionReviewDue: (INDEXING,),
    reviews.DecisionEnded: (INDEXING,),
    redaction.DecisionRedacted: (REBUILDING, ERASING),
    redaction.RevisionRedacted: (REBUILDING, ERASING),
    discussions.CommentAdded: (INDEXING,),
    discussions.CommentHidden: (INDEXING,),
    proposals.ProposalSubmitted: (INDEXING,),
    proposals.ProposalReworded: (INDEXING,),
    suggestions.ChangeSuggested: (INDEXING,),
    suggestions.SuggestionMoved: (INDEXING,),
    suggestions.SuggestionsPutToVote: (INDEXING,),
    suggestions.SuggestionsDecided: (INDEXING,),
    proposals.VotingOpened: (INDEXING,),
    proposals.VotingEnded: (INDEXING,),
    proposals.ProposalAdopted: (INDEXING,),
    proposals.ProposalRefused: (INDEXING,),
    proposals.ProposalWithdrawn: (INDEXING,),
    proposals.SecondVoteConvened: (INDEXING,),
    proposals.ProposalEscalated: (INDEXING,),
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
