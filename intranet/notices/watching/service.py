"""Following something, and no longer. No event tells of it: it concerns nobody else."""

from __future__ import annotations

from sqlalchemy import delete

from intranet.core.db import insert_once
from intranet.core.transaction import Transaction
from intranet.notices.policy import may_choose
from intranet.notices.watching.models import Watch, Watched
from intranet.notices.watching.policy import may_watch


def watch(tx: Transaction, kind: Watched, number: int) -> None:
    """Follow something; twice changes nothing. Raises Refused."""
    tx.require(may_watch, kind, number)
    key = {"person_id": tx.actor.person_id, "kind": kind, "number": number}
    insert_once(tx.session, Watch, **key, at=tx.now)
    tx.keep_pages()


def unwatch(tx: Transaction, kind: Watched, number: int) -> None:
    """Follow something no longer; twice changes nothing."""
    tx.require(may_choose)
    mine = (Watch.person_id == tx.actor.person_id, Watch.kind == kind, Watch.number == number)
    tx.session.execute(delete(Watch).where(*mine))
    tx.keep_pages()
