"""What the kinds of findings say, and what is computed from it."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from domain.results import FindingKind, FindingStatus

COMMON = frozenset({"text", "contact_context"})
"""What every finding says."""

FIELDS: Mapping[FindingKind, frozenset[str]] = MappingProxyType(
    {
        FindingKind.PAIN_POINT: frozenset({"pain", "side", "severity", "frequency"}),
        FindingKind.REQUIREMENT: frozenset({"side", "met"}),
        FindingKind.INFORMATION_GAP: frozenset({"fault", "lacking", "department_id"}),
        FindingKind.EXPERIENCE: frozenset({"experience"}),
        FindingKind.OBSTACLE: frozenset({"department_id", "blocks"}),
        FindingKind.DROP_OFF: frozenset(
            {
                "entered",
                "left_count",
                "went_to",
                "source",
                "measured_from",
                "measured_to",
                "caused_by_id",
            }
        ),
        FindingKind.PROMISE: frozenset({"department_id", "met"}),
    }
)
"""What those of a kind say besides."""

CLOSED = (FindingStatus.ADDRESSED, FindingStatus.DISMISSED)
"""How a finding is closed by hand; it can be reopened."""


def foreign(kind: FindingKind, names: Iterable[str]) -> list[str]:
    """Those of the fields that findings of this kind do not have, by name."""
    return sorted(set(names) - COMMON - FIELDS[kind])


def drop_off_rate(entered: int | None, left: int | None) -> float | None:
    """Which share of those who entered left, from 0 to 1, to four decimals; None without both."""
    return None if not entered or left is None else round(left / entered, 4)


def faults(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What contradicts itself in a drop-off: (field, sentence)."""
    found = []
    entered, left = told.get("entered"), told.get("left_count")
    if entered is not None and left is not None and left > entered:
        found.append(("left_count", "No more can leave than entered."))
    since, until = told.get("measured_from"), told.get("measured_to")
    if isinstance(since, date) and isinstance(until, date) and since > until:
        found.append(("measured_to", "A period ends on the day it begins, or later."))
    return found
