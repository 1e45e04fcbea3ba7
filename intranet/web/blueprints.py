"""Every room of the house that has pages."""

from __future__ import annotations

from flask import Flask

from intranet.audit import views as audit
from intranet.auth import views as auth
from intranet.auth.administration import views as administration
from intranet.auth.invitations import views as invitations
from intranet.auth.invitations.batches import views as batches
from intranet.auth.passkeys import views as passkeys
from intranet.auth.resets import views as resets
from intranet.auth.second_factor import views as second_factor
from intranet.auth.single_sign_on import views as single_sign_on
from intranet.citations import views as citations
from intranet.corrections import views as corrections
from intranet.decisions import views as decisions
from intranet.decisions.actions import views as actions
from intranet.decisions.attachments import views as decision_files
from intranet.decisions.kinship import views as kinship
from intranet.decisions.links import views as decision_links
from intranet.decisions.minutes import views as minutes
from intranet.decisions.reviews import views as reviews
from intranet.export import views as export
from intranet.export.branches import views as export_pages
from intranet.export.own import views as own_data
from intranet.founding import views as founding
from intranet.members import views as members
from intranet.members.profiles import views as profiles
from intranet.membership import views as membership
from intranet.membership.bodies import views as bodies
from intranet.membership.erasure import views as erasure
from intranet.membership.integration import views as integration
from intranet.membership.mandates import views as mandates
from intranet.membership.rights import views as rights
from intranet.notices import views as notices
from intranet.notices.feeds import views as feeds
from intranet.notices.watching import views as watching
from intranet.outbox import views as outbox
from intranet.papers import views as papers
from intranet.polls import views as polls
from intranet.polls.advice import views as advice
from intranet.polls.objections import views as objections
from intranet.polls.proxies import views as proxies
from intranet.proposals.acts import views as acts
from intranet.proposals.advised import views as advised
from intranet.proposals.deciders import views as deciders_proposals
from intranet.proposals.draws import views as draws
from intranet.proposals.naming import views as naming
from intranet.proposals.outlines import views as outlines
from intranet.proposals.procedures import views as procedure_proposals
from intranet.proposals.suggestions import views as suggestions
from intranet.proposals.support import views as support
from intranet.proposals.talks import views as talks
from intranet.proposals.tellers import views as tellers
from intranet.proposals.typing import views as typing
from intranet.proposals.writing import views as proposals
from intranet.redaction import views as redaction
from intranet.rulebook import views as rulebook
from intranet.search import views as search
from intranet.search.saved import views as saved_searches
from intranet.search.synonyms import views as synonyms
from intranet.web import health, home, language, styleguide
from intranet.wiki.arranging import views as arranging
from intranet.wiki.attachments import views as page_files
from intranet.wiki.changes import views as changes
from intranet.wiki.comments import views as page_comments
from intranet.wiki.favourites import views as favourites
from intranet.wiki.guests import views as page_guests
from intranet.wiki.imports import views as imports
from intranet.wiki.numbering import views as numbering
from intranet.wiki.offers import views as page_offers
from intranet.wiki.past import views as wiki
from intranet.wiki.presence import views as presence
from intranet.wiki.readings import views as readings
from intranet.wiki.rights import views as page_rights
from intranet.wiki.tags import views as tags
from intranet.wiki.trash import views as trash
from intranet.wiki.writing import views as writing

BLUEPRINTS = (
    home.blueprint,
    health.blueprint,
    language.blueprint,
    styleguide.blueprint,
    founding.blueprint,
    auth.blueprint,
    invitations.blueprint,
    batches.blueprint,
    administration.blueprint,
    resets.blueprint,
    second_factor.blueprint,
    passkeys.blueprint,
    single_sign_on.blueprint,
    members.blueprint,
    profiles.blueprint,
    membership.blueprint,
    bodies.blueprint,
    mandates.blueprint,
    rights.blueprint,
    integration.blueprint,
    erasure.blueprint,
    imports.blueprint,
    wiki.blueprint,
    changes.blueprint,
    presence.blueprint,
    trash.blueprint,
    page_files.blueprint,
    page_offers.blueprint,
    page_guests.blueprint,
    page_comments.blueprint,
    page_rights.blueprint,
    writing.blueprint,
    favourites.blueprint,
    tags.blueprint,
    arranging.blueprint,
    numbering.blueprint,
    rulebook.blueprint,
    corrections.blueprint,
    proposals.blueprint,
    procedure_proposals.blueprint,
    acts.blueprint,
    outlines.blueprint,
    support.blueprint,
    typing.blueprint,
    suggestions.blueprint,
    talks.blueprint,
    readings.blueprint,
    deciders_proposals.blueprint,
    decisions.blueprint,
    reviews.blueprint,
    actions.blueprint,
    minutes.blueprint,
    kinship.blueprint,
    citations.blueprint,
    decision_links.blueprint,
    decision_files.blueprint,
    papers.blueprint,
    polls.blueprint,
    proxies.blueprint,
    advice.blueprint,
    objections.blueprint,
    tellers.blueprint,
    draws.blueprint,
    advised.blueprint,
    naming.blueprint,
    redaction.blueprint,
    search.blueprint,
    synonyms.blueprint,
    saved_searches.blueprint,
    audit.blueprint,
    export.blueprint,
    notices.blueprint,
    watching.blueprint,
    feeds.blueprint,
    outbox.blueprint,
    export_pages.blueprint,
    own_data.blueprint,
)


def install(app: Flask) -> None:
    """Open the rooms."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
