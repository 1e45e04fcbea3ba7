"""What the page of a proposal shows, gathered for its template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from intranet.core import clock
from intranet.core.policy import NotFound
from intranet.core.transaction import Reader
from intranet.discussions import queries as discussions
from intranet.discussions.queries import CommentCard
from intranet.members import queries as members
from intranet.polls import procedure_queries as procedures
from intranet.polls import queries as polls
from intranet.polls.advice import queries as advice_queries
from intranet.polls.own_queries import my_ballots
from intranet.polls.procedure_queries import ProcedureCard
from intranet.polls.proxies import voice_queries
from intranet.polls.receipt_queries import receipts
from intranet.proposals import queries
from intranet.proposals.advised.room import advised_room
from intranet.proposals.draws.room import drawing_room
from intranet.proposals.naming.room import naming_room
from intranet.proposals.objection_talks import talks
from intranet.proposals.passages import Quote, passages_of
from intranet.proposals.planning.plans import plan_of
from intranet.proposals.queries import ProposalCard, VersionCard
from intranet.proposals.readiness import earliest_opening
from intranet.proposals.sequels import related
from intranet.proposals.suggestions import queries as suggestions
from intranet.proposals.support.queries import Support, support
from intranet.proposals.talks.queries import Talk, talk
from intranet.proposals.tellers.room import counting_room
from intranet.proposals.workflow import State
from intranet.wiki import rules, sources

PageValues = dict[str, object]
WALL_TIME = "%Y-%m-%dT%H:%M"
WAITING = (State.DRAFT, State.DISCUSSION, State.VOTING)


@dataclass(frozen=True)
class Passage:
    """A paragraph of the present wording that one may speak about, with its comments."""

    block_id: str
    quote: Quote
    comments: tuple[CommentCard, ...]


def passages(version: VersionCard, comments: list[CommentCard]) -> list[Passage]:
    """The paragraphs of a wording, each with what was said about it."""
    about: dict[str | None, list[CommentCard]] = {}
    for comment in comments:
        about.setdefault(comment.block_id, []).append(comment)
    found = passages_of(version.changes, version.text)
    return [Passage(key, quote, tuple(about.get(key, ()))) for key, quote in found.items()]


def quotes(card: ProposalCard, comments: list[CommentCard]) -> dict[int, Quote]:
    """By comment on a paragraph, the words that it was about: those of the wording of its time."""
    wordings = {one.number: passages_of(one.changes, one.text) for one in card.versions}
    said = {
        one.id: wordings.get(one.about_version or 0, {}).get(one.block_id or "") for one in comments
    }
    return {number: quote for number, quote in said.items() if quote}


def _first_opening(reader: Reader, card: ProposalCard, procedure: ProcedureCard) -> datetime | None:
    """The first whole hour at which the vote may open, or None when that is now."""
    if card.state != State.DISCUSSION:
        return None
    opens = earliest_opening(reader, queries.known(reader, card.id), procedure)
    if opens is None or opens <= reader.now:
        return None
    hour = opens.replace(minute=0, second=0, microsecond=0)
    return hour if hour == opens else hour + timedelta(hours=1)


def _suggested_end(reader: Reader, hours: int, opens: datetime) -> datetime:
    """The end of a day in the cooperative's zone that leaves at least the time required."""
    zone = members.cooperative(reader.session).zone
    closes = clock.same_wall_time_after(opens, max(hours, 24), zone).astimezone(zone)
    end_of_day = closes.replace(hour=18, minute=0, second=0, microsecond=0)
    return end_of_day if end_of_day >= closes else end_of_day + timedelta(days=1)


def _times(reader: Reader, card: ProposalCard, procedure: ProcedureCard) -> PageValues:
    """What stands in the fields of the form that opens the vote, or a round of names."""
    opens, hours = _first_opening(reader, card, procedure), procedure.min_voting_hours
    zone = members.cooperative(reader.session).zone
    return {
        "opens_at": f"{opens.astimezone(zone):{WALL_TIME}}" if opens else "",
        "closes_at": f"{_suggested_end(reader, hours, opens or reader.now):{WALL_TIME}}",
        "names_until": f"{_suggested_end(reader, hours, reader.now):{WALL_TIME}}",
    }


def show(reader: Reader, proposal_id: int) -> PageValues:
    """The values of the page of a proposal. Raises NotFound."""
    card = queries.proposal(reader, proposal_id)
    comments = discussions.comments(reader, "proposal", proposal_id)
    shown = passages(card.version, comments)
    on_passages = {passage.block_id for passage in shown}
    about_objections = talks(reader, card.rounds, comments)
    on_objections = {one.objection.block_id for one in about_objections}
    procedure = procedures.procedure(reader, card.procedure_key)
    shown_poll = card.poll_id if card.state != State.DISCUSSION else None
    return (
        _of_its_kind(reader, card)
        | _rooms(reader, proposal_id, procedure)
        | _times(reader, card, procedure)
        | {
            "proposal": card,
            "said": comments,
            "suggested": suggestions.suggested(reader, proposal_id),
            "talk": talk(reader, proposal_id, card.version.number),
            "comments": [c for c in comments if c.block_id not in on_passages | on_objections],
            "objections": about_objections,
            "receipts": receipts(reader, card.poll_id) if card.poll_id else [],
            "passages": shown,
            "quotes": quotes(card, comments),
            "procedure": procedure,
            "registered": len(procedures.voters_of(reader, procedure)),
            "poll": polls.poll(reader, card.poll_id) if card.poll_id else None,
            "voices": voice_queries.voices(reader, card.poll_id) if card.poll_id else None,
            "advice": advice_queries.advice(reader, card.poll_id) if card.poll_id else None,
            "earlier_polls": [polls.poll(reader, one) for one in card.rounds if one != shown_poll],
            "my_ballots": my_ballots(reader, shown_poll),
            "plan": plan_of(reader, proposal_id),
            "together": _together(reader, card, procedure),
            "related": related(reader, proposal_id),
            "owners": members.names(reader, [one.owner_id for one in card.version.actions]),
            "now": reader.now,
            "is_ended": card.state not in WAITING,
        }
    )


def _of_its_kind(reader: Reader, card: ProposalCard) -> PageValues:
    """What the page shows for some kinds alone."""
    return _proposed(reader, card) | _ending(reader, card) | _adopted(reader, card)


def _ending(reader: Reader, card: ProposalCard) -> PageValues:
    """The rule whose repeal is asked, as it reads while that is not decided."""
    if card.kind != "repeal" or card.state not in WAITING:
        return {}
    page_id = queries.known(reader, card.id).page_id
    return {"ending": rules.rule_html(reader, page_id) if page_id else ""}


def _adopted(reader: Reader, card: ProposalCard) -> PageValues:
    """Whether the page that would become a rule reads otherwise than the text of the proposal."""
    if card.page_id is None or card.kind != "adoption" or card.state not in WAITING:
        return {}
    page = sources.page_source(reader, card.page_id)
    return {"page_reads_otherwise": page.source != card.version.text}


def _rooms(reader: Reader, proposal_id: int, procedure: ProcedureCard) -> PageValues:
    """What people do beside or after the vote: draw, name, open the box, decide after advice."""
    return {
        "drawing_room": drawing_room(reader, proposal_id),
        "advised_room": advised_room(reader, proposal_id),
        "naming_room": naming_room(reader, proposal_id, procedure),
        "counting_room": counting_room(reader, proposal_id, procedure),
    }


def _together(reader: Reader, card: ProposalCard, procedure: ProcedureCard) -> Support:
    """Those who write the proposal with its author, and those who second its present wording."""
    proposal, needed = queries.known(reader, card.id), procedure.course.seconders
    return support(reader, proposal, card.version.number, needed)


def texts(values: PageValues) -> list[str]:
    """The HTML of all texts on the page of a proposal, to look up at once what they cite."""
    card, said, talked = values["proposal"], values["said"], values["talk"]
    assert isinstance(card, ProposalCard)  # noqa: S101
    assert isinstance(said, list)  # noqa: S101
    assert isinstance(talked, Talk)  # noqa: S101
    spoken = [one.html for comment in said for one in (comment, *comment.replies)]
    spoken += [one.html for one in talked.summaries]
    return [card.version.text_html, card.version.motivation_html, *spoken]


def _proposed(reader: Reader, card: ProposalCard) -> PageValues:
    """The procedure that a proposal would write, as a card, with the people it would ask today."""
    change = card.procedure_change
    if change is None or change.new is None or card.state not in WAITING:
        return {}
    proposed = procedures.card_of(reader, change.new)
    return {
        "proposed_procedure": proposed,
        "proposed_registered": len(
            members.electorate(reader, proposed.body_id, members.today(reader))
        ),
    }


def _numbered(card: ProposalCard, number: int | None, default: int) -> VersionCard:
    wanted = number if number is not None else default
    found = next((version for version in card.versions if version.number == wanted), None)
    if found is None:
        raise NotFound
    return found


def compared(reader: Reader, proposal_id: int, older: int | None, newer: int | None) -> PageValues:
    """Two wordings of a proposal, by default the last two. Raises NotFound."""
    card = queries.proposal(reader, proposal_id)
    last = card.versions[-1].number
    before = card.versions[-2].number if len(card.versions) > 1 else last
    pair = _numbered(card, older, before), _numbered(card, newer, last)
    owners = [one.owner_id for version in pair for one in version.actions]
    return {
        "proposal": card,
        "older": pair[0],
        "newer": pair[1],
        "owners": members.names(reader, owners),
        "procedure_names": {
            version.procedure_key: procedures.procedure(reader, version.procedure_key).name
            for version in pair
            if version.procedure_key
        },
    }
