"""The decision methods of the installation, found by looking in the folder `methods`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType

from intranet.voting import methods
from intranet.voting.method import Method
from intranet.voting.settings import Settings
from intranet.voting.types import Setting


class UnknownMethod(LookupError):
    """No method has this key."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def all_methods() -> tuple[Method, ...]:
    """Every method, in the order of their keys."""
    return tuple(_METHODS.values())


def method(key: str) -> Method:
    """The method of this key. Raises UnknownMethod."""
    try:
        return _METHODS[key]
    except KeyError:
        raise UnknownMethod(key) from None


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


def _find_methods() -> Mapping[str, Method]:
    """Load each module of the folder; its name must be the key of its method."""
    found: dict[str, Method] = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(methods.__path__)):
        one: Method = importlib.import_module(f"{methods.__name__}.{name}").METHOD
        if one.key != name:
            raise ValueError(f"the method in {name}.py calls itself {one.key}")
        found[name] = one
    return MappingProxyType(found)


_METHODS = _find_methods()
