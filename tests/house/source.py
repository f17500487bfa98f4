"""The source of the house, parsed: what the rules of tests/house look at."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOOKED_AT = (ast.Call, ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef)
MADE = {"build", "node_modules"}  # by programs, and known to git as such


@dataclass(frozen=True)
class File:
    """One Python file of the house."""

    name: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """What the rules look at, found in one walk for all of them."""
        return tuple(node for node in ast.walk(self.tree) if isinstance(node, LOOKED_AT))

    def calls(self) -> Iterator[tuple[str, int]]:
        """Every call: the last part of the called name, and its line; `sleep(0)` only yields."""
        for node in self.nodes:
            if isinstance(node, ast.Call) and not only_yields(node):
                yield name_of(node.func), node.lineno

    def imports(self) -> Iterator[tuple[str, int]]:
        """Every imported module and `module.name`, with its line."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from ((alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.module or "", node.lineno
                yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)

    def functions(self) -> Iterator[tuple[str, int]]:
        """Every function, with how many lines it has."""
        for node in self.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def only_yields(call: ast.Call) -> bool:
    """Whether a call is `asyncio.sleep(0)`."""
    return name_of(call.func) == "sleep" and ast.unparse(call) == "asyncio.sleep(0)"


def name_of(node: ast.expr) -> str:
    """The last part of a dotted name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


@cache
def files(*folders: str) -> tuple[File, ...]:
    """Every Python file below the folders."""
    found = sorted(path for folder in folders for path in _below(ROOT / folder))
    assert found, f"nothing in {folders}"
    return tuple(map(parsed, found))


def _below(folder: Path) -> Iterator[Path]:
    for here, inner, names in os.walk(folder):
        inner[:] = set(inner) - MADE
        yield from (Path(here, name) for name in names if name.endswith(".py"))


@cache
def parsed(path: Path) -> File:
    """One file, read once whoever asks for it."""
    text = path.read_text()
    return File(str(path.relative_to(ROOT)), text, ast.parse(text))
