"""Answering, by mail, those who forgot their password: apart from the request, so that neither its
answer nor its time tells whether an address is known."""

from __future__ import annotations

from intranet.auth.resets import queries, service
from intranet.core.actor import SYSTEM
from intranet.core.transaction import reader, transaction
from intranet.outbox.queries import has_mail


def answer_requests() -> int:
    """Mail a link to each address that has an account; gives how many. Nothing without mail."""
    if not has_mail():
        return 0
    look = reader(SYSTEM)
    waiting = queries.unanswered(look)
    look.session.rollback()
    return sum(_answer(digest) for digest in waiting)


def _answer(digest: str) -> bool:
    with transaction(None) as tx:
        return service.answer_request(tx, digest)
