"""Imports point down, never up or around."""

from __future__ import annotations

import ast
from functools import cache

from tests.house.source import Module, called, functions, imported, modules, nodes

FLOORS: dict[str, int] = {
    "voting": 0,
    "core": 0,
    "members": 1,
    "outbox": 1,
    "auth": 2,
    "discussions": 2,
    "files": 2,
    "wiki": 3,
    "decisions": 3,
    "polls": 3,
    "membership": 4,
    "proposals": 4,
    "meetings": 5,
    "corrections": 5,
    "founding": 5,
    "papers": 5,
    "rulebook": 5,
    "redaction": 5,
    "search": 6,
    "export": 6,
    "audit": 6,
    "citations": 6,
    "notices": 6,
    "web": 7,
}
ENTRANCE_FLOOR = 8
PURE_FILES = {"workflow", "statuses"}
PURE_MODULES = {"core.markdown", "core.text", "core.blocks", "core.diff", "core.merge"}
FLASK_FILES = {"views", "app", "cli"}
TRANSACTION_ENTRANCES = {"views", "cli", "worker", "duties"}
# What a page needs of another room: its answers and its permissions, never its commands.
READABLE = {"queries", "policy", "models", "statuses", "workflow", "rules"}


def is_page(module: Module) -> bool:
    return module.file in {"views", "forms"} or module.package == "web"


def floor(module: Module) -> int:
    if is_page(module):
        return FLOORS["web"]
    return FLOORS.get(module.package, ENTRANCE_FLOOR)


@cache
def by_name() -> dict[str, Module]:
    return {module.name: module for module in modules()}


@cache
def inner_imports(module: Module) -> list[Module]:
    known = by_name()
    found = {known[name].name: known[name] for name in imported(module) if name in known}
    return [other for other in found.values() if other.name not in ("intranet", module.name)]


def is_empty(module: Module) -> bool:
    return not [node for node in module.tree.body if not isinstance(node, ast.Expr)]


def test_imports_point_down() -> None:
    wrong = []
    for module in modules():
        for other in inner_imports(module):
            if is_empty(other) or other.package == module.package:
                continue
            same_floor = floor(other) == floor(module)
            entrance = floor(module) == ENTRANCE_FLOOR
            both_pages = is_page(module) and is_page(other) and other.package == "web"
            wiring = module.name == "intranet.web.blueprints"
            if floor(other) > floor(module) or (
                same_floor and not (entrance or both_pages or wiring)
            ):
                wrong.append(f"{module.name} imports {other.name}")
    assert wrong == []


def test_pages_only_read_other_rooms() -> None:
    wrong = []
    for module in modules():
        if not is_page(module) or module.name == "intranet.web.blueprints":
            continue
        for other in inner_imports(module):
            own = other.package == module.package or other.package in {"core", "web", "voting"}
            if not own and other.package in FLOORS and not is_empty(other):
                if not other.file.endswith(tuple(READABLE)) and other.parts[1:2] not in (
                    ("methods",),
                    ("kinds",),
                ):
                    wrong.append(f"{module.name} imports {other.name}")
    assert wrong == []


def test_the_first_part_of_the_house_holds_no_ring() -> None:
    edges = {
        module.name: [other.name for other in inner_imports(module) if not is_empty(other)]
        for module in modules()
    }
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join([*path[path.index(name) :], name])
        if name not in done:
            for other in edges[name]:
                visit(other, (*path, name))
            done.add(name)

    for name in edges:
        visit(name, ())


def test_pure_files_know_no_framework() -> None:
    wrong = []
    for module in modules():
        pure = (
            module.package == "voting"
            or module.file in PURE_FILES
            or ".".join(module.parts) in PURE_MODULES
        )
        for name in imported(module):
            if pure and name.split(".")[0] in {"flask", "sqlalchemy", "whoosh", "flask_babel"}:
                wrong.append(f"{module.name} imports {name}")
    assert wrong == []


def test_flask_is_met_at_the_door_only() -> None:
    wrong = []
    for module in modules():
        allowed = (
            module.package in {"web", "commands", "doors"}
            or module.file in FLASK_FILES
            or module.package in {"serve", "migrate", "worker"}
            or module.parts[:1] == ("migrations",)
        )
        for name in imported(module):
            if name.split(".")[0] == "flask" and not allowed:
                wrong.append(f"{module.name} imports {name}")
    assert wrong == []


def test_whoosh_lives_in_its_backend() -> None:
    wrong = [
        module.name
        for module in modules()
        for name in imported(module)
        if name.split(".")[0] == "whoosh"
        and not module.name.startswith(
            ("intranet.search.backends.whoosh", "intranet.search.backends._whoosh_")
        )
    ]
    assert wrong == []


def test_only_entrances_open_transactions() -> None:
    wrong = []
    for module in modules():
        entrance = (
            module.file in TRANSACTION_ENTRANCES
            or module.package in {"core", "commands", "web", "migrate", "example"}
            or module.parts[:1] == ("migrations",)
        )
        for node in nodes(module):
            if not isinstance(node, ast.Call):
                continue
            name = called(node)
            if name in {"commit", "rollback", "transaction"} and not entrance:
                if module.parts[:2] == ("search", "backends"):
                    continue  # A search index has commits of its own, outside the records.
                wrong.append(f"{module.name}:{node.lineno} {name}()")
    assert wrong == []


def test_effects_are_caused_by_commands_only() -> None:
    wrong = []
    for module in modules():
        for other in inner_imports(module):
            if other.file != "effects":
                continue
            # The example writes a history that lies in the past, which no person can command.
            allowed = (
                module.file in {"service", "enactment"}
                or "kinds" in module.parts
                or module.package == "example"
            )
            if other.package == module.package or not allowed:
                if not (other.package == module.package and module.file == "service"):
                    wrong.append(f"{module.name} imports {other.name}")
    assert wrong == []


def test_reactions_read_and_never_command() -> None:
    wrong = [
        f"{module.name} imports {other.name}"
        for module in modules()
        if module.package in {"search", "audit"}
        for other in inner_imports(module)
        if other.package != module.package and other.file in {"service", "effects", "views"}
    ]
    assert wrong == []


def test_no_import_hides_inside_a_function() -> None:
    wrong = [
        f"{module.name}:{inner.lineno}"
        for module in modules()
        for function in functions(module)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert wrong == []
