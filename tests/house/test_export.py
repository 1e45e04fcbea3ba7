"""No table can be forgotten by whoever leaves with the memory: each goes along, or says why not."""

from __future__ import annotations

from intranet import tables
from intranet.core.db import Base
from intranet.export.tables import TABLES
from intranet.export.whole import README

IN_FILES = {
    "advice": "polls/",
    "advised_decision": "proposals/",
    "advisor": "polls/",
    "advisory_outcome": "polls/",
    "attachment": "files/",
    "body": "bodies.csv",
    "comment": "page-comments.csv",
    "counted_ballot": "polls/",
    "counted_receipt": "polls/",
    "decision": "decisions.json",
    "decision_action": "actions.csv",
    "decision_action_step": "actions.csv",
    "decision_follow_up": "reviews.csv",
    "decision_link": "links.csv",
    "decision_minutes": "minutes.csv",
    "decision_review": "reviews.csv",
    "decision_shelf": "decisions.json",
    "decision_tag": "decisions.json",
    "event": "events.jsonl",
    "mandate": "mandates.csv",
    "objection": "polls/",
    "objection_end": "polls/",
    "open_ballot": "polls/",
    "page": "index.csv",
    "page_file": "page-files.csv",
    "page_offer": "page-suggestions.csv",
    "page_tag": "index.csv",
    "person": "people.csv",
    "poll": "polls.csv",
    "procedure": "procedures.json",
    "proposal": "proposals.csv",
    "proposal_summary": "proposals/",
    "proposal_version": "proposals/",
    "proxy": "proxies.csv",
    "revision": "history.csv",
    "rule_deciders": "rule-deciders.csv",
    "rule_place": "rule-places.csv",
    "rule_repeal": "rule-repeals.csv",
    "settled_comment": "page-comments.csv",
    "stance": "proposals/",
    "status_period": "people.csv",
    "suggestion": "proposals/",
    "suggestion_step": "proposals/",
    "talk_round": "proposals/",
    "text_body": "wiki/",
    "thread": "page-comments.csv",
    "voter": "polls/",
}
"""Where each table goes that has a file of its own."""

FOLLOWS = {
    "chain_head": "the last line of the journal",
    "citation": "found again in the texts",
    "counter": "the last number of each body and year, which the decisions have",
    "file_source": "goes with the pages, by `--form pages`, which are made to be brought in again",
    "mention": "found again in the words of comments",
    "page_link": "found again in the texts",
    "paragraph_change": "made from the revisions",
    "proposal_page": "the rules that the changes of a proposal name",
    "rendering": "made from the texts",
}
UNDER_WAY = {
    "decision_told": "what was already told about a date",
    "delivery": "what still has to follow from events",
    "generation": "a number that only the running application asks for",
    "held_block": "a vote under way",
    "import_job": "an import under way, and its report",
    "message": "letters that wait",
    "page_presence": "who is writing now",
    "sealed_ballot": "a secret vote before its count",
    "throttle": "attempts to sign in",
}
DOORS = {
    "account": "how somebody signs in",
    "account_notice": "what happened to an account",
    "identity": "how somebody signs in",
    "invitation": "a link that lets somebody in",
    "locked_part": "a share of a key",
    "page_guest_link": "a link that lets somebody in; the journal tells of it",
    "passkey": "how somebody signs in",
    "passkey_challenge": "how somebody signs in",
    "recovery_code": "how somebody signs in",
    "reset_link": "how somebody signs in",
    "reset_request": "how somebody signs in",
    "second_factor": "how somebody signs in",
    "sign_in": "how somebody signs in",
}
OWN = {
    "changes_seen",
    "chosen_way",
    "favourite",
    "feed_address",
    "kept_typing",
    "last_read",
    "notice",
    "page_seen",
    "portrait",
    "quiet_time",
    "saved_search",
    "watch",
}
"""What is of one person alone: they take it away themselves, with what is kept about them."""


def test_every_table_goes_along_or_says_why_not() -> None:
    assert tables.ROOMS
    named = [*IN_FILES, *TABLES, *FOLLOWS, *UNDER_WAY, *DOORS, *OWN]
    assert sorted(named) == sorted(Base.metadata.tables), (
        "a table of record is named in intranet/export/tables.py, or has a file of its own"
    )


def test_every_file_is_told_of_in_the_folder() -> None:
    told = README.read_text(encoding="utf-8")
    assert {file for file in IN_FILES.values() if f"`{file}`" not in told} == set()
    assert "`tables/`" in told
