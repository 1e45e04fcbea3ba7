"""The product's own source, parsed once, for the house rules."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "intranet"


@dataclass(frozen=True)
class Module:
    """One Python file of the product."""

    path: Path
    name: str
    tree: ast.Module
    text: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The dotted name without the leading `intranet`."""
        return tuple(self.name.split(".")[1:])

    @property
    def package(self) -> str:
        """The top-level package or module inside `intranet`."""
        return self.parts[0] if self.parts else ""

    @property
    def file(self) -> str:
        """The last part of the dotted name."""
        return self.parts[-1] if self.parts else ""


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the product except migration scripts."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(ROOT)
        if "versions" in relative.parts:
            continue
        parts = list(relative.with_suffix("").parts)
        if parts[-1] == "__init__":
            parts.pop()
        text = path.read_text(encoding="utf-8")
        found.append(Module(path, ".".join(parts), ast.parse(text), text))
    return tuple(found)


@cache
def nodes(module: Module) -> tuple[ast.AST, ...]:
    """Every node of the tree of a module."""
    return tuple(ast.walk(module.tree))


@cache
def imported(module: Module) -> tuple[str, ...]:
    """The dotted names a module imports, with `from a import b` given as both a and a.b."""
    names: list[str] = []
    for node in nodes(module):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return tuple(names)


@cache
def functions(module: Module) -> tuple[ast.FunctionDef, ...]:
    """The functions and methods of a module."""
    return tuple(node for node in nodes(module) if isinstance(node, ast.FunctionDef))


def called(node: ast.Call) -> str:
    """The last part of the name of what is called; nothing for what has no name."""
    match node.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""
