"""How something moves from one status to another, by a table of what may follow what."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import TypeVar

from domain.errors import Conflict, FieldError

S = TypeVar("S", bound=StrEnum)
Moves = Mapping[S, tuple[S, ...]]


def after(table: Moves[S], current: S) -> tuple[S, ...]:
    """What may follow, in the order of the table."""
    return table.get(current, ())


def check_move(table: Moves[S], what: str, current: S, to: S) -> None:
    """Conflict that names what is allowed instead."""
    allowed = after(table, current)
    if to in allowed:
        return
    names = " or ".join(_words(one) for one in allowed) or "nothing else"
    detail = f"{what} that is {_words(current)} can only become {names}, not {_words(to)}."
    code = "transition_not_allowed"
    raise Conflict(detail, code=code, errors=(FieldError(detail, code, pointer="#/to"),))


def check_note(needed: Collection[S], to: S, note: str) -> FieldError | None:
    """What is wrong where a move needs a word of why and there is none."""
    if to not in needed or note.strip():
        return None
    detail = f"Say in `note` why it becomes {_words(to)}."
    return FieldError(detail, "note_required", pointer="#/note")


def _words(status: StrEnum) -> str:
    return status.value.replace("_", " ")
