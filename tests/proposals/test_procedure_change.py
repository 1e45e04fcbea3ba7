"""How the cooperative decides is itself decided, once it has begun to vote."""

from __future__ import annotations

import html
from dataclasses import replace
from fractions import Fraction

import pytest
from flask import Flask

from intranet.core.events import canonical
from intranet.core.policy import Conflict, Invalid, Refused
from intranet.polls import procedure_queries as procedures
from intranet.polls.procedure_models import Course, NewProcedure, ProcedureChange
from intranet.polls.service import define_procedure
from intranet.polls.strength_rules import Touched, is_strong_enough
from intranet.proposals import queries, service
from intranet.proposals.service import NewProposal
from intranet.proposals.versions import Wording
from intranet.voting.settings import Settings
from intranet.voting.types import Base
from intranet.web import procedure_fields
from intranet.web.procedure_form import new_of
from tests.cast import Client, acting, as_reader
from tests.proposals import stage as on
from tests.proposals.stage import Stage

STRICTER = Settings(base=Base.REGISTERED, threshold=Fraction(2, 3), strict=False)


def propose(stage: Stage, change: ProcedureChange, decided_by: str = "absolute") -> int:
    """A submitted change of a procedure."""
    wording = Wording("Décider autrement", "", "En mots.", procedure=canonical(change.to_json()))
    with acting(stage.cast.amel) as tx:
        proposal_id = service.draft(tx, NewProposal("procedure", wording, decided_by))
        service.submit(tx, proposal_id)
    return proposal_id


def current(stage: Stage, key: str) -> NewProcedure:
    return new_of(procedures.procedure(as_reader(stage.cast.amel), key))


def changed(stage: Stage, key: str, **changes: object) -> ProcedureChange:
    old = current(stage, key)
    return ProcedureChange(key, old.after_version, replace(old, **changes))  # type: ignore[arg-type]


def issues(stage: Stage, proposal_id: int) -> list[str]:
    card = queries.proposal(as_reader(stage.cast.amel), proposal_id)
    return [issue.code for issue in card.issues]


def test_a_change_is_the_same_after_it_was_kept(stage: Stage) -> None:
    course = Course(second="consent", kinds=("resolution",), revotable=False, smallest_secret=7)
    change = changed(stage, "absolute", course=course, settings=STRICTER)
    assert ProcedureChange.from_json(change.to_json()) == change
    gone = ProcedureChange("absolute", 1, None)
    assert ProcedureChange.from_json(gone.to_json()) == gone


def test_ranks_given_in_another_order_are_no_change(stage: Stage, app: Flask) -> None:
    old = current(stage, "absolute")
    same = replace(old, layers=old.layers[::-1])
    with app.test_request_context("/"):
        reader = as_reader(stage.cast.amel)
        assert len(old.layers) > 1
        assert procedure_fields.said(reader, same) == procedure_fields.said(reader, old)


def test_members_write_procedures_until_the_first_vote(stage: Stage) -> None:
    new = replace(current(stage, "consent"), after_version=None, name="Consentement, encore")
    with acting(stage.cast.amel) as tx:
        define_procedure(tx, new)
    on.open_it(stage, on.a_resolution(stage))
    with pytest.raises(Refused) as caught, acting(stage.cast.amel) as tx:
        define_procedure(tx, new)
    assert caught.value.verdict.reason == "polls.procedures_are_decided"


def test_an_adopted_change_is_written_as_the_next_version(stage: Stage) -> None:
    proposal_id = propose(stage, changed(stage, "absolute", settings=STRICTER))
    assert issues(stage, proposal_id) == []
    on.decide(stage, proposal_id)
    card = procedures.procedure(as_reader(stage.cast.amel), "absolute")
    assert (card.version, card.settings) == (2, STRICTER)
    proposal = queries.proposal(as_reader(stage.cast.amel), proposal_id)
    assert (proposal.state, proposal.decision_number is not None) == ("adopted", True)


def test_a_rejected_change_writes_nothing(stage: Stage) -> None:
    proposal_id = propose(stage, changed(stage, "absolute", settings=STRICTER))
    on.decide(stage, proposal_id, "against")
    assert procedures.procedure(as_reader(stage.cast.amel), "absolute").version == 1


def test_a_vote_under_way_keeps_the_version_under_which_it_opened(stage: Stage) -> None:
    other = on.open_it(stage, on.a_resolution(stage))
    on.decide(stage, propose(stage, changed(stage, "absolute", settings=STRICTER)))
    on.vote(other, **{"for": stage.cast.amel, "against": stage.cast.bruno})
    on.cast_one(other, stage.cast.esther, "for")
    on.end(other)
    number = queries.proposal(as_reader(stage.cast.amel), 1).id
    on.conclude(number)
    assert queries.proposal(as_reader(stage.cast.amel), number).state == "adopted"


def test_a_new_procedure_and_the_end_of_one_are_decided_too(stage: Stage) -> None:
    new = replace(current(stage, "absolute"), key="", after_version=None, name="À deux tiers")
    on.decide(stage, propose(stage, ProcedureChange("", None, new)))
    reader = as_reader(stage.cast.amel)
    assert procedures.procedure(reader, "a-deux-tiers").version == 1
    on.decide(stage, propose(stage, ProcedureChange("absolute", 1, None), "a-deux-tiers"))
    reader = as_reader(stage.cast.amel)
    assert procedures.procedure(reader, "absolute").retired
    assert "absolute" not in [card.key for card in procedures.procedures(reader)]


def test_two_new_procedures_of_one_name_get_two_addresses(stage: Stage) -> None:
    new = replace(current(stage, "absolute"), key="", after_version=None, name="À deux tiers")
    first = propose(stage, ProcedureChange("", None, new))
    second = propose(stage, ProcedureChange("", None, new))
    on.decide(stage, first)
    on.decide(stage, second)
    keys = [card.key for card in procedures.procedures(as_reader(stage.cast.amel))]
    assert {"a-deux-tiers", "a-deux-tiers-2"} <= set(keys)


def test_a_procedure_out_of_use_decides_nothing(stage: Stage) -> None:
    waiting = on.a_resolution(stage, "secret")
    on.decide(stage, propose(stage, ProcedureChange("secret", 1, None)))
    assert "procedure_out_of_use" in issues(stage, waiting)
    with pytest.raises(Invalid) as caught, acting(stage.cast.amel) as tx:
        service.draft(tx, NewProposal("resolution", Wording("Idée"), "secret"))
    assert caught.value.errors == {"procedure": "procedure_retired"}


def test_a_weaker_procedure_cannot_change_a_stronger_one(stage: Stage) -> None:
    easier = changed(stage, "absolute", method="simple_majority", settings=Settings())
    assert "procedure_too_weak_for_procedures" in issues(stage, propose(stage, easier, "consent"))
    assert "procedure_too_weak_for_procedures" in issues(stage, propose(stage, easier, "secret"))


def test_a_procedure_cannot_give_itself_more_ranks_than_it_has(stage: Stage) -> None:
    more = changed(stage, "secret", layers=("statutes",))
    assert "procedure_too_weak_for_procedures" in issues(stage, propose(stage, more, "secret"))
    assert issues(stage, propose(stage, more, "absolute")) == []


def test_who_may_change_the_statutes_decides_for_every_body(stage: Stage) -> None:
    meeting = changed(stage, "consent", description="Tous les jours.")
    assert issues(stage, propose(stage, meeting, "absolute")) == []
    assert issues(stage, propose(stage, meeting, "consent")) == []


def test_the_last_way_to_change_a_rank_of_rules_stays(stage: Stage) -> None:
    proposal_id = propose(stage, ProcedureChange("absolute", 1, None))
    assert "ranks_left_alone" in issues(stage, proposal_id)


def test_one_vote_at_a_time_on_a_procedure(stage: Stage) -> None:
    change = changed(stage, "secret", description="Pour les élections.")
    first, second = propose(stage, change), propose(stage, change)
    on.open_it(stage, first)
    assert issues(stage, second) == ["another_vote_on_the_procedure"]
    with pytest.raises(Conflict):
        on.open_it(stage, second)


def test_a_change_of_a_version_that_is_gone_is_said(stage: Stage) -> None:
    change = changed(stage, "secret", description="Pour les élections.")
    first, second = propose(stage, change), propose(stage, change)
    on.decide(stage, first)
    assert issues(stage, second) == ["procedure_changed"]


def test_a_procedure_that_another_one_names_stays(stage: Stage) -> None:
    with acting(None) as tx:
        old = current(stage, "absolute")
    settings = replace(old.settings, quorum=Fraction(1, 2))
    with acting(None) as tx:
        new = replace(old, layers=(), settings=settings, key="", after_version=None, name="Deux")
        define_procedure(tx, replace(new, course=Course(second="secret")))
    proposal_id = propose(stage, ProcedureChange("secret", 1, None))
    assert "procedure_is_named" in issues(stage, proposal_id)


@pytest.mark.parametrize(
    ("layers", "body_id", "enough"),
    [
        (("operating_rules",), 1, True),
        (("operating_rules",), 2, False),
        (("statutes",), 1, False),
        (("statutes", "operating_rules"), 2, True),
    ],
)
def test_strength_is_ranks_and_body(
    stage: Stage, layers: tuple[str, ...], body_id: int, enough: bool
) -> None:
    card = procedures.procedure(as_reader(stage.cast.amel), "absolute")
    decider = replace(card, body_id=1, layers=layers)
    assert is_strong_enough(decider, [Touched(body_id, ("operating_rules",))]) is enough


def test_the_page_proposes_a_change_and_shows_it_field_by_field(
    client: Client, stage: Stage
) -> None:
    on.open_it(stage, on.a_resolution(stage))
    client.sign_in("amel").submit("/language", language="en")
    page = html.unescape(client.get("/proposals/procedure/new?key=absolute").text)
    assert "Propose a change of “Majorité absolue”" in page
    typed = {
        "key": "absolute",
        "version": "1",
        "name": "Majorité *absolue*",
        "body_id": stage.cast.assembly,
        "method": "qualified_majority",
        "base": "registered",
        "threshold": "2/3",
        "strict": "at_least",
        "silence": "nothing",
        "min_discussion_hours": "0",
        "min_voting_hours": "48",
        "layers": ["statutes", "operating_rules"],
        "decided_by": "absolute",
        "then": "submit",
    }
    answer = client.submit("/proposals/procedure/", **typed)
    assert answer.status_code == 303
    page = html.unescape(client.get(answer.location).text)
    assert "Majorité absolue → <strong>Majorité *absolue*</strong>" in page
    assert "more than 1/2 → <strong>at least 2/3</strong>" in page
    assert "1 day → <strong>2 days</strong>" in page
    edit = html.unescape(client.get(f"/proposals/procedure/{answer.location.split('/')[-1]}").text)
    assert "Majorité *absolue*" in edit


def test_without_a_decider_the_form_comes_back(client: Client, stage: Stage) -> None:
    client.sign_in("amel").submit("/language", language="en")
    typed = {"name": "Une", "body_id": stage.cast.assembly, "method": "simple_majority"}
    typed |= {"base": "cast", "strict": "more_than", "silence": "nothing"}
    typed |= {"min_discussion_hours": "0", "min_voting_hours": "24"}
    answer = client.submit("/proposals/procedure/", **typed)
    assert answer.status_code == 422
    assert "Choose the procedure under which" in answer.text
