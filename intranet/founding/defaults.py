"""What a new cooperative starts with: its bodies and its ways to decide (pure data).

The names are in French because the defaults follow the French law on worker cooperatives; every
one of them can be changed or retired later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intranet.members.statuses import Status


@dataclass(frozen=True)
class DefaultBody:
    """A group that decides, made of everybody with one of these statuses."""

    code: str
    name: str
    description: str
    statuses: tuple[Status, ...]


@dataclass(frozen=True)
class DefaultProcedure:
    """A way to decide in one of the default bodies. Fractions are written "2/3"."""

    key: str
    name: str
    description: str
    body: str
    method: str
    settings: Mapping[str, object]
    layers: tuple[str, ...] = ()
    secret: bool = False
    min_discussion_hours: int = 0
    min_voting_hours: int = 24


BODIES = (
    DefaultBody(
        "AG",
        "Assemblée générale",
        "Une personne, une voix. Elle admet les associé·es, approuve les comptes et adopte "
        "les règles.",
        (Status.MEMBER_EMPLOYEE, Status.MEMBER_EXTERNAL),
    ),
    DefaultBody(
        "RC",
        "Réunion coopérative",
        "Toutes les personnes qui travaillent dans la coopérative, pour les décisions de tous "
        "les jours.",
        (Status.MEMBER_EMPLOYEE, Status.EMPLOYEE, Status.APPLICANT),
    ),
)

PROCEDURES = (
    DefaultProcedure(
        "ordinary",
        "Majorité simple en assemblée",
        "La proposition est adoptée quand il y a plus de voix pour que de voix contre. "
        "Les abstentions ne comptent pas.",
        "AG",
        "simple_majority",
        {"base": "cast", "threshold": "1/2", "strict": True},
        layers=("operating_rules", "work_rules"),
        min_discussion_hours=7 * 24,
        min_voting_hours=4 * 24,
    ),
    DefaultProcedure(
        "statutes",
        "Modification des statuts",
        "Il faut au moins les deux tiers des voix exprimées, et que la moitié au moins des "
        "associé·es aient voté.",
        "AG",
        "qualified_majority",
        {"base": "cast", "threshold": "2/3", "strict": False, "quorum": "1/2"},
        layers=("statutes", "operating_rules", "work_rules"),
        min_discussion_hours=15 * 24,
        min_voting_hours=4 * 24,
    ),
    DefaultProcedure(
        "secret",
        "Vote à bulletin secret en assemblée",
        "Majorité simple, sans que personne puisse savoir qui a voté quoi. Un bulletin déposé "
        "ne se change plus.",
        "AG",
        "simple_majority",
        {"base": "cast", "threshold": "1/2", "strict": True},
        secret=True,
        min_discussion_hours=7 * 24,
        min_voting_hours=4 * 24,
    ),
    DefaultProcedure(
        "consent",
        "Consentement en réunion coopérative",
        "La proposition est adoptée quand personne n’a d’objection. Une réserve est notée "
        "et n’empêche rien.",
        "RC",
        "consent",
        {"silence": "nothing"},
        layers=("work_rules",),
        min_discussion_hours=24,
        min_voting_hours=2 * 24,
    ),
)
