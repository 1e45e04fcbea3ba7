"""The pages of proxies: lend, accept, vote in somebody's name, without JavaScript."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from flask import Flask

from intranet.polls.procedure_models import Course
from intranet.polls.proxies.models import Proxy
from tests.cast import Cast, Client, acting, this_day
from tests.polls.balloting import close, define, put_to_the_vote, rows, stored, submitted, vote
from tests.polls.proxies.lending import lend, state, vote_for


def text(answer: object) -> str:
    """The page as people read it."""
    return html.unescape(answer.get_data(as_text=True))  # type: ignore[attr-defined]


def guest(app: Flask, name: str) -> Client:
    """Somebody of the cast, with the words as they stand in the source."""
    app.test_client_class = Client
    browser = app.test_client()
    assert isinstance(browser, Client)
    browser.sign_in(name).submit("/language", language="en")
    return browser


@pytest.fixture
def proposal(cast: Cast) -> int:
    """A proposal under discussion, to be voted on by the members."""
    define(cast.assembly, key="simple")
    return submitted(cast.esther, "simple")


def test_from_the_offer_to_the_result(app: Flask, cast: Cast, proposal: int) -> None:
    poll = put_to_the_vote(cast.esther, proposal, hours=2)
    amel, bruno = guest(app, "amel"), guest(app, "bruno")
    assert f"/proxies/new?proposal={proposal}" in text(amel.get(f"/proposals/{proposal}"))
    answer = amel.submit("/proxies", proposal=proposal, holder_id=cast.bruno)
    assert (answer.status_code, answer.location) == (303, "/proxies")
    assert "Amel Benali offers you their voice" in text(bruno.get("/"))
    assert "who has not accepted yet" in text(amel.get(f"/proposals/{proposal}"))

    assert bruno.submit("/proxies/1/acceptance").status_code == 303
    assert "In the name of Amel Benali" in text(bruno.get("/"))
    page = text(bruno.get(f"/proposals/{proposal}"))
    assert "I vote in my own name" in page
    assert f"/polls/{poll}/voices/{cast.amel}" in page

    answer = bruno.submit(f"/polls/{poll}/voices/{cast.amel}", option="against", reason="absente")
    assert (answer.status_code, answer.location) == (303, f"/proposals/{proposal}#vote")
    assert "Bruno Costa has voted for you: Against." in text(amel.get(f"/proposals/{proposal}"))
    assert "Voted by proxy" in text(amel.get("/"))
    vote(cast.bruno, poll, "for")
    close(poll)
    page = text(bruno.get(f"/proposals/{proposal}"))
    assert "by proxy, Bruno Costa" in page
    assert stored(poll).by_proxy == 1


def test_an_empty_ballot_in_somebodys_name_comes_back_with_its_message(
    app: Flask, cast: Cast, proposal: int
) -> None:
    poll = put_to_the_vote(cast.esther, proposal)
    lend(cast.amel, cast.bruno, poll)
    answer = guest(app, "bruno").submit(f"/polls/{poll}/voices/{cast.amel}", reason="un motif")
    assert answer.status_code == 422
    assert "Choose an answer." in text(answer)
    assert "un motif" in text(answer)


@pytest.mark.parametrize("secret", [False, True])
def test_every_page_of_a_ballot_tells_what_a_voter_must_know(
    app: Flask, cast: Cast, secret: bool
) -> None:
    course = Course(smallest_secret=3, revotable=False)
    define(cast.assembly, key="ruled", secret=secret, course=course)
    proposal = submitted(cast.esther, "ruled")
    poll = put_to_the_vote(cast.esther, proposal, hours=49)
    lend(cast.amel, cast.bruno, poll)
    bruno = guest(app, "bruno")
    pages = [
        bruno.get(f"/proposals/{proposal}"),
        bruno.get(f"/polls/{poll}/voices/{cast.amel}"),
        bruno.submit(f"/polls/{poll}/voices/{cast.amel}"),
        bruno.submit(f"/polls/{poll}/ballot"),
    ]
    assert [page.status_code for page in pages] == [200, 200, 422, 422]
    secrecy = "nobody can find out who voted what" if secret else "shown with your name after"
    facts = [
        "<p>Nous achetons un four.</p>",
        "More votes for than against, among the 3 people asked",
        "Assemblée générale",
        "Open until ",
        f'datetime="{stored(poll).closes_at.isoformat()}"',
        secrecy,
        "Not possible: a vote given is final.",
    ]
    for page in map(text, pages):
        assert [fact for fact in facts if fact not in page] == []


def test_a_voice_can_be_lent_before_the_vote_opens(app: Flask, cast: Cast, proposal: int) -> None:
    assert (
        guest(app, "amel").submit("/proxies", proposal=proposal, holder_id=cast.bruno).status_code
        == 303
    )
    guest(app, "bruno").submit("/proxies/1/acceptance")
    poll = put_to_the_vote(cast.esther, proposal)
    vote_for(cast.bruno, cast.amel, poll)
    assert close(poll).counts["for"] == 1


def test_a_proposal_withdrawn_gives_the_voices_back(app: Flask, cast: Cast, proposal: int) -> None:
    guest(app, "amel").submit("/proxies", proposal=proposal, holder_id=cast.bruno)
    esther = guest(app, "esther")
    esther.submit(f"/proposals/{proposal}/withdrawal", because="plus besoin")
    assert state(1) == "returned"


def test_the_refusal_stands_beside_the_field(app: Flask, cast: Cast, proposal: int) -> None:
    poll = put_to_the_vote(cast.esther, proposal)
    lend(cast.bruno, cast.esther, poll)
    answer = guest(app, "amel").submit("/proxies", proposal=proposal, holder_id=cast.bruno)
    assert answer.status_code == 403
    assert "Bruno Costa has lent their own voice for this" in text(answer)
    assert rows(Proxy) == 1


def test_somebody_who_is_not_offered_cannot_be_chosen(
    app: Flask, cast: Cast, proposal: int
) -> None:
    for holder in (cast.chloe, cast.amel, "x", ""):
        answer = guest(app, "amel").submit("/proxies", proposal=proposal, holder_id=holder)
        assert answer.status_code == 422
        assert "Choose who will vote for you." in text(answer)
    assert rows(Proxy) == 0


def test_for_some_days_of_a_body(app: Flask, cast: Cast) -> None:
    amel = guest(app, "amel")
    assert f"/proxies/new?body={cast.assembly}" in text(amel.get("/proxies/new"))
    today = this_day()
    days = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=3)).isoformat()}
    wrong = amel.submit("/proxies", body=cast.assembly, holder_id=cast.bruno, starts_on="x")
    assert wrong.status_code == 422
    answer = amel.submit("/proxies", body=cast.assembly, holder_id=cast.bruno, **days)
    assert answer.status_code == 303
    assert "For the votes of “Assemblée générale” that end between" in text(amel.get("/proxies"))
    assert amel.submit("/proxies/1/revocation").status_code == 303
    assert state(1) == "revoked"


def test_from_a_vote_one_lends_the_votes_of_the_meeting_too(
    app: Flask, cast: Cast, proposal: int
) -> None:
    amel, day = guest(app, "amel"), this_day() + timedelta(days=9)
    assert "For the votes of “" in text(amel.get(f"/proxies/new?proposal={proposal}"))
    typed = {"proposal": proposal, "holder_id": cast.bruno, "scope": "days"}
    assert amel.submit("/proxies", **typed).status_code == 422
    days = {"starts_on": day.isoformat(), "ends_on": day.isoformat()}
    assert amel.submit("/proxies", **typed, **days).status_code == 303
    with acting(None) as tx:
        proxy = tx.session.get_one(Proxy, 1)
        assert (proxy.origin_id, proxy.starts_on, proxy.ends_on) == (None, day, day)


@pytest.mark.parametrize("path", ["proposal=999", "body=999", "proposal=x", "body=-1"])
def test_what_does_not_exist_is_not_found(app: Flask, cast: Cast, path: str) -> None:
    assert guest(app, "amel").get(f"/proxies/new?{path}").status_code == 404


def test_nobody_else_answers_or_sees_a_proxy(app: Flask, cast: Cast, proposal: int) -> None:
    guest(app, "amel").submit("/proxies", proposal=proposal, holder_id=cast.bruno)
    esther = guest(app, "esther")
    for action in ("acceptance", "refusal", "revocation", "return"):
        assert esther.submit(f"/proxies/1/{action}").status_code == 404
    assert "No proxy yet" in text(esther.get("/proxies"))
    assert guest(app, "amel").submit("/proxies/1/acceptance").status_code == 403
    assert state(1) == "offered"


def test_in_a_secret_vote_each_voice_has_its_ballot_and_says_so(app: Flask, cast: Cast) -> None:
    define(cast.meeting, key="secret", secret=True)
    proposal = submitted(cast.esther, "secret")
    poll = put_to_the_vote(cast.esther, proposal, hours=2)
    lend(cast.amel, cast.bruno, poll)
    bruno = guest(app, "bruno")
    assert "This vote is secret and final" in text(bruno.get(f"/polls/{poll}/voices/{cast.amel}"))
    bruno.submit(f"/polls/{poll}/voices/{cast.amel}", option="for")
    assert "Bruno Costa has voted for you. This vote is secret" in text(
        guest(app, "amel").get(f"/proposals/{proposal}")
    )
    again = bruno.submit(f"/polls/{poll}/voices/{cast.amel}", option="for")
    assert again.status_code == 403


def test_the_activity_tells_a_proxy_to_its_two_people_only(
    app: Flask, cast: Cast, proposal: int
) -> None:
    guest(app, "amel").submit("/proxies", proposal=proposal, holder_id=cast.bruno)
    assert "Amel Benali → Bruno Costa" in text(guest(app, "bruno").get("/audit"))
    assert "Amel Benali → Bruno Costa" not in text(guest(app, "esther").get("/audit"))


def test_advice_is_given_on_the_page_of_the_vote_and_shown_beside_the_result(
    app: Flask, cast: Cast
) -> None:
    define(cast.assembly, key="advised", advisory=("employee",))
    proposal = submitted(cast.esther, "advised")
    poll = put_to_the_vote(cast.esther, proposal)
    chloe = guest(app, "chloe")
    assert "Your advice is asked" in text(chloe.get("/"))
    assert chloe.submit(f"/polls/{poll}/advice").status_code == 422
    answer = chloe.submit(f"/polls/{poll}/advice", option="against", reason="trop cher")
    assert (answer.status_code, answer.location) == (303, f"/proposals/{proposal}#advice")
    assert guest(app, "amel").submit(f"/polls/{poll}/advice", option="for").status_code == 403
    vote(cast.amel, poll)
    assert close(poll).counts["against"] == 0
    page = text(guest(app, "bruno").get(f"/proposals/{proposal}"))
    assert "Advice counted, apart from the vote" in page
    assert "trop cher" in page
