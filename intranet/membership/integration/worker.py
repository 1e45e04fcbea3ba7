"""What decisions and the calendar bring about for dossiers that are open."""

from __future__ import annotations

import time

from sqlalchemy import select

from intranet.core.actor import SYSTEM
from intranet.core.transaction import Reader, Transaction, reader, transaction
from intranet.members import queries as members
from intranet.members.models import StatusPeriod
from intranet.membership.integration.events import ApplicantYearReached, DossierEnded
from intranet.membership.integration.models import Dossier
from intranet.membership.integration.queries import SOON, a_year_after

LOOK_SECONDS = 20
_looked = {"at": -LOOK_SECONDS * 1.0}


def follow_dossiers() -> int:
    """Close what was accepted and tell of the first year, looking at most three times a minute."""
    if time.monotonic() - _looked["at"] < LOOK_SECONDS:
        return 0
    _looked["at"] = time.monotonic()
    return follow_now()


def follow_now() -> int:
    """Close the dossiers whose person has the status wished for by a decision that counts today,
    and tell once of each first year of work that comes within 30 days; gives how many."""
    look = reader(SYSTEM)
    waiting = [(row.id, _grounds(look, row), _year(look, row)) for row in _open(look)]
    look.session.rollback()
    if not any(grounds or year for _, grounds, year in waiting):
        return 0
    with transaction(None) as tx:
        return sum(_follow(tx, row) for row in _open(tx))


def _open(look: Reader) -> list[Dossier]:
    return list(look.session.scalars(select(Dossier).where(Dossier.outcome == "")))


def _grounds(look: Reader, dossier: Dossier) -> StatusPeriod | None:
    """The status wished for, given by a decision, when it has begun."""
    today = members.today(look)
    return look.session.scalars(
        select(StatusPeriod)
        .where(StatusPeriod.person_id == dossier.person_id, StatusPeriod.status == dossier.wish)
        .where(StatusPeriod.decision_number.is_not(None))
        .where(StatusPeriod.starts_on <= today, StatusPeriod.ends_on.is_(None))
    ).one_or_none()


def _year(look: Reader, dossier: Dossier) -> bool:
    if dossier.works_since is None or dossier.year_told_at is not None:
        return False
    return a_year_after(dossier.works_since) <= members.today(look) + SOON


def _follow(tx: Transaction, dossier: Dossier) -> int:
    period = _grounds(tx, dossier)
    if period is not None:
        dossier.outcome, dossier.outcome_on = "accepted", period.starts_on
        dossier.decision_number = period.decision_number
        tx.record(DossierEnded(dossier.person_id, dossier.id, "accepted"))
        return 1
    if _year(tx, dossier):
        dossier.year_told_at = tx.now
        tx.record(ApplicantYearReached(dossier.person_id, dossier.id))
        return 1
    return 0
