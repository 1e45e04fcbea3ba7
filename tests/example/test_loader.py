"""The example cooperative, loaded once: its past hangs together and its present is open."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from intranet.core import clock
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.events import EventRow, first_broken_link
from intranet.core.texts import text_of
from intranet.core.transaction import reader
from intranet.decisions import lineage
from intranet.decisions.models import Decision, DecisionShelf, DecisionTag
from intranet.decisions.statuses import State
from intranet.discussions.models import Comment
from intranet.example import data, loader
from intranet.members import directory_queries
from intranet.members import queries as members
from intranet.members.models import Body, Cooperative, Mandate, StatusPeriod
from intranet.polls.models import CountedBallot, OpenBallot, Poll, SealedBallot, Voter
from intranet.proposals.advised.models import AdvisedDecision
from intranet.proposals.models import HeldBlock, Proposal, ProposalVersion
from intranet.voting.outcome import Outcome
from intranet.wiki.models import Page, Revision, RevisionBlock
from intranet.wiki.reading import page_by_slug
from intranet.wiki.revisions import newest, state_of
from tests.cast import Client
from tests.conftest import build

EXAMPLE = data.read()
NAMES = {person["key"]: person["name"] for person in EXAMPLE.people}
RULES = sorted(key for key, file in EXAMPLE.pages.items() if file.kind == "rule")
ZONE = ZoneInfo("Europe/Paris")
CONCLUDED = [entry["key"] for entry in EXAMPLE.proposals if "decision" in entry]


@pytest.fixture(scope="module")
def told() -> list[tuple[int, int]]:
    """What the loading said about its progress."""
    return []


@pytest.fixture(scope="module")
def loaded(
    tmp_path_factory: pytest.TempPathFactory, empty_database: Path, told: list[tuple[int, int]]
) -> Iterator[Flask]:
    """An application whose SQLite database holds the example and nothing else."""
    instance = tmp_path_factory.mktemp("example")
    shutil.copy(empty_database, instance / "intranet.db")
    app = build(instance)
    loader.load(app, lambda done, of: told.append((done, of)))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(autouse=True)
def fresh(loaded: Flask) -> None:
    """Every test reads what is stored now."""
    db.session.rollback()
    db.session.expire_all()


def page(key: str) -> Page:
    title = EXAMPLE.pages[key].title
    return db.session.scalars(select(Page).where(Page.title == title)).one()


def decision(key: str) -> Decision:
    return db.session.scalars(
        select(Decision).where(Decision.title == EXAMPLE.decisions[key]["title"])
    ).one()


def written(key: str) -> dict[str, Any]:
    return next(entry for entry in EXAMPLE.proposals if entry["key"] == key)


def proposal(key: str) -> Proposal:
    return db.session.scalars(select(Proposal).where(Proposal.title == written(key)["title"])).one()


def poll(key: str) -> Poll:
    return db.session.get_one(Poll, proposal(key).poll_id)


def changes_of(key: str) -> list[dict[str, Any]]:
    """The decisions that changed a page after it was first written, in order."""
    changing = (entry for entry in EXAMPLE.decisions.values() if "page_change" in entry)
    return [entry for entry in changing if entry["page_change"]["page"] == key]


def text_on(key: str, day: date) -> str:
    """The text of a page as it applied on a day."""
    end = datetime.combine(day, time.max, tzinfo=ZONE)
    view = page_by_slug(reader(SYSTEM), page(key).slug, day, until=end)
    return text_of(db.session(), db.session.get_one(Revision, view.revision_id).text_digest)


# The loading itself


def test_the_loading_tells_every_step_to_the_last(told: list[tuple[int, int]]) -> None:
    assert [done for done, _ in told] == list(range(1, told[-1][1] + 1))


def test_the_example_is_loaded_once_only(loaded: Flask) -> None:
    before = db.session.scalar(select(func.count()).select_from(EventRow))
    with pytest.raises(loader.NotEmpty):
        loader.load(loaded)
    assert db.session.scalar(select(func.count()).select_from(EventRow)) == before
    assert loader.holds(db.session()) is loader.Holds.EXAMPLE


def test_the_chain_of_events_is_whole_and_its_moments_never_go_back() -> None:
    assert first_broken_link(db.session()) is None
    moments = list(db.session.scalars(select(EventRow.at).order_by(EventRow.id)))
    assert moments == sorted(moments)
    assert clock.local_day(moments[0], ZONE) == date(2023, 1, 14)
    assert moments[-1] <= clock.now()


# People


def test_the_cooperative_has_its_name_and_its_colour() -> None:
    card = db.session.get_one(Cooperative, 1)
    assert (card.name, card.accent) == (EXAMPLE.cooperative["name"], "ochre")
    assert card.external_members is EXAMPLE.cooperative["external_members_allowed"]


def test_people_have_the_statuses_of_the_files() -> None:
    found = Counter(card.status for card in directory_queries.directory(reader(SYSTEM)))
    today = clock.local_day(clock.now(), ZONE)
    expected = Counter(
        next((p["status"] for p in person["statuses"] if p.get("to", date.max) > today), None)
        for person in EXAMPLE.people
    )
    assert found == expected
    assert found["member_employee"] == 6


def test_whoever_became_a_member_owes_it_to_a_decision_of_the_register() -> None:
    numbers = set(db.session.scalars(select(Decision.number)))
    rows = db.session.scalars(select(StatusPeriod).where(StatusPeriod.status.like("member%"))).all()
    assert len(rows) >= 8
    assert {row.decision_number for row in rows} <= numbers


def test_mandates_name_the_decision_that_gave_them() -> None:
    written_down = [
        decision(mandate["decision"]).number
        for person in EXAMPLE.people
        for mandate in person.get("mandates", [])
    ]
    stored = list(db.session.scalars(select(Mandate.decision_number)))
    assert Counter(stored) == Counter(written_down)


def test_the_circle_holds_those_who_sit_in_it_today() -> None:
    body = db.session.scalars(select(Body).where(Body.code == "AT")).one()
    today = clock.local_day(clock.now(), ZONE)
    names = {person.name for person in members.electorate(reader(SYSTEM), body.id, today)}
    assert names == {NAMES[key] for key in ("yanis", "ines", "camille", "nour")}


# Pages


def test_every_page_stands_where_the_files_put_it() -> None:
    assert len(RULES) >= 24
    assert db.session.scalar(select(func.count()).select_from(Page)) == len(EXAMPLE.pages)
    for key, file in EXAMPLE.pages.items():
        found = page(key)
        assert (found.kind, found.position, found.audience) == (
            file.kind,
            file.position,
            file.audience,
        )
        assert found.parent_id == (page(file.parent).id if file.parent else None)
        assert clock.local_day(found.created_at, ZONE) == file.created


@pytest.mark.parametrize("key", EXAMPLE.pages)
def test_a_page_reads_as_its_file_once_all_that_is_decided_applies(key: str) -> None:
    days = [entry["effective_on"] for entry in EXAMPLE.decisions.values() if entry["touches"]]
    today = clock.local_day(clock.now(), ZONE)
    assert text_on(key, max(today, *days)) == EXAMPLE.pages[key].text


@pytest.mark.parametrize("key", RULES)
def test_a_rule_reads_on_every_day_as_the_changes_undone_say(key: str) -> None:
    text = EXAMPLE.pages[key].text
    for entry in reversed(changes_of(key)):
        assert text_on(key, entry["effective_on"]) == text
        text = text.replace(entry["page_change"]["by"], entry["page_change"]["replace"])
        assert text_on(key, entry["effective_on"] - timedelta(days=1)) == text
    assert text_on(key, EXAMPLE.pages[key].created) == text


@pytest.mark.parametrize("key", RULES)
def test_each_paragraph_bears_the_decision_that_wrote_it_last(key: str) -> None:
    creator = next(name for name, entry in EXAMPLE.decisions.items() if key in entry["touches"])
    writers = {entry["page_change"]["by"]: entry["key"] for entry in changes_of(key)}
    state = state_of(db.session(), newest(db.session(), page(key).id))
    assert len(state.blocks) >= 3
    for block, origin in zip(state.blocks, state.origins, strict=True):
        source = writers.get(block.text, creator)
        assert origin.decision_number == decision(source).number
        assert origin.in_force_on == EXAMPLE.decisions[source]["effective_on"]


def test_the_ids_of_the_paragraphs_last_through_the_changes() -> None:
    rows = db.session.execute(
        select(RevisionBlock.position, RevisionBlock.block_id)
        .join(Revision, Revision.id == RevisionBlock.revision_id)
        .where(Revision.page_id == page("reglement/remuneration").id)
    ).all()
    assert len({row.block_id for row in rows}) == len({row.position for row in rows})
    assert len(rows) > len({row.position for row in rows})


# The register


@pytest.mark.parametrize("key", EXAMPLE.decisions)
def test_a_decision_stands_in_the_register_once_with_its_dates(key: str) -> None:
    found, entry = decision(key), EXAMPLE.decisions[key]
    assert found.number.startswith(f"{entry['body']}-{entry['decided_on'].year}-")
    assert found.result == entry["result"]
    assert found.decided_on == entry["decided_on"]
    assert clock.local_day(found.recorded_at, ZONE) == entry["decided_on"]
    assert found.effective_on == entry["effective_on"]
    assert found.review_on == entry.get("review_on")
    tags = select(DecisionTag.tag).where(DecisionTag.decision_id == found.id)
    assert set(db.session.scalars(tags)) == set(entry["tags"])


@pytest.mark.parametrize("key", EXAMPLE.decisions)
def test_the_count_of_a_decision_is_a_real_one(key: str) -> None:
    found, entry = decision(key), EXAMPLE.decisions[key]
    outcome = Outcome.from_json(json.loads(found.outcome))
    assert outcome.result.value == entry["result"]
    assert outcome.registered == found.electorate_size == entry["counts"]["registered"]
    voted = sum(number for name, number in entry["counts"].items() if name != "registered")
    assert outcome.counts["not_voted"] == outcome.registered - voted
    assert outcome.lines
    assert json.loads(found.procedure)["key"] == entry["procedure"]


def test_numbers_follow_the_order_of_the_file_without_a_gap() -> None:
    given: Counter[tuple[str, int]] = Counter()
    for key, entry in EXAMPLE.decisions.items():
        series = (entry["body"], entry["decided_on"].year)
        given[series] += 1
        assert decision(key).number == f"{series[0]}-{series[1]}-{given[series]:03d}"
    total = db.session.scalar(select(func.count()).select_from(Decision))
    counted = [one for one in EXAMPLE.choices if one["closes_days_ago"] > 0]
    answered = [one for one in EXAMPLE.advice["asked"] if "answer" in one]
    assert total == len(EXAMPLE.decisions) + len(counted) + len(answered)


def test_decisions_have_the_states_that_their_links_and_dates_give_them() -> None:
    known = lineage.whole(reader(SYSTEM)).lineage
    today = clock.local_day(clock.now(), ZONE)

    def state(key: str) -> State:
        return known.state(decision(key).number, today)

    assert state("salaire-2023") is State.SUPERSEDED
    assert known.heirs(decision("salaire-2023").number, today) == (decision("salaire-2026").number,)
    assert state("vendredi-ferme") is State.REPEALED
    assert state("statuts-constitutifs") is State.IN_FORCE
    assert known.is_amended(decision("statuts-constitutifs").number, today)
    assert state("conges-proches") is State.TO_REVIEW
    assert state("fourgon") is State.REJECTED


def test_who_may_read_a_rule_may_read_the_decision_that_made_it() -> None:
    rows = db.session.execute(
        select(Decision.number, DecisionShelf.audience).join(DecisionShelf)
    ).all()
    audiences = {row.number: row.audience for row in rows}
    assert audiences[decision("statuts-constitutifs").number] == "open"
    assert audiences[decision("salaire-2026").number] == "workers"


# Proposals


def test_every_proposal_is_in_the_state_of_its_file() -> None:
    stored = dict(db.session.execute(select(Proposal.title, Proposal.state)).all())
    choices = {
        entry["title"]: "adopted" if entry["closes_days_ago"] > 0 else "voting"
        for entry in EXAMPLE.choices
    }
    advised = {
        entry["title"]: "adopted" if "answer" in entry else "voting"
        for entry in EXAMPLE.advice["asked"]
    }
    written = {entry["title"]: entry["state"] for entry in EXAMPLE.proposals}
    assert stored == choices | advised | written


def test_one_text_was_decided_alone_after_advice_with_its_answer_in_the_register() -> None:
    entry = next(one for one in EXAMPLE.advice["asked"] if "answer" in one)
    given = db.session.scalars(select(AdvisedDecision)).one()
    assert given.answer == entry["answer"]
    found = db.session.scalars(select(Decision).where(Decision.title == entry["title"])).one()
    assert "advised_decided" in (found.outcome or "")


@pytest.mark.parametrize("key", [e["key"] for e in EXAMPLE.proposals])
def test_a_proposal_has_its_versions_and_comments_in_order(key: str) -> None:
    entry, found = written(key), proposal(key)
    versions = [*entry.get("earlier_versions", []), entry]
    stored = db.session.scalars(
        select(ProposalVersion)
        .where(ProposalVersion.proposal_id == found.id)
        .order_by(ProposalVersion.number)
    ).all()
    assert [version.text for version in stored] == [version["text"] for version in versions]
    assert [version.at for version in stored] == sorted(version.at for version in stored)
    texts = [comment["text"] for comment in entry["comments"]]
    rows = db.session.scalars(select(Comment).where(Comment.text.in_(texts)).order_by(Comment.id))
    assert [row.text for row in rows] == texts


@pytest.mark.parametrize("key", [e["key"] for e in EXAMPLE.proposals if e["state"] == "voting"])
def test_an_open_vote_is_open_with_the_ballots_of_the_file(key: str) -> None:
    found, entry = poll(key), written(key)
    assert found.state == "open"
    assert found.opened_at < clock.now() < found.closes_at
    rows = db.session.scalars(select(OpenBallot).where(OpenBallot.poll_id == found.id)).all()
    assert Counter(row.option for row in rows) == Counter(b["choice"] for b in entry["ballots"])
    assert all(found.opened_at < row.cast_at < clock.now() for row in rows)


def test_an_amendment_under_vote_holds_the_paragraph_that_it_changes() -> None:
    held = db.session.scalars(select(HeldBlock)).one()
    change = json.loads(
        db.session.scalars(
            select(ProposalVersion.changes).where(
                ProposalVersion.proposal_id == proposal("velo-700").id
            )
        ).one()
    )[0]
    assert held.proposal_id == proposal("velo-700").id
    assert held.block_id == change["block_id"]
    assert change["new_text"] == written("velo-700")["page_change"]["by"]


def test_a_comment_on_a_paragraph_names_its_block() -> None:
    comment = written("velo-700")["comments"][0]
    stored = db.session.scalars(select(Comment).where(Comment.text == comment["text"])).one()
    state = state_of(db.session(), newest(db.session(), page("reglement/deplacements-a-velo").id))
    texts = {block.id: block.text for block in state.blocks}
    assert texts[stored.block_id or ""] == comment["paragraph"]


@pytest.mark.parametrize("key", CONCLUDED)
def test_a_concluded_proposal_and_its_decision_lead_to_each_other(key: str) -> None:
    found, entered = proposal(key), decision(written(key)["decision"])
    assert (entered.origin_kind, entered.origin_id) == ("proposal", found.id)
    if found.state == "adopted":
        assert found.decision_number == entered.number
    assert entered.outcome == poll(key).outcome


def test_a_lapsed_vote_ended_without_enough_people() -> None:
    assert poll("passage-en-sas").result == "no_quorum"


def test_a_withdrawn_proposal_says_why() -> None:
    assert proposal("logiciel-3d").ended_because == written("logiciel-3d")["withdrawal_reason"]


def test_a_secret_vote_leaves_its_counts_and_nobody_s_choice() -> None:
    found = poll("designation-ines")
    assert (found.secret, found.state) == (True, "closed")
    counted = db.session.scalars(
        select(CountedBallot.option).where(CountedBallot.poll_id == found.id)
    )
    assert Counter(counted) == {"for": 5, "blank": 1}
    assert db.session.scalar(select(func.count()).select_from(SealedBallot)) == 0
    voters = select(func.count()).select_from(Voter).where(Voter.poll_id == found.id)
    assert db.session.scalar(voters) == 6
    open_ones = select(func.count()).select_from(OpenBallot)
    assert db.session.scalar(open_ones.where(OpenBallot.poll_id == found.id)) == 0


# The pages that people see


@pytest.fixture
def visitor(loaded: Flask) -> FlaskClient:
    """A browser that signs in with the password of the example."""
    loaded.test_client_class = Client
    return loaded.test_client()


def sign_in(visitor: FlaskClient, key: str) -> FlaskClient:
    answer = visitor.submit("/sign-in", email=f"{key}@example.org", password=EXAMPLE.password)
    assert (answer.status_code // 100, answer.location) == (3, "/")
    return visitor


def addresses() -> list[tuple[str, str]]:
    """Every page, proposal that is no draft, and decision, with those for whom it is."""
    pages = db.session.execute(select(Page.slug, Page.audience)).all()
    proposals = db.session.execute(
        select(Proposal.id, Proposal.audience).where(Proposal.state != "draft")
    ).all()
    decisions = db.session.execute(
        select(Decision.number, DecisionShelf.audience).join(DecisionShelf)
    ).all()
    return [
        *((f"/wiki/{slug}", audience) for slug, audience in pages),
        *((f"/proposals/{number}", audience) for number, audience in proposals),
        *((f"/decisions/{number}", audience) for number, audience in decisions),
    ]


@pytest.mark.parametrize(
    ("who", "audiences"),
    [
        ("maelle", {"members", "workers", "open"}),
        ("camille", {"workers", "open"}),
        ("gaspard", {"open"}),
    ],
)
def test_everybody_reads_what_is_for_them_and_nothing_else(
    visitor: FlaskClient, who: str, audiences: set[str]
) -> None:
    sign_in(visitor, who)
    for address, audience in addresses():
        status = visitor.get(address).status_code
        assert status == (200 if audience in audiences else 404), address


@pytest.mark.parametrize("address", ["/", "/wiki/", "/proposals/", "/decisions", "/members"])
def test_a_member_sees_every_room(visitor: FlaskClient, address: str) -> None:
    assert sign_in(visitor, "odile").get(address).status_code == 200


def test_who_left_does_not_come_in(visitor: FlaskClient) -> None:
    visitor.submit("/sign-in", email="bastien@example.org", password=EXAMPLE.password)
    assert visitor.get("/wiki/").status_code != 200
