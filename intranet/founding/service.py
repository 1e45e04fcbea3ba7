"""Setting an installation up: the cooperative, its first person and account, and its bodies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from intranet.auth import effects as auth_effects
from intranet.auth import setup
from intranet.auth.credentials import is_address
from intranet.auth.passwords import weakness
from intranet.core import clock
from intranet.core.policy import Invalid
from intranet.core.transaction import Reader, Transaction
from intranet.founding.defaults import BODIES, PROCEDURES
from intranet.founding.policy import may_found
from intranet.members import effects as members_effects
from intranet.members import queries as members_queries
from intranet.members.statuses import Status
from intranet.polls.service import NewProcedure, define_procedure

LONGEST_NAME = 120
TIME_ZONE = "Europe/Paris"


@dataclass(frozen=True)
class Founding:
    """What somebody says to set an installation up."""

    name: str
    locale: str
    person: str
    email: str
    password: str


def link_opens(reader: Reader, instance: Path, token: str) -> bool:
    """Whether this is the one-time link of an installation that is not set up."""
    verdict = may_found(reader, members_queries.cooperative(reader.session).is_set_up)
    return bool(verdict) and setup.opens(instance, token)


def forget_link(instance: Path) -> None:
    """Remove the one-time link, after the set-up."""
    setup.forget_link(instance)


def found_cooperative(tx: Transaction, founding: Founding, locales: frozenset[str]) -> int:
    """Set the installation up and give the number of the first account.

    The first person is an employed member from today, and administrator so that somebody can let
    the others in. Raises Refused when there is a cooperative already, Invalid by field.
    """
    is_set_up = members_queries.cooperative(tx.session).is_set_up
    tx.require(may_found, is_set_up)
    errors = errors_of(founding, locales)
    if errors:
        raise Invalid(**errors)
    members_effects.name_cooperative(tx, founding.name.strip(), founding.locale, TIME_ZONE)
    today = clock.local_day(tx.now, members_queries.cooperative(tx.session).zone)
    name = " ".join(founding.person.split())
    person_id = members_effects.add_person(tx, name, Status.MEMBER_EMPLOYEE, today)
    account_id = auth_effects.add_founder(tx, person_id, founding.email, founding.password)
    _add_ways_to_decide(tx)
    return account_id


def _add_ways_to_decide(tx: Transaction) -> None:
    """The bodies of the law and a first procedure for each kind of decision."""
    numbers: dict[str, int] = {}
    for body in BODIES:
        numbers[body.code] = members_effects.add_body(
            tx,
            body.code,
            body.name,
            body.description,
            body.statuses,
            numbers.get(body.above),
        )
    for way in PROCEDURES:
        procedure = NewProcedure(
            name=way.name,
            description=way.description,
            body_id=numbers[way.body],
            method=way.method,
            settings=way.settings,
            election=way.election,
            secret=way.secret,
            min_discussion_hours=way.min_discussion_hours,
            min_voting_hours=way.min_voting_hours,
            layers=way.layers,
            key=way.key,
        )
        define_procedure(tx, procedure)


def errors_of(founding: Founding, locales: frozenset[str]) -> dict[str, str]:
    """What has to be corrected, as codes by field; empty when all is well."""
    errors = {}
    for field, value in (("name", founding.name), ("person", founding.person)):
        if not 0 < len(value.strip()) <= LONGEST_NAME:
            errors[field] = "members.name_length"
    if founding.locale not in locales:
        errors["locale"] = "members.unknown_language"
    if not is_address(founding.email):
        errors["email"] = "auth.not_an_address"
    weak = weakness(founding.password, founding.email, founding.person, founding.name)
    if weak:
        errors["password"] = weak
    return errors
