"""What a proposal comes to, field by field, where others may have changed the subject since.

Values are those of canonical content: text, whole numbers, true and false, null, lists of text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

EMPTY_CELL: Final[Mapping[str, Any]] = {"body": ""}
"""What a cell says that nobody has written yet."""
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: what it said when the proposal was made, says now, and is to say.

    It is a `conflict` when somebody has changed it since to something else than was proposed.
    """

    field: str
    base: Any
    now: Any
    proposed: Any
    conflict: bool


def meant(base: Mapping[str, Any] | None, changes: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody meant to change: not what they sent along as they had found it."""
    known = {} if base is None else base
    return {
        name: value for name, value in changes.items() if name not in known or known[name] != value
    }


def differences(
    base: Mapping[str, Any] | None, now: Mapping[str, Any], changes: Mapping[str, Any]
) -> list[Difference]:
    """Every proposed field against what was and what is.

    Where nobody knows any more what was (None), whatever is there may have been put there since.
    """
    return [
        Difference(
            field=name,
            base=None if base is None else base.get(name),
            now=now.get(name),
            proposed=proposed,
            conflict=now.get(name) != proposed
            and (base is None or base.get(name) != now.get(name)),
        )
        for name, proposed in changes.items()
    ]


def conflicts(found: Iterable[Difference]) -> list[Difference]:
    """Those about which somebody has to decide."""
    return [one for one in found if one.conflict]


def outstanding(found: Iterable[Difference]) -> dict[str, Any]:
    """What accepting the proposal changes: the fields that do not say it already."""
    return {one.field: one.proposed for one in found if one.now != one.proposed}


def told(one: Difference, base_version: int) -> str:
    """A conflict in a sentence."""
    return (
        f"{label(one.field)}: {_quoted(one.base)} in version {base_version},"
        f" {_quoted(one.now)} now, {_quoted(one.proposed)} proposed."
    )


def label(field: str) -> str:
    """The name of a field in words, to begin a sentence with."""
    return field.removesuffix("_id").replace("_ids", "s").replace("_", " ").capitalize()


def _quoted(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_quoted(item) for item in value) if value else "empty"
    if value is None or value == "":
        return "empty"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return f"“{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}”"
