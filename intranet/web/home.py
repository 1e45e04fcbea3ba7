"""The first page: what waits for me, what changed, what was decided."""

from __future__ import annotations

from flask import Blueprint, render_template

from intranet.decisions import queries as decisions
from intranet.decisions.actions import queries as actions
from intranet.decisions.reviews import queries as reviews
from intranet.members import mandate_queries as mandates
from intranet.members import queries as members
from intranet.members.policy import may_join_chat
from intranet.membership.integration import queries as integration
from intranet.notices import queries as notices
from intranet.polls.proxies import queries as proxies
from intranet.proposals import objection_queries as objections
from intranet.proposals import queries as proposals
from intranet.proposals import waiting_queries as waiting
from intranet.proposals.suggestions.waiting_queries import suggestions_to_answer
from intranet.proposals.talks import queries as talks
from intranet.proposals.workflow import State
from intranet.web import signed_in
from intranet.wiki import queries as wiki
from intranet.wiki.favourites import queries as favourites
from intranet.wiki.offers import queries as page_offers
from intranet.wiki.open_queries import open_pages
from intranet.wiki.readings import queries as readings
from intranet.wiki.states import queries as page_states

blueprint = Blueprint("home", __name__)

SHOWN = 6


@blueprint.get("/")
def show() -> str:
    """The home page of the signed-in person."""
    reader = signed_in.reader()
    mine = waiting.votes_to_give(reader)
    return render_template(
        "home/show.html",
        to_vote=[poll for poll in mine if not poll.has_voted],
        voted=[poll for poll in mine if poll.has_voted],
        voices=waiting.voices_to_give(reader),
        proxies_to_answer=proxies.to_answer(reader),
        proxies_back=proxies.came_back(reader),
        advice_awaited=waiting.advice_to_give(reader),
        answers_awaited=waiting.answers_to_give(reader),
        words_awaited=waiting.words_to_give(reader),
        tellers_wanted=waiting.tellers_wanted(reader),
        objections=objections.objections_to_answer(reader),
        answers=objections.answers_to_read(reader),
        amendments=suggestions_to_answer(reader),
        stances=talks.stances_to_renew(reader),
        to_read=readings.to_read(reader),
        discussed=proposals.in_states(reader, (State.DISCUSSION,), SHOWN),
        drafts=proposals.in_states(reader, (State.DRAFT,), SHOWN),
        to_do=actions.mine(reader),
        reviews_due=reviews.waiting(reader),
        ways_in=integration.to_see(reader),
        mandates_ending=mandates.ending_soon(reader),
        page_offers=page_offers.offers_to_answer(reader),
        pages_due=page_states.reviews_to_make(reader),
        today=members.today(reader),
        decisions=decisions.recent(reader, SHOWN),
        favourites=favourites.favourites(reader, SHOWN),
        chat_url=signed_in.cooperative().chat_url if may_join_chat(reader) else "",
        open_pages=open_pages(reader),
        changes=wiki.recent_changes(reader)[:SHOWN],
        now=reader.now,
        unread=notices.unread(reader),
    )
