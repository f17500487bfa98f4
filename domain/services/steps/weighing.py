"""Weighing a proposal against what has become of its subject since it was made."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from domain.database import Row
from domain.errors import Conflict, FieldError
from domain.queries.voices.proposals import differences_of
from domain.rules.proposals import Difference, conflicts, outstanding, told
from domain.services.steps.references import REFERENCES

_SINCE = (
    "What it would change has been changed since: compare, and accept it over version {version}"
    " with over_version, or reject it."
)
_AGAIN = "It has been changed again and is at version {version}: compare anew, then name that one."


def weighed(row: Row, over_version: int | None) -> dict[str, Any]:
    """What is left to change, as it is stored; Conflict where somebody has to decide first.

    Whoever names the version they have seen decides for the proposal, as long as it is at that one.
    """
    found, version = differences_of(row), row["current_version"]
    if over_version is None and conflicts(found):
        raise _refused(_SINCE.format(version=version), row, found)
    if over_version is not None and over_version != version:
        detail = _AGAIN.format(version=version)
        moved = FieldError(detail, "changed_again", pointer="#/over_version")
        raise _refused(detail, row, found, moved)
    return {name: _stored(name, value) for name, value in outstanding(found).items()}


def _refused(detail: str, row: Row, found: Sequence[Difference], *more: FieldError) -> Conflict:
    errors = [
        FieldError(told(one, row["base_version"]), "conflict", pointer=f"#/changes/{one.field}")
        for one in conflicts(found)
    ]
    return Conflict(detail, code="proposal_conflict", errors=[*more, *errors])


def _stored(name: str, value: Any) -> Any:
    """Canonical content has ids as text."""
    if name not in REFERENCES or value is None:
        return value
    return [UUID(item) for item in value] if isinstance(value, list) else UUID(value)
