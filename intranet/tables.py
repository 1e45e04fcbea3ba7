"""Every table of the house, so that whoever makes the database knows them all."""

from __future__ import annotations

from intranet.auth import models as auth
from intranet.auth.notices import models as account_notices
from intranet.auth.passkeys import models as passkeys
from intranet.auth.resets import models as resets
from intranet.auth.second_factor import models as second_factor
from intranet.auth.single_sign_on import models as single_sign_on
from intranet.core import citations, events, generation, texts
from intranet.decisions import models as decisions
from intranet.decisions.actions import models as actions
from intranet.decisions.minutes import models as minutes
from intranet.decisions.reviews import models as reviews
from intranet.discussions import models as discussions
from intranet.files import models as files
from intranet.members import models as members
from intranet.membership.integration import models as integration
from intranet.notices import models as notices
from intranet.notices.feeds import models as feeds
from intranet.notices.watching import models as watching
from intranet.outbox import models as outbox
from intranet.polls import models as polls
from intranet.polls.advice import models as advice
from intranet.polls.draws import models as draws
from intranet.polls.objections import models as objections
from intranet.polls.proxies import models as proxies
from intranet.polls.tellers import models as tellers
from intranet.proposals import models as proposals
from intranet.proposals.advised import models as advised
from intranet.proposals.outlines import models as outlines
from intranet.proposals.suggestions import models as suggestions
from intranet.proposals.support import models as support
from intranet.proposals.talks import models as talks
from intranet.proposals.typing import models as typing
from intranet.rulebook import models as rulebook
from intranet.search.saved import models as saved_searches
from intranet.search.synonyms import models as synonyms
from intranet.wiki import models as wiki
from intranet.wiki import repeals, rule_places
from intranet.wiki.attachments import models as page_files
from intranet.wiki.changes import models as changes
from intranet.wiki.comments import models as page_comments
from intranet.wiki.corrections import models as corrections
from intranet.wiki.favourites import models as favourites
from intranet.wiki.guests import models as page_guests
from intranet.wiki.imports import models as imports
from intranet.wiki.inclusion import models as inclusion
from intranet.wiki.offers import models as page_offers
from intranet.wiki.presence import models as presence
from intranet.wiki.readings import models as readings

ROOMS = (
    events,
    generation,
    texts,
    citations,
    members,
    auth,
    account_notices,
    resets,
    second_factor,
    passkeys,
    single_sign_on,
    discussions,
    integration,
    wiki,
    files,
    page_files,
    imports,
    page_comments,
    page_offers,
    page_guests,
    favourites,
    inclusion,
    readings,
    changes,
    presence,
    decisions,
    reviews,
    actions,
    minutes,
    proxies,
    polls,
    objections,
    tellers,
    draws,
    advice,
    proposals,
    advised,
    outlines,
    support,
    typing,
    repeals,
    rule_places,
    corrections,
    suggestions,
    talks,
    rulebook,
    outbox,
    notices,
    watching,
    feeds,
    synonyms,
    saved_searches,
)
