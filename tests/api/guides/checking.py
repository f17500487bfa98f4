"""What is no program of a page is held against what it is written for."""

import re
import subprocess
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree

from api.cli import main
from api.openapi.sequence import sequence
from api.settings import Settings, SettingsError
from tests.api.described import DOCUMENT
from tests.api.guides.blocks import ROOT, Block

BARE = ("README.md", "openapi/README.md")


def nothing(block: Block) -> Iterator[str]:
    """A block without a language: only where a reader is not to run anything."""
    if block.page not in BARE:
        yield "say what language it is, so that it can be tried"


def environment(block: Block) -> Iterator[str]:
    """Settings: a server would start with them, and knows every one of them."""
    lines = [line.partition("=") for line in block.text.splitlines()]
    given = {name: value for name, _, value in lines if name and not name.startswith("#")}
    try:
        known = Settings.read(given).environ()
    except SettingsError as error:
        yield str(error)
    else:
        unknown = {name for name in given if not name.startswith("AWS_")} - known.keys()
        yield from (f"there is no setting {name}" for name in sorted(unknown))


def drawing(block: Block) -> Iterator[str]:
    """A drawing of who says what to whom: every line says so, and it can be drawn."""
    for line in block.text.splitlines():
        if not re.fullmatch(r": .+|[\w' ]+ --?> [\w' ]+: .+", line):
            yield f"neither said nor between: {line!r}"
    ElementTree.fromstring(sequence(block.text))


def unit(block: Block) -> Iterator[str]:
    """A unit of systemd: what it starts is a command that there is."""
    if not (started := re.findall(r"^ExecStart=\S+/touchstone (\w+)$", block.text, re.MULTILINE)):
        yield "it starts nothing"
    yield from (f"there is no touchstone {name}" for name in started if name not in main.commands)


def proxy(block: Block) -> Iterator[str]:
    """A configuration of nginx: every line is a whole directive or a bracket that is closed."""
    depth = 0
    for line in block.text.splitlines():
        if not line.strip().endswith((";", "{", "}")):
            yield f"no end: {line!r}"
        depth += line.count("{") - line.count("}")
    if depth:
        yield "brackets are left open"


def client(block: Block) -> Iterator[str]:
    """What needs a generated client: the operations it names, and the files, are there."""
    if block.language == "bash":
        checked = subprocess.run(["bash", "-n"], input=block.text, text=True, capture_output=True)
        yield from checked.stderr.splitlines()
        named = set(re.findall(r"\bopenapi/[\w.-]+\w", block.text))
        yield from (f"there is no {name}" for name in sorted(named) if not (ROOT / name).exists())
        return
    words = {word.replace("_", "").lower() for word in re.findall(r"\w+", block.text)}
    words |= {word.removesuffix("async") for word in words}
    asked = [name for item in DOCUMENT["paths"].values() for name in _operations(item)]
    if len(words & {name.lower() for name in asked}) < 2:
        yield "it names fewer than two operations that there are"


def _operations(item: dict[str, Any]) -> Iterator[str]:
    yield from (one["operationId"] for one in item.values() if "operationId" in one)


CHECKS: dict[str, Callable[[Block], Iterator[str]]] = {
    "": nothing,
    "env": environment,
    "ini": unit,
    "nginx": proxy,
    "sequence": drawing,
    "sdk": client,
}
