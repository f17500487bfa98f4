"""jq, as far as the pages use it, without the program."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from tests.api.guides.curling import Unknown

_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(-?\d+)\]|(\[\])|(\.)(?=$|\[)")
_SELECT = re.compile(r'select\((\S+) == (".*"|\d+|true|false|null)\)')


def picked(program: str, text: str, *, raw: bool) -> str:
    """What a program such as `.items[] | select(.name == "Spring") | .id` finds in a text."""
    found: Iterable[Any] = [json.loads(text)]
    for part in program.split(" | "):
        found = [one for value in found for one in _through(part.strip(), value)]
    shown = (one if raw and isinstance(one, str) else json.dumps(one, indent=2) for one in found)
    return "".join(f"{one}\n" for one in shown)


def _through(part: str, value: Any) -> Iterator[Any]:
    if part == "length":
        yield len(value)
    elif chosen := _SELECT.fullmatch(part):
        wanted = json.loads(chosen[2])
        if any(one == wanted for one in _along(chosen[1], value)):
            yield value
    else:
        yield from _along(part, value)


def _along(path: str, value: Any) -> list[Any]:
    if "".join(found[0] for found in _STEP.finditer(path)) != path:
        raise Unknown(f"jq: {path}")
    values = [value]
    for name, number, every, _ in _STEP.findall(path):
        if name:
            values = [one.get(name) for one in values]
        elif number:
            values = [one[int(number)] for one in values]
        elif every:
            values = [inner for one in values for inner in one]
    return values
