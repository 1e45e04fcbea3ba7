"""Every method that adopts or rejects a text, from its procedure to its result on a page."""

from __future__ import annotations

import html
import re
from fractions import Fraction

import pytest

from intranet.polls import procedure_queries as procedures
from intranet.proposals.queries import proposal
from intranet.proposals.service import conclude, reword
from intranet.proposals.versions import Wording
from intranet.voting.registry import method, offered_methods
from intranet.voting.settings import Settings
from intranet.voting.types import Base
from tests.cast import Cast, Client, acting, as_reader
from tests.polls.balloting import close, define, put_to_the_vote, submitted, vote

ELSEWHERE = {"simple_majority", "qualified_majority", "consent", "advice_process"}
KEYS = [one.key for one in offered_methods() if one.key not in ELSEWHERE]

every_method = pytest.mark.parametrize("key", KEYS)


def text(answer: object) -> str:
    """The page as people read it."""
    return html.unescape(answer.get_data(as_text=True))  # type: ignore[attr-defined]


def in_english(client: Client, name: str) -> Client:
    """Somebody of the cast who reads the words as they stand in the source."""
    client.sign_in(name).submit("/language", language="en")
    return client


@every_method
def test_the_ballot_chooses_nothing_and_the_result_is_explained_line_by_line(
    client: Client, cast: Cast, key: str
) -> None:
    define(cast.assembly, key="ours", method=key)
    proposal_id = submitted(cast.amel, "ours")
    poll_id = put_to_the_vote(cast.amel, proposal_id)
    page = text(in_english(client, "amel").get(f"/proposals/{proposal_id}"))
    circles = re.findall(r'<input type="radio" name="option" value="(\w+)"([^>]*)>', page)
    assert tuple(value for value, _ in circles) == method(key).options
    assert not any("checked" in rest for _, rest in circles)
    best, worst = method(key).options[0], method(key).options[-1]
    answer = client.submit(f"/polls/{poll_id}/ballot", option=best, reason="")
    assert answer.status_code == 303
    vote(cast.bruno, poll_id, worst, "Nous n’avons pas la place.")
    outcome = close(poll_id)
    assert outcome.method == key
    page = text(client.get(f"/proposals/{proposal_id}"))
    arithmetic = re.search(r'<ul class="arithmetic">(.*?)</ul>', page, re.DOTALL)
    assert arithmetic
    assert arithmetic[1].count("<li>") == len(outcome.lines) - 1
    assert "%(" not in page


@pytest.mark.parametrize(("key", "seen"), [("consensus", True), ("gradients_of_agreement", False)])
def test_a_block_needs_words_and_is_seen_while_the_vote_lasts_where_others_answer_it(
    client: Client, cast: Cast, key: str, seen: bool
) -> None:
    define(cast.assembly, key="ours", method=key)
    proposal_id = submitted(cast.amel, "ours")
    poll_id = put_to_the_vote(cast.amel, proposal_id)
    client.sign_in("amel")
    answer = client.submit(f"/polls/{poll_id}/ballot", option="block", reason="  ")
    page = text(answer)
    assert answer.status_code == 422
    assert 'id="error-reason"' in page
    assert re.search(r'name="option" value="block" checked', page)
    vote(cast.bruno, poll_id, "block", "Nous n’avons pas la place.")
    page = text(client.get(f"/proposals/{proposal_id}"))
    assert ("Nous n’avons pas la place." in page) is seen


SENTENCES = [
    (
        "absolute_majority",
        Settings(base=Base.REGISTERED),
        "It takes more than half of the 3 people on the roll, so 2 votes for.",
    ),
    (
        "unanimity",
        Settings(base=Base.REGISTERED),
        "Each of the 3 people on the roll must vote for.",
    ),
    (
        "sense_check",
        Settings(),
        "The 3 people asked today say where they stand. Nothing is decided, and the discussion "
        "goes on.",
    ),
    ("unanimity", Settings(), "Somebody votes for, and nobody votes against."),
    (
        "consensus",
        Settings(objection_override=Fraction(3, 4), base=Base.REGISTERED),
        "Adopted when people agree and nobody blocks, among the 3 people asked today. "
        "Saying nothing is not agreement. With at least three quarters in favour "
        "(base: all people on the roll), it is adopted all the same.",
    ),
    (
        "gradients_of_agreement",
        Settings(threshold=Fraction(2, 3), strict=False, base=Base.REGISTERED, lowest_block=True),
        "The first three of eight steps are support, and must gather at least two thirds "
        "(base: all people on the roll). That is 2 people. "
        "One person on the last two steps stops the text.",
    ),
]


def test_a_procedure_says_what_it_means_for_the_body_of_today(client: Client, cast: Cast) -> None:
    for number, (key, settings, _) in enumerate(SENTENCES):
        define(cast.assembly, name=f"N° {number}", method=key, settings=settings)
    page = text(in_english(client, "amel").get("/procedures"))
    for _, _, sentence in SENTENCES:
        assert sentence in page


def test_the_form_writes_degrees_of_agreement_whose_last_steps_stop_a_text(
    client: Client, cast: Cast
) -> None:
    typed = {
        "name": "Degrés",
        "description": "",
        "method": "gradients_of_agreement",
        "base": "present_or_represented",
        "threshold": "3/4",
        "strict": "at_least",
        "lowest_block": "1",
        "silence": "nothing",
        "objection_override": "",
        "quorum": "",
        "min_discussion_hours": "0",
        "min_voting_hours": "24",
    }
    client.sign_in("amel")
    assert client.submit("/procedures", body_id=cast.assembly, **typed).status_code == 303
    (card,) = procedures.procedures(as_reader(cast.amel))
    assert card.settings == Settings(
        Base.PRESENT_OR_REPRESENTED, Fraction(3, 4), False, lowest_block=True
    )
    page = text(client.get(f"/procedures/{card.key}/new-version"))
    assert re.search(r'name="lowest_block"[^>]*checked', page)


def test_a_sense_check_brings_the_proposal_back_to_discussion_with_its_numbers(
    client: Client, cast: Cast
) -> None:
    define(cast.assembly, key="sense", method="sense_check")
    define(cast.assembly, key="simple", name="Simple")
    proposal_id = submitted(cast.amel, "sense")
    poll_id = put_to_the_vote(cast.amel, proposal_id)
    for person in cast.members:
        vote(person, poll_id, "looks_good")
    with acting(cast.bruno) as tx:
        conclude(tx, proposal_id)
    card = proposal(as_reader(cast.amel), proposal_id)
    assert (card.state, card.decision_number) == ("discussion", None)
    page = text(in_english(client, "amel").get(f"/proposals/{proposal_id}"))
    assert "Nothing is decided: 3 of 3 said where they stand." in page
    with acting(cast.amel) as tx:
        wording = Wording(title=card.title, text="Nous achetons un four.")
        reword(tx, proposal_id, wording, 1, procedure_key="simple")
    second = put_to_the_vote(cast.amel, proposal_id)
    for person in cast.members:
        vote(person, second)
    with acting(cast.bruno) as tx:
        conclude(tx, proposal_id)
    assert proposal(as_reader(cast.amel), proposal_id).state == "adopted"
