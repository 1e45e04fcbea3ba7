"""No table that knows a person can be forgotten by whoever forgets: each is kept, or emptied."""

from __future__ import annotations

from sqlalchemy import Table

from intranet import tables
from intranet.auth.effects import KEYS
from intranet.core.db import Base
from intranet.core.forgetting import Forgetting
from intranet.members.models import Portrait
from intranet.membership.erasure.events import PersonErased
from intranet.subscriptions import SUBSCRIPTIONS

PEOPLE = {"person", "account"}
# What the act itself empties, before any reaction.
AT_ONCE = {model.__tablename__ for model in (*KEYS, Portrait)}
KEPT = {
    "account": "closed and emptied of address and password; its number stays",
    "advised_decision": "who decided after advice",
    "advisor": "who was asked for advice in a vote",
    "attachment": "a file beside a record",
    "co_author": "who stood behind a proposal",
    "comment": "said in a talk of which others are a part",
    "correction": "a rule was mended",
    "correction_end": "a rule was put back",
    "decision": "the register",
    "decision_action": "the register",
    "decision_action_step": "the register",
    "decision_link": "the register",
    "decision_minutes": "the register",
    "decision_review": "the register",
    "dossier": "emptied of words and dates by the act; that there was one stays",
    "event": "the journal, which holds numbers",
    "import_job": "which pages came in, by whom",
    "invitation": "emptied of name and address by the act; who let whom in stays",
    "locked_part": "a share of the key of a secret vote",
    "mandate": "given by a decision",
    "mention": "a part of a comment",
    "outline_version": "what proposals were asked to say",
    "page": "who wrote and kept a page",
    "page_file": "who laid a file beside a page",
    "page_guest_link": "who let somebody in to read",
    "page_offer": "a change that was suggested to a page",
    "people_list_person": "numbers of those for whom a text is; a list never changes",
    "proposal": "who proposed",
    "proposal_summary": "a part of a talk",
    "proposal_version": "the record of a proposal",
    "proxy": "a voice that was lent",
    "reaction": "a part of a talk",
    "reading": "who said to have read a rule",
    "reading_request": "that all were asked to read a rule",
    "revision": "the history of a page",
    "rule_debt": "what was noted about a rule",
    "said_seed": "a draw in public",
    "seconder": "who stood behind a proposal",
    "settled_comment": "a part of a talk",
    "sign_in": "ended and emptied of its device by the act",
    "stance": "a part of a talk",
    "status_period": "what a person was, by decision",
    "suggestion": "the record of a proposal",
    "suggestion_step": "the record of a proposal",
    "synonym_list": "a list of the cooperative",
    "talk_round": "a part of a talk",
    "teller": "who held a part of a key",
    "text_body": "who removed words",
    "voter": "the roll of a vote",
}


def who_knows_people() -> set[str]:
    """The tables with a column that leads to a person or an account."""
    assert tables.ROOMS
    return {
        table.name
        for table in Base.metadata.tables.values()
        if any(key.column.table.name in PEOPLE for key in table.foreign_keys)
    }


def emptied_by_reactions() -> list[Table]:
    return [
        Base.metadata.tables[model.__tablename__]
        for reaction in SUBSCRIPTIONS[PersonErased]
        if isinstance(reaction, Forgetting)
        for model in reaction.owned
    ]


def test_every_table_that_knows_a_person_is_kept_for_a_reason_or_emptied() -> None:
    emptied = AT_ONCE | {table.name for table in emptied_by_reactions()}
    assert who_knows_people() - emptied == set(KEPT), (
        "a record says why in KEPT; what is somebody's own goes by core.forgetting in their room"
    )


def test_only_what_is_of_one_person_is_emptied() -> None:
    for table in emptied_by_reactions():
        owners = {key.parent.name for key in table.foreign_keys if key.column.table.name in PEOPLE}
        assert owners == {"person_id"}, table.name


def test_the_file_is_rewritten_after_everything_else_is_gone() -> None:
    assert [one.name for one in SUBSCRIPTIONS[PersonErased]][-1] == "redaction.erasing"
