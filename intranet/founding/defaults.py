"""What a new cooperative starts with: its bodies and its ways to decide (pure data).

The names are in French because the defaults follow the French law on worker cooperatives; every
one of them can be changed or retired later.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from intranet.members.statuses import Status
from intranet.voting.election import ElectionSettings, Unmarked
from intranet.voting.settings import Settings
from intranet.voting.types import Base


@dataclass(frozen=True)
class DefaultBody:
    """A group that decides, made of everybody with one of these statuses; `above` is the code of
    the wider body, which comes before it in the list."""

    code: str
    name: str
    description: str
    statuses: tuple[Status, ...]
    above: str = ""


@dataclass(frozen=True)
class DefaultProcedure:
    """A way to decide in one of the default bodies, and which layers of rules it may change."""

    key: str
    name: str
    description: str
    body: str
    method: str
    settings: Settings
    layers: tuple[str, ...] = ()
    secret: bool = False
    min_discussion_hours: int = 0
    min_voting_hours: int = 24
    election: ElectionSettings | None = None


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
        above="AG",
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
        Settings(),
        layers=("operating_rules", "work_rules"),
        min_discussion_hours=7 * 24,
        min_voting_hours=4 * 24,
    ),
    DefaultProcedure(
        "statutes",
        "Modification des statuts",
        "Il faut le vote pour d’au moins deux tiers des personnes qui prennent part au vote, et "
        "que le quart au moins des associé·es y prennent part (code de commerce, article "
        "L. 223-30). Vos statuts demandent peut-être davantage.",
        "AG",
        "qualified_majority",
        Settings(
            base=Base.PRESENT_OR_REPRESENTED,
            threshold=Fraction(2, 3),
            strict=False,
            quorum=Fraction(1, 4),
        ),
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
        Settings(),
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
        Settings(),
        layers=("work_rules",),
        min_discussion_hours=24,
        min_voting_hours=2 * 24,
    ),
    DefaultProcedure(
        "judgment",
        "Choisir par jugement majoritaire",
        "Pour choisir parmi plusieurs options. Chacune reçoit une mention ; celle qui a la "
        "meilleure mention majoritaire est retenue.",
        "RC",
        "majority_judgment",
        Settings(),
        min_discussion_hours=24,
        min_voting_hours=2 * 24,
        election=ElectionSettings(
            grades=("Excellent", "Bien", "Passable", "Insuffisant", "À rejeter"),
            unmarked=Unmarked.LAST,
        ),
    ),
    DefaultProcedure(
        "seats",
        "Désigner plusieurs personnes en assemblée",
        "Chaque bulletin classe les candidatures ; les sièges sont partagés en proportion (vote "
        "unique transférable). Le vote est secret.",
        "AG",
        "single_transferable_vote",
        Settings(),
        secret=True,
        min_discussion_hours=7 * 24,
        min_voting_hours=4 * 24,
        election=ElectionSettings(unmarked=Unmarked.LAST),
    ),
)
