"""The example cooperative must hang together, since it is loaded through real commands."""

import re
from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from intranet.decisions.models import LinkKind
from intranet.members.statuses import ACCENTS, RIGHTS, Audience, Right, Status
from intranet.proposals.workflow import State
from intranet.wiki.models import Layer, PageKind

EXAMPLE = Path(__file__).parents[2] / "intranet" / "example"
TODAY = date(2026, 11, 22)

STATUSES = {str(status) for status in Status}
STATES = {str(state) for state in State} - {"annulled"}
COUNTED = ("for", "against", "abstain", "blank")
CONSENT_COUNTED_AS = {
    "consent": "for",
    "reservation": "for",
    "objection": "against",
    "stand_aside": "abstain",
}
RED_LINKS = {
    "Consignes pour les batteries",
    "Glossaire de l’atelier",
    "Recyclerie de Valbrune",
    "Retours d’essai du Jonquille",
    "Société d’entretien",
}


def read_yaml(name: str) -> dict[str, Any]:
    return yaml.safe_load((EXAMPLE / name).read_text(encoding="utf-8"))


def read_page(path: Path) -> dict[str, Any]:
    _, matter, text = path.read_text(encoding="utf-8").split("---\n", 2)
    slug = path.relative_to(EXAMPLE / "pages").with_suffix("").as_posix()
    return {**yaml.safe_load(matter), "slug": slug, "text": text.strip()}


COOPERATIVE = read_yaml("cooperative.yml")
PEOPLE = {person["key"]: person for person in read_yaml("people.yml")["people"]}
BODIES = {body["code"]: body for body in read_yaml("bodies.yml")["bodies"]}
PROCEDURES = {item["key"]: item for item in read_yaml("procedures.yml")["procedures"]}
DECISION_LIST = read_yaml("decisions.yml")["decisions"]
DECISIONS = {decision["key"]: decision for decision in DECISION_LIST}
PROPOSAL_LIST = read_yaml("proposals.yml")["proposals"]
PROPOSALS = {proposal["key"]: proposal for proposal in PROPOSAL_LIST}
PAGE_LIST = [read_page(path) for path in sorted((EXAMPLE / "pages").rglob("*.md"))]
PAGES = {page["slug"]: page for page in PAGE_LIST}

each_decision = pytest.mark.parametrize("decision", DECISION_LIST, ids=lambda d: d["key"])
each_proposal = pytest.mark.parametrize("proposal", PROPOSAL_LIST, ids=lambda p: p["key"])
each_page = pytest.mark.parametrize("page", PAGE_LIST, ids=lambda p: p["slug"])


def covers(period: dict[str, Any], day: date) -> bool:
    return period["from"] <= day < period.get("to", date.max)


def status_on(person: str, day: date) -> str | None:
    periods = PEOPLE[person]["statuses"]
    return next((period["status"] for period in periods if covers(period, day)), None)


def electorate(body: str, day: date) -> set[str]:
    members = BODIES[body]["members"]
    if "list" in members:
        return {line["person"] for line in members["list"] if covers(line, day)}
    return {person for person in PEOPLE if status_on(person, day) in members["statuses"]}


def blocks(text: str) -> list[str]:
    return [block.strip("\n") for block in re.split(r"\n\s*\n", text) if block.strip()]


def verdict(procedure: dict[str, Any], counts: dict[str, int]) -> str:
    """Adopted, rejected or lapsed, by exact arithmetic on the written rule."""
    took_part = sum(counts[name] for name in COUNTED)
    if procedure["quorum"] and took_part < Fraction(procedure["quorum"]) * counts["registered"]:
        return "lapsed"
    if procedure["method"] == "consent":
        return "rejected" if counts["against"] else "adopted"
    base = {
        "registered": counts["registered"],
        "present_or_represented": took_part,
        "cast": counts["for"] + counts["against"],
    }[procedure["base"]]
    needed = Fraction(procedure["threshold"]) * base
    enough = counts["for"] > needed if procedure["strict"] else counts["for"] >= needed
    return "adopted" if enough else "rejected"


def changes_newest_first() -> list[dict[str, Any]]:
    return [decision for decision in reversed(DECISION_LIST) if "page_change" in decision]


# People and bodies


def test_keys_are_unique() -> None:
    assert len(PEOPLE) == len(read_yaml("people.yml")["people"])
    assert len(BODIES) == len(read_yaml("bodies.yml")["bodies"])
    assert len(PROCEDURES) == len(read_yaml("procedures.yml")["procedures"])
    assert len(DECISIONS) == len(DECISION_LIST)
    assert len(PROPOSALS) == len(PROPOSAL_LIST)


def test_the_cooperative_says_its_language_and_its_zone() -> None:
    assert COOPERATIVE["name"]
    assert COOPERATIVE["locale"] == "fr"
    assert COOPERATIVE["timezone"] == "Europe/Paris"
    assert COOPERATIVE["accent"] in ACCENTS
    assert Right.RECORD in RIGHTS[Status(str(status_on(COOPERATIVE["recorder"], TODAY)))]


def test_every_status_is_held_by_somebody_today() -> None:
    assert {status_on(person, TODAY) for person in PEOPLE} == STATUSES | {None}


def test_between_twelve_and_thirteen_people_seven_or_eight_with_a_vote() -> None:
    assert 12 <= len(PEOPLE) <= 13
    assert 7 <= len(electorate("AG", TODAY)) <= 8


def test_only_the_technical_administrator_has_no_status() -> None:
    without = {key for key, person in PEOPLE.items() if not person["statuses"]}
    administrators = {key for key, person in PEOPLE.items() if person["is_administrator"]}
    assert without == administrators
    assert len(without) == 1


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE)
def test_statuses_follow_each_other_without_gap_or_overlap(person: dict[str, Any]) -> None:
    periods = person["statuses"]
    for earlier, later in pairwise(periods):
        assert earlier["from"] < earlier["to"] == later["from"]
    assert all(period["status"] in STATUSES for period in periods)
    assert all("to" not in period for period in periods[-1:])


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE)
def test_nobody_becomes_a_member_without_a_decision_in_force_that_day(
    person: dict[str, Any],
) -> None:
    for period in person["statuses"]:
        if period["status"].startswith("member_"):
            decision = DECISIONS[period["decision"]]
            assert decision["result"] == "adopted"
            assert decision["effective_on"] == period["from"]


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE)
def test_mandates_are_held_by_people_who_work_here_and_come_from_a_decision(
    person: dict[str, Any],
) -> None:
    for mandate in person.get("mandates", []):
        assert mandate["role"] in {"manager", "secretary", "treasurer", "gardener", "facilitator"}
        assert mandate.get("body", "AG") in BODIES
        assert mandate["from"] < mandate["to"]
        assert DECISIONS[mandate["decision"]]["effective_on"] == mandate["from"]
        assert status_on(person["key"], mandate["from"]) in {"employee", "member_employee"}


def test_every_address_is_invented() -> None:
    for key, person in PEOPLE.items():
        assert person["email"] == f"{key}@example.org"
    for path in EXAMPLE.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(r"[\w.+-]+@([\w.-]+\w)", text)) <= {"example.org"}
        assert set(re.findall(r"https?://\S+", text)) == set()


def test_external_members_stay_under_the_legal_share_of_votes() -> None:
    days = {decision["decided_on"] for decision in DECISION_LIST} | {TODAY}
    for day in days:
        voters = electorate("AG", day)
        external = [person for person in voters if status_on(person, day) == "member_external"]
        assert Fraction(len(external), len(voters)) <= Fraction(35, 100)


def test_bodies_and_procedures_name_each_other() -> None:
    for body in BODIES.values():
        assert body["default_procedure"] in body["procedures"]
        assert set(body["procedures"]) <= set(PROCEDURES)
        assert body["escalates_to"] is None or body["escalates_to"] in BODIES
        assert {line["person"] for line in body["members"].get("list", [])} <= set(PEOPLE)
        assert set(body["members"].get("statuses", [])) <= STATUSES
    for key, procedure in PROCEDURES.items():
        assert key in BODIES[procedure["body"]]["procedures"]
        assert procedure["second"] is None or procedure["second"] in PROCEDURES


def test_thresholds_and_quorums_are_exact_fractions() -> None:
    for procedure in PROCEDURES.values():
        assert procedure["method"] in {"simple_majority", "qualified_majority", "consent"}
        assert (procedure["threshold"] is None) == (procedure["method"] == "consent")
        for name in ("threshold", "quorum"):
            value = procedure[name]
            assert value is None or (isinstance(value, str) and 0 < Fraction(value) <= 1)


# Pages


def test_there_are_enough_rules_and_working_pages() -> None:
    rules = Counter(page.get("layer") for page in PAGE_LIST if page["kind"] == "rule")
    assert sum(rules.values()) >= 24
    assert rules["statutes"] >= 9
    assert rules["operating_rules"] >= 15
    assert sum(page["kind"] == "ordinary" for page in PAGE_LIST) >= 8


@each_page
def test_front_matter_is_complete(page: dict[str, Any]) -> None:
    assert page["kind"] in set(PageKind)
    assert ("layer" in page) == (page["kind"] == "rule")
    assert page.get("layer", "statutes") in set(Layer)
    assert page["audience"] in set(Audience)
    assert isinstance(page["position"], int)
    assert page["tags"]
    assert status_on(page["author"], page["created"]) is not None
    folder = page["slug"].rpartition("/")[0]
    assert not folder or folder in PAGES


def test_titles_and_positions_are_unique_among_siblings() -> None:
    titles = Counter(page["title"] for page in PAGE_LIST)
    places = Counter((page["slug"].rpartition("/")[0], page["position"]) for page in PAGE_LIST)
    assert max(titles.values()) == 1
    assert max(places.values()) == 1


@pytest.mark.parametrize(
    "page", [page for page in PAGE_LIST if page["kind"] == "rule"], ids=lambda p: p["slug"]
)
def test_a_rule_has_three_to_ten_blocks_and_none_twice(page: dict[str, Any]) -> None:
    found = blocks(page["text"])
    assert 3 <= len(found) <= 10
    assert len(found) == len(set(found))


def test_links_lead_to_a_page_or_are_red_on_purpose() -> None:
    titles = {page["title"] for page in PAGE_LIST}
    targets = {
        match.split("|")[0].split("#")[0]
        for page in PAGE_LIST
        for match in re.findall(r"\[\[([^\]]+)\]\]", page["text"])
    }
    assert targets - titles == RED_LINKS


def test_working_pages_show_every_kind_of_markup() -> None:
    text = "\n".join(page["text"] for page in PAGE_LIST if page["kind"] == "ordinary")
    for pattern in (
        r"^\| ---",
        r"^- \[ \] ",
        r"^- \[x\] ",
        r"\[\^\w+\]:",
        r"^> \[!\w+\]",
        r"\|.*\]\]",
    ):
        assert re.search(pattern, text, re.MULTILINE), pattern


@pytest.mark.parametrize(
    "path",
    [*sorted(EXAMPLE.glob("*.yml")), *sorted((EXAMPLE / "pages").rglob("*.md"))],
    ids=lambda path: path.name,
)
def test_french_text_is_set_with_french_typography(path: Path) -> None:
    text = re.sub(r"(?m)^\s*#.*$", "", path.read_text(encoding="utf-8"))
    assert not re.search(r"[^\W\d_]'\w", text), "straight apostrophe"
    assert not re.search(r" [?!;»]|« ", text), "breaking space"
    assert not re.search(r"[^\s|] :(\s|$)", text), "breaking space before a colon"
    assert not re.search(r"\d [€%]", text), "breaking space after a number"


# Decisions


def test_about_thirty_decisions_or_more_over_four_years() -> None:
    assert len(DECISION_LIST) >= 28
    assert {decision["decided_on"].year for decision in DECISION_LIST} == {2023, 2024, 2025, 2026}
    assert sum(decision["result"] == "rejected" for decision in DECISION_LIST) >= 3


def test_the_register_is_in_order_of_date_and_not_in_the_future() -> None:
    days = [decision["decided_on"] for decision in DECISION_LIST]
    assert days == sorted(days)
    assert days[-1] <= TODAY


@each_decision
def test_dates_of_a_decision_follow_each_other(decision: dict[str, Any]) -> None:
    assert (decision["effective_on"] is None) == (decision["result"] == "rejected")
    if decision["effective_on"]:
        assert decision["decided_on"] <= decision["effective_on"]
    for name in ("review_on", "ends_on"):
        if name in decision:
            assert decision["effective_on"] < decision[name]


@each_decision
def test_references_of_a_decision_resolve(decision: dict[str, Any]) -> None:
    assert decision["procedure"] in BODIES[decision["body"]]["procedures"]
    assert set(decision["touches"]) <= set(PAGES)
    assert all(PAGES[slug]["kind"] == "rule" for slug in decision["touches"])
    assert decision["result"] == "adopted" or not decision["touches"]
    if "page_change" in decision:
        assert decision["page_change"]["page"] in decision["touches"]
    assert decision["title"]
    assert decision["text"]
    assert decision["tags"]


@each_decision
def test_counts_agree_with_the_members_of_that_day(decision: dict[str, Any]) -> None:
    counts = decision["counts"]
    assert counts["registered"] == len(electorate(decision["body"], decision["decided_on"]))
    assert all(counts[name] >= 0 for name in COUNTED)
    assert sum(counts[name] for name in COUNTED) <= counts["registered"]


@each_decision
def test_the_result_is_what_the_procedure_says(decision: dict[str, Any]) -> None:
    assert verdict(PROCEDURES[decision["procedure"]], decision["counts"]) == decision["result"]


@each_decision
def test_links_only_go_back_in_time_so_they_cannot_turn_in_a_circle(
    decision: dict[str, Any],
) -> None:
    order = list(DECISIONS)
    for link in decision["links"]:
        assert link["kind"] in set(LinkKind)
        assert order.index(link["to"]) < order.index(decision["key"])
        assert DECISIONS[link["to"]]["result"] == "adopted"


def test_a_decision_is_ended_by_one_other_at_most() -> None:
    ended = Counter(
        link["to"]
        for decision in DECISION_LIST
        for link in decision["links"]
        if link["kind"] in {"supersedes", "repeals"}
    )
    assert len(ended) >= 5
    assert max(ended.values()) == 1


def test_every_rule_was_created_by_a_decision_on_its_effective_date() -> None:
    created = {}
    for decision in DECISION_LIST:
        for slug in decision["touches"]:
            created.setdefault(slug, decision["effective_on"])
    rules = {page["slug"]: page["created"] for page in PAGE_LIST if page["kind"] == "rule"}
    assert created == rules


def test_a_decision_touches_a_rule_by_creating_it_or_by_changing_a_paragraph() -> None:
    known: set[str] = set()
    for decision in DECISION_LIST:
        changed = {decision["page_change"]["page"]} if "page_change" in decision else set()
        assert set(decision["touches"]) & known == changed
        known |= set(decision["touches"])


@each_decision
def test_a_procedure_only_changes_the_layers_it_may_change(decision: dict[str, Any]) -> None:
    layers = {PAGES[slug]["layer"] for slug in decision["touches"]}
    assert layers <= set(PROCEDURES[decision["procedure"]]["layers"])


def test_undoing_the_changes_from_last_to_first_meets_each_new_paragraph_exactly_once() -> None:
    texts = {slug: blocks(page["text"]) for slug, page in PAGES.items()}
    for decision in changes_newest_first():
        change = decision["page_change"]
        now = texts[change["page"]]
        assert now.count(change["by"]) == 1, decision["key"]
        assert change["replace"] not in now, decision["key"]
        now[now.index(change["by"])] = change["replace"]
    assert len({d["page_change"]["page"] for d in changes_newest_first()}) >= 6


def test_one_change_of_rule_is_adopted_and_applies_later() -> None:
    coming = [d["key"] for d in changes_newest_first() if d["effective_on"] > TODAY]
    assert coming == ["formation-1200"]


@each_decision
def test_a_change_of_rule_says_which_decision_it_changes(decision: dict[str, Any]) -> None:
    if "page_change" in decision:
        assert decision["links"]


# Proposals


def ballot_counts(proposal: dict[str, Any]) -> Counter[str]:
    choices = (ballot["choice"] for ballot in proposal["ballots"])
    return Counter(CONSENT_COUNTED_AS.get(choice, choice) for choice in choices)


def day_of_vote(proposal: dict[str, Any]) -> date:
    return proposal.get("opened_on", TODAY)


def test_every_state_is_shown() -> None:
    assert {proposal["state"] for proposal in PROPOSAL_LIST} == STATES


def test_the_special_cases_are_shown() -> None:
    shown = [(p["state"], p["kind"], p["procedure"]) for p in PROPOSAL_LIST]
    assert ("voting", "resolution", "ago") in shown
    assert ("voting", "resolution", "consent") in shown
    assert ("voting", "amendment", "consent") in shown
    assert ("discussion", "amendment", "consent") in shown
    assert ("adopted", "resolution", "election") in shown
    assert any(p["state"] == "discussion" and p.get("earlier_versions") for p in PROPOSAL_LIST)
    open_consent = PROPOSALS["fermeture-aout"]["ballots"]
    assert {"consent", "reservation", "objection"} <= {b["choice"] for b in open_consent}


@each_proposal
def test_references_of_a_proposal_resolve(proposal: dict[str, Any]) -> None:
    assert proposal["procedure"] in BODIES[proposal["body"]]["procedures"]
    status = status_on(proposal["author"], day_of_vote(proposal))
    assert Right.PROPOSE in RIGHTS[Status(status)]
    assert proposal["kind"] in {"resolution", "amendment"}
    assert ("page_change" in proposal) == (proposal["kind"] == "amendment")
    assert ("decision" in proposal) == (proposal["state"] in {"adopted", "rejected"})
    earlier: set[str] = set()
    for comment in proposal["comments"]:
        status = status_on(comment["author"], comment.get("date", TODAY))
        assert Right.COMMENT in RIGHTS[Status(status)]
        assert comment.get("reply_to") is None or comment["reply_to"] in earlier
        earlier.add(comment["key"])
        if "paragraph" in comment:
            assert comment["paragraph"] == proposal["page_change"]["replace"]


@each_proposal
def test_a_concluded_proposal_is_the_same_as_its_decision(proposal: dict[str, Any]) -> None:
    if "decision" not in proposal:
        return
    decision = DECISIONS[proposal["decision"]]
    assert decision["title"] == proposal["title"]
    for name in ("body", "procedure", "counts"):
        assert decision[name] == proposal[name]
    assert decision["result"] == proposal["state"]
    assert decision["decided_on"] == proposal["closed_on"]
    assert decision.get("page_change") == proposal.get("page_change")


@each_proposal
def test_a_live_amendment_starts_from_the_text_in_force(proposal: dict[str, Any]) -> None:
    if proposal["kind"] == "amendment" and proposal["state"] in {"discussion", "voting"}:
        change = proposal["page_change"]
        assert PAGES[change["page"]]["layer"] in PROCEDURES[proposal["procedure"]]["layers"]
        assert blocks(PAGES[change["page"]]["text"]).count(change["replace"]) == 1
        assert change["by"] != change["replace"]


def test_no_two_live_amendments_touch_the_same_paragraph() -> None:
    live = [p for p in PROPOSAL_LIST if p["state"] in {"discussion", "voting"}]
    touched = Counter(p["page_change"]["replace"] for p in live if "page_change" in p)
    assert len(touched) == 2
    assert max(touched.values()) == 1


@each_proposal
def test_only_registered_people_voted_once_and_objections_have_a_reason(
    proposal: dict[str, Any],
) -> None:
    voters = [ballot["person"] for ballot in proposal["ballots"]]
    assert len(voters) == len(set(voters))
    assert set(voters) <= electorate(proposal["body"], day_of_vote(proposal))
    procedure = PROCEDURES[proposal["procedure"]]
    allowed = set(CONSENT_COUNTED_AS) if procedure["method"] == "consent" else set(COUNTED)
    for ballot in proposal["ballots"]:
        assert ballot["choice"] in allowed
        assert ballot["choice"] not in {"objection", "reservation"} or ballot["reason"]
    assert not (procedure["secret"] and voters)


@each_proposal
def test_the_counts_are_the_ballots_and_give_the_state(proposal: dict[str, Any]) -> None:
    if "counts" not in proposal:
        assert proposal["state"] in {"draft", "discussion", "voting", "withdrawn"}
        return
    procedure = PROCEDURES[proposal["procedure"]]
    counts = proposal["counts"]
    assert counts["registered"] == len(electorate(proposal["body"], day_of_vote(proposal)))
    assert verdict(procedure, counts) == proposal["state"]
    if not procedure["secret"]:
        assert ballot_counts(proposal) == Counter({k: counts[k] for k in COUNTED if counts[k]})


@each_proposal
def test_discussion_and_voting_last_as_long_as_the_procedure_asks(
    proposal: dict[str, Any],
) -> None:
    if proposal["state"] == "withdrawn":
        assert proposal["submitted_on"] < proposal["withdrawn_on"] <= TODAY
        assert proposal["withdrawal_reason"]
        return
    if proposal["state"] in {"draft", "discussion"}:
        assert "opened_days_ago" not in proposal
        return
    if proposal["state"] == "voting":
        discussed = proposal["submitted_days_ago"] - proposal["opened_days_ago"]
        voting = proposal["opened_days_ago"] + proposal["closes_in_days"]
        assert proposal["created_days_ago"] >= proposal["submitted_days_ago"]
    else:
        discussed = (proposal["opened_on"] - proposal["submitted_on"]).days
        voting = (proposal["closed_on"] - proposal["opened_on"]).days
        assert proposal["closed_on"] <= TODAY
    procedure = PROCEDURES[proposal["procedure"]]
    assert discussed * 24 >= procedure["min_discussion_hours"]
    assert voting * 24 >= procedure["min_voting_hours"]


@each_proposal
def test_comments_come_after_the_proposal_and_in_order(proposal: dict[str, Any]) -> None:
    if "submitted_days_ago" in proposal:
        ages = [comment["days_ago"] for comment in proposal["comments"]]
        assert ages == sorted(ages, reverse=True)
        assert all(0 <= age <= proposal["submitted_days_ago"] for age in ages)
        for version in proposal.get("earlier_versions", []):
            assert proposal["revised_days_ago"] < version["days_ago"]
            assert version["days_ago"] <= proposal["submitted_days_ago"]
    elif "submitted_on" in proposal:
        days = [comment["date"] for comment in proposal["comments"]]
        assert days == sorted(days)
        assert all(proposal["submitted_on"] <= day <= TODAY for day in days)
