"""The decision methods of the installation, found by looking in the folder `methods`.

There are two families: those that adopt or reject one text (`method.Method`) and those that
choose among candidates (`election.Election`).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from intranet.voting import methods
from intranet.voting.election import Election, ElectionSettings
from intranet.voting.method import Method
from intranet.voting.settings import Settings
from intranet.voting.types import BallotForm, Setting


class UnknownMethod(LookupError):
    """No method has this key."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def all_methods() -> tuple[Method, ...]:
    """Every method that adopts or rejects one text, in the order of their keys."""
    return tuple(_METHODS.values())


def offered_methods() -> tuple[Method, ...]:
    """The methods on one text that a procedure may be written with: all of them."""
    return all_methods()


def method(key: str) -> Method:
    """The method of this key that adopts or rejects one text. Raises UnknownMethod."""
    try:
        return _METHODS[key]
    except KeyError:
        raise UnknownMethod(key) from None


def all_elections() -> tuple[Election, ...]:
    """Every method that chooses among candidates, in the order of their keys."""
    return tuple(_ELECTIONS.values())


def election(key: str) -> Election:
    """The method of this key that chooses among candidates. Raises UnknownMethod."""
    try:
        return _ELECTIONS[key]
    except KeyError:
        raise UnknownMethod(key) from None


def is_election(key: str) -> bool:
    """Whether the method of this key chooses among candidates. Raises UnknownMethod."""
    return _found(key) in _ELECTIONS.values()


def ballot_form(key: str) -> BallotForm:
    """What a voter has in hand with this method. Raises UnknownMethod."""
    form: BallotForm = _found(key).ballot
    return form


def settings_read(key: str) -> frozenset[str]:
    """The names of the settings that this method reads. Raises UnknownMethod."""
    return frozenset(str(name) for name in _found(key).settings)


def offered_elections() -> tuple[Election, ...]:
    """The elections that a procedure may be written with: all of them."""
    return all_elections()


def without_ballots() -> tuple[str, ...]:
    """The keys of the methods under which nobody votes."""
    return tuple(one.key for one in all_elections() if one.ballot is BallotForm.NONE)


def _found(key: str) -> Any:
    if key not in _FOUND:
        raise UnknownMethod(key)
    return _FOUND[key]


def unused_settings(key: str, settings: Settings) -> tuple[str, ...]:
    """The settings that differ from their default although this method does not read them.

    A procedure that names one promises members something the count will not do: refuse it when
    the procedure is written. Raises UnknownMethod.
    """
    read = set(method(key).settings)
    return tuple(
        field.name
        for field in fields(settings)
        if Setting(field.name) not in read and getattr(settings, field.name) != field.default
    )


def unused_election_settings(key: str, settings: ElectionSettings) -> tuple[str, ...]:
    """As `unused_settings`, for a method that chooses among candidates. Raises UnknownMethod."""
    default, read = ElectionSettings(), set(election(key).settings)
    return tuple(
        field.name
        for field in fields(settings)
        if field.name not in read and getattr(settings, field.name) != getattr(default, field.name)
    )


def _find() -> Mapping[str, Any]:
    """Load each module of the folder; its name must be the key of its method."""
    found: dict[str, Any] = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(methods.__path__)):
        one = importlib.import_module(f"{methods.__name__}.{name}").METHOD
        if one.key != name:
            raise ValueError(f"the method in {name}.py calls itself {one.key}")
        found[name] = one
    return found


_FOUND = _find()
_ELECTIONS: Mapping[str, Election] = MappingProxyType(
    {key: one for key, one in _FOUND.items() if hasattr(one, "count")}
)
_METHODS: Mapping[str, Method] = MappingProxyType(
    {key: one for key, one in _FOUND.items() if key not in _ELECTIONS}
)
