"""Outcomes on the wire."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Body, Instant, Name, Reply, Text, Version, changes, present
from domain.database import Row
from domain.errors import FieldError, Invalid
from domain.results import Better, OutcomeStatus
from domain.rules.direction import Direction
from domain.rules.outcomes import PLACES, Period, moved

Measured = Annotated[
    float,
    Meta(ge=-1_000_000_000, le=1_000_000_000, description="A figure, to six places at the most."),
]
Sample = Annotated[int, Meta(ge=1, le=9_007_199_254_740_991, description="How many were asked.")]
_FIGURES = ("baseline", "target", "actual")


class OutcomeNew(Body):
    """What was measured before and after an action: each figure with its days, both included, and
    its n, where that is known. What is measured after begins after the last day of before.
    """

    measure: Annotated[Name, Meta(description="What is measured, such as waiting time.")]
    better: Better
    baseline: Measured
    baseline_from: date
    baseline_to: date
    actual: Measured
    actual_from: date
    actual_to: date
    metric_id: UUID | None = None
    unit: Annotated[str, Meta(max_length=50)] = ""
    baseline_n: Sample | None = None
    target: Measured | None = None
    actual_n: Sample | None = None
    note: Text = ""


class Decision(StrEnum):
    """What somebody who did not record it says of an outcome."""

    VERIFIED = "verified"
    DISPUTED = "disputed"


class Verification(Body):
    """Whether the figures hold, and why."""

    decision: Decision
    note: Text = ""


class OutcomeMoved(Reply):
    """`difference` is after less before, `relative` that to the size of before, null if it is 0.

    The sentence tells both periods and both n, and claims no cause.
    """

    difference: float
    relative: float | None
    direction: Direction
    target_reached: bool | None
    sentence: str


class Outcome(Reply):
    """What moved after an action, and who says that the figures hold."""

    id: UUID
    action_id: UUID
    journey_id: UUID
    version: Version
    metric_id: UUID | None
    measure: str
    unit: str
    better: Better
    baseline: float
    baseline_from: date
    baseline_to: date
    baseline_n: Sample | None
    target: float | None
    actual: float
    actual_from: date
    actual_to: date
    actual_n: Sample | None
    note: str
    moved: OutcomeMoved
    status: OutcomeStatus
    recorded_by: UUID
    judged_by: UUID | None
    judged_at: Instant | None
    judgment_note: str
    created_at: Instant
    updated_at: Instant


def figures(body: OutcomeNew) -> dict[str, Any]:
    """What was measured, as the domain stores it; Invalid where a figure has too many places."""
    told = changes(body)
    exact = {name: _exact(name, told[name]) for name in _FIGURES if told[name] is not None}
    return {**told, "better": body.better.value, **exact}


def _exact(name: str, value: float) -> Decimal:
    given = Decimal(repr(value))
    kept = given.quantize(PLACES)
    if kept != given:
        detail = "Six places after the point are kept: round the figure first."
        fault = FieldError(detail, "too_precise", f"#/{name}")
        raise Invalid(detail, code="too_precise", errors=[fault])
    return kept


def moved_by(row: Row) -> OutcomeMoved:
    """What moved, of a row of outcomes."""
    before, after = (
        Period(*(row[f"{name}{part}"] for part in ("", "_from", "_to", "_n")))
        for name in ("baseline", "actual")
    )
    its = moved(row["measure"], row["unit"], Better(row["better"]), before, after, row["target"])
    return OutcomeMoved(
        difference=float(its.difference),
        relative=None if its.relative is None else float(its.relative),
        direction=its.direction,
        target_reached=its.target_reached,
        sentence=its.sentence,
    )


def outcome(row: Row) -> Outcome:
    """One outcome."""
    told = {name: None if row[name] is None else float(row[name]) for name in _FIGURES}
    return present(Outcome, row, moved=moved_by(row), **told)
