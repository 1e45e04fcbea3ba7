"""Forgetting somebody who has left: one act. Records keep everything but the name."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from intranet.auth import effects as auth
from intranet.core.policy import Conflict, NotFound
from intranet.core.transaction import Transaction
from intranet.discussions.models import Comment, Thread
from intranet.members import effects as members
from intranet.members.models import Person
from intranet.membership.erasure.events import PersonErased
from intranet.membership.erasure.policy import may_erase
from intranet.membership.integration.models import Dossier, DossierStep


def erase_person(tx: Transaction, person_id: int, pseudonym: str) -> None:
    """Replace the name of a person, and empty profile, picture, account and dossiers.

    Votes, decisions, comments and the journal stay as they are and show the pseudonym. Raises
    NotFound, Refused, and Conflict for an administrator, who hands the task over first.
    """
    person = tx.session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise NotFound
    tx.require(may_erase, person)
    if auth.is_administrator(tx, person_id) and not tx.actor.is_system:
        raise Conflict("erasure.administrator")
    members.forget_person(tx, person_id, pseudonym)
    auth.forget_account(tx, person_id)
    _forget_dossiers(tx, person_id)
    tx.record(PersonErased(person_id))


def _forget_dossiers(tx: Transaction, person_id: int) -> None:
    """Empty what was written and said about somebody on their way in; the dates stay."""
    own = select(Dossier.id).where(Dossier.person_id == person_id)
    thread = select(Thread.id).where(Thread.subject_kind == "dossier", Thread.subject_id.in_(own))
    said = update(Comment).where(Comment.thread_id.in_(thread))
    tx.session.execute(said.values(text="", html=""))
    tx.session.execute(delete(DossierStep).where(DossierStep.dossier_id.in_(own)))
    dossiers = update(Dossier).where(Dossier.person_id == person_id)
    tx.session.execute(dossiers.values(words="", outcome_words="", works_since=None))
