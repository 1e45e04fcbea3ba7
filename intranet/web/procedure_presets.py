"""Ways to decide that exist elsewhere, to begin a procedure from: data, each with its source.

The words of each stand in `words/presets.py`: its name, when to use it, and where it comes from,
the article of law or the cooperative whose practice it is. A share counted there in parts of the
capital is counted here by person: each member has one voice (law 47-1775, articles 1 and 9).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from intranet.core.text import slugify
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.body_queries import reaches
from intranet.polls import procedure_queries as procedures
from intranet.polls.advising_rules import DECIDES
from intranet.polls.procedure_models import Choosers, Course, NewProcedure, SecondIf
from intranet.voting.settings import Settings
from intranet.voting.types import Base
from intranet.web import messages

DAY = 24
RULES = ("operating_rules", "work_rules")
ALL_RANKS = ("statutes", "operating_rules", "work_rules")
HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)


@dataclass(frozen=True)
class Preset:
    """A way to decide, before a cooperative makes it its own.

    `second` and `escalation` name other presets; `body` is the code that such a body usually has.
    """

    key: str
    group: str
    body: str
    method: str
    settings: Settings
    layers: tuple[str, ...] = RULES
    secret: bool = False
    min_discussion_hours: int = 0
    min_voting_hours: int = DAY
    course: Course = Course()  # noqa: RUF009 - a frozen value
    second: str = ""
    escalation: str = ""
    proxy_cap: int | None = None

    @property
    def name(self) -> str:
        """What it is called, in the language of the reader."""
        return messages.label(f"preset.{self.key}")

    @property
    def use(self) -> str:
        """When to use it."""
        return messages.label(f"preset.{self.key}.use")

    @property
    def source(self) -> str:
        """The article of law, or whose practice it is."""
        return messages.label(f"preset.{self.key}.source")

    @property
    def follows(self) -> list[str]:
        """The names of the presets to write first, so that this one can name them."""
        wanted = [preset(key) for key in (self.second, self.escalation) if key]
        return [one.name for one in wanted if one]


def _assembly(key: str, group: str, method: str, settings: Settings, **more: object) -> Preset:
    """A vote of the assembly, convened fifteen days before."""
    told: dict[str, object] = {"min_discussion_hours": 15 * DAY, "min_voting_hours": 4 * DAY} | more
    return Preset(key, group, "AG", method, settings, **told)  # type: ignore[arg-type]


def _among(base: Base, threshold: Fraction, strict: bool, quorum: Fraction | None) -> Settings:
    return Settings(base=base, threshold=threshold, strict=strict, quorum=quorum)


_MISSED_IN_15 = Course(second_if=SecondIf.NO_QUORUM, second_after_hours=15 * DAY)
_MISSED_IN_10 = Course(second_if=SecondIf.NO_QUORUM, second_after_hours=10 * DAY)
_NOT_REACHED = Course(second_if=SecondIf.NOT_ADOPTED, second_after_hours=15 * DAY)

SARL = (
    _assembly(
        "sarl_ago_1",
        "sarl",
        "qualified_majority",
        _among(Base.REGISTERED, HALF, True, None),
        course=_NOT_REACHED,
        second="sarl_ago_2",
    ),
    _assembly("sarl_ago_2", "sarl", "simple_majority", Settings()),
    _assembly(
        "sarl_managers",
        "sarl",
        "qualified_majority",
        _among(Base.REGISTERED, HALF, True, None),
        layers=(),
        secret=True,
    ),
    _assembly(
        "sarl_age_1",
        "sarl",
        "qualified_majority",
        _among(Base.PRESENT_OR_REPRESENTED, TWO_THIRDS, False, Fraction(1, 4)),
        layers=ALL_RANKS,
        course=_MISSED_IN_15,
        second="sarl_age_2",
    ),
    _assembly(
        "sarl_age_2",
        "sarl",
        "qualified_majority",
        _among(Base.PRESENT_OR_REPRESENTED, TWO_THIRDS, False, Fraction(1, 5)),
        layers=ALL_RANKS,
    ),
)

SA = (
    _assembly(
        "sa_ago_1",
        "sa",
        "simple_majority",
        Settings(quorum=Fraction(1, 5)),
        course=_MISSED_IN_10,
        second="sa_ago_2",
    ),
    _assembly("sa_ago_2", "sa", "simple_majority", Settings(), min_discussion_hours=10 * DAY),
    _assembly(
        "sa_directors",
        "sa",
        "simple_majority",
        Settings(quorum=Fraction(1, 5)),
        layers=(),
        secret=True,
    ),
    _assembly(
        "sa_age_1",
        "sa",
        "qualified_majority",
        _among(Base.CAST, TWO_THIRDS, False, Fraction(1, 4)),
        layers=ALL_RANKS,
        course=_MISSED_IN_10,
        second="sa_age_2",
    ),
    _assembly(
        "sa_age_2",
        "sa",
        "qualified_majority",
        _among(Base.CAST, TWO_THIRDS, False, Fraction(1, 5)),
        layers=ALL_RANKS,
        min_discussion_hours=10 * DAY,
    ),
)


def _consent(key: str, group: str, voting_days: int, **more: object) -> Preset:
    """A round of consent among the people who work together."""
    settings = more.pop("settings", Settings())
    told: dict[str, object] = {"layers": ("work_rules",), "min_voting_hours": voting_days * DAY}
    return Preset(key, group, "RC", "consent", settings, **(told | more))  # type: ignore[arg-type]


ADVICE = Preset(
    "advice",
    "practice",
    "RC",
    "advice_process",
    Settings(),
    layers=(),
    min_voting_hours=3 * DAY,
    course=Course(kinds=DECIDES, choosers=Choosers.MEMBERS),
    proxy_cap=0,
)

PRACTICE = (
    _consent("everyday_consent", "practice", 2, min_discussion_hours=DAY),
    ADVICE,
    _consent("standard", "enspiral", 5),
    _consent("significant", "enspiral", 7, settings=Settings(quorum=HALF)),
    _consent("quorum", "enspiral", 7, settings=Settings(quorum=Fraction(3, 4))),
    _consent(
        "emergency",
        "enspiral",
        10,
        settings=Settings(base=Base.PRESENT_OR_REPRESENTED, objection_override=Fraction(3, 4)),
    ),
    _consent("group_consent", "escalation", 5, layers=(), escalation="forum_consent"),
    _consent("forum_consent", "escalation", 7, escalation="assembly_majority"),
    _assembly("assembly_majority", "escalation", "simple_majority", Settings()),
)

PRESETS = (*SARL, *SA, *PRACTICE)
GROUPS = ("sarl", "sa", "practice", "enspiral", "escalation")


def preset(key: str) -> Preset | None:
    """The preset of this key, if there is one."""
    return next((one for one in PRESETS if one.key == key), None)


def in_groups() -> list[tuple[str, list[Preset]]]:
    """The presets by group, each group with its words."""
    return [
        (messages.label(f"preset_group.{group}"), [one for one in PRESETS if one.group == group])
        for group in GROUPS
    ]


def as_procedure(reader: Reader, chosen: Preset) -> NewProcedure:
    """What a preset would write here; what follows it is named once it has itself been written."""
    there = {card.key: card.body_id for card in procedures.procedures(reader)}
    bodies = {body.code: body.id for body in members.bodies(reader)}
    course = chosen.course
    named = {
        name: key
        for name, other in (("second", chosen.second), ("escalation", chosen.escalation))
        if (key := _key_of(other)) and key in there
    }
    wider = there.get(named.get("escalation", ""))
    if wider is not None and not reaches(reader, bodies.get(chosen.body, 0), wider):
        del named["escalation"]
    return NewProcedure(
        name=chosen.name,
        description=f"{chosen.use} {chosen.source}",
        body_id=bodies.get(chosen.body, 0),
        method=chosen.method,
        settings=chosen.settings,
        secret=chosen.secret,
        min_discussion_hours=chosen.min_discussion_hours,
        min_voting_hours=chosen.min_voting_hours,
        layers=chosen.layers,
        proxy_cap=chosen.proxy_cap,
        course=Course.from_json(course.to_json() | named),
    )


def _key_of(key: str) -> str:
    """The address that a procedure written from this preset gets, in the language of the reader."""
    followed = preset(key)
    return slugify(followed.name) if followed else ""
