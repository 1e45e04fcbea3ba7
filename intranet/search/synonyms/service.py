"""Writing down what the cooperative calls the same thing."""

from __future__ import annotations

from sqlalchemy import func, select

from intranet.core.policy import Conflict, Invalid
from intranet.core.transaction import Transaction
from intranet.search.synonyms.events import SynonymsWritten
from intranet.search.synonyms.models import SynonymList
from intranet.search.synonyms.names import problem_of
from intranet.search.synonyms.policy import may_write_synonyms


def write_synonyms(tx: Transaction, text: str, base_number: int) -> None:
    """Write the next version of the list; questions asked from now on use it.

    `base_number` is the version somebody began from. Raises Refused, Conflict when another one
    came meanwhile, Invalid for what cannot be used.
    """
    tx.require(may_write_synonyms)
    cleaned = text.replace("\r\n", "\n").strip() + "\n"
    if problem := problem_of(cleaned):
        raise Invalid(text=problem)
    last = tx.session.scalar(select(func.max(SynonymList.id))) or 0
    if last != base_number:
        raise Conflict("search.newer_names")
    assert tx.actor.person_id is not None  # noqa: S101
    row = SynonymList(text=cleaned, author_id=tx.actor.person_id, at=tx.now)
    tx.session.add(row)
    tx.session.flush()
    tx.record(SynonymsWritten(row.id))
