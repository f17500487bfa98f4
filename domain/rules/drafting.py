"""Opportunities in the making: what a difference between now and the future wants said."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from domain.rules.comparing import Told
from domain.rules.differences import Change, FieldChange
from domain.words import SubjectKind

LONGEST_TITLE: Final = 200
LONGEST_STATEMENT: Final = 10_000
LONGEST_VALUE: Final = 300
"""How many characters of a value a statement repeats."""

_KINDS: Final[Mapping[str, str]] = {
    SubjectKind.JOURNEY: "the journey",
    SubjectKind.STAGE: "the stage",
    SubjectKind.LANE: "the question",
    SubjectKind.TOUCHPOINT: "the touchpoint",
    SubjectKind.EMOTION: "the emotion",
    SubjectKind.CELL: "the answer",
}
_TITLES: Final[Mapping[Change, str]] = {
    Change.ADDED: "Introduce {it}",
    Change.REMOVED: "Do without {it}",
    Change.CHANGED: "Change {fields} of {it}",
    Change.MOVED: "Move {it}",
}
_STATEMENTS: Final[Mapping[Change, str]] = {
    Change.ADDED: "“{now}” has {it}; “{was}” has nothing like it.",
    Change.REMOVED: "“{was}” has {it}; “{now}” does without.",
    Change.CHANGED: "“{now}” changes {it} of “{was}”.",
    Change.MOVED: "“{now}” has {it} in another place than “{was}”.",
}


def draft_id(now_journey_id: UUID, was_journey_id: UUID, told: Told) -> UUID:
    """The id of the opportunity that a difference of two journeys becomes: always the same one.

    A UUIDv7 of the time at which the second journey was begun, its random part a hash of what is
    meant. So what has been drafted once is known, whatever has become of it since.
    """
    meant = f"{was_journey_id}/{now_journey_id}/{told.id}".encode()
    random = int.from_bytes(sha256(meant).digest()[:10])
    high, low = random >> 62 & 0xFFF, random & ((1 << 62) - 1)
    milliseconds = now_journey_id.int >> 80
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def title(told: Told) -> str:
    """What is to be done, in one line."""
    fields = _listed([_spoken(one.field) for one in told.difference.fields])
    text = _TITLES[told.difference.change].format(it=_it(told), fields=fields)
    return _cut(text, LONGEST_TITLE)


def statement(told: Told, was: str, now: str) -> str:
    """What is and what is to be, for the journeys of these titles."""
    change = told.difference.change
    lines = [_STATEMENTS[change].format(it=_it(told), was=was, now=now)]
    if change is Change.CHANGED:
        lines += [_line(one) for one in told.difference.fields]
    return _cut("\n".join(lines), LONGEST_STATEMENT)


def _it(told: Told) -> str:
    kind, name = _KINDS[told.difference.kind], told.difference.name
    return f"{kind} “{name}”" if name else kind


def _spoken(field: str) -> str:
    return "the " + field.removesuffix("_ids").removesuffix("_id").replace("_", " ")


def _listed(names: list[str]) -> str:
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} more"
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _line(one: FieldChange) -> str:
    """Ids say nothing to a reader: of what is named by them only that it is another."""
    name = _spoken(one.field).removeprefix("the ").capitalize()
    if one.field.endswith(("_id", "_ids")):
        return f"{name}: another one."
    return f"{name}: was {_value(one.was)}, is to be {_value(one.now)}."


def _value(value: Any) -> str:
    if value in (None, "", []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    told = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"“{_cut(told, LONGEST_VALUE)}”"


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
