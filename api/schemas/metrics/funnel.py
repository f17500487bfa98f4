"""The drop-off funnel on the wire."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from api.schemas.base import Count, Reply
from api.schemas.metrics.figures import Total, shown
from domain.database import Row
from domain.rules.funnel import (
    MODEL,
    MODEL_VERSION,
    Measured,
    Step,
    stage,
    touchpoints,
    worst,
)


class FunnelTouchpoint(Reply):
    """One touchpoint. `rate` is the percentage of those who entered that left here.

    `survival` is the percentage of all who began that is left after it. Null is not measured.
    `finding_id` is the newest drop-off that was recorded here.
    """

    touchpoint_id: UUID
    name: str
    finding_id: UUID | None
    measured_from: date | None
    measured_to: date | None
    entered: Total | None
    left: Total | None
    rate: float | None
    survival: float | None
    worst: bool
    explanation: str


class FunnelStage(Reply):
    """One stage. `entered` is of its first measured touchpoint, `rate` the percentage that left.

    Touchpoints may count different customers, so that counts are not added up: `left` is that
    percentage of `entered`, to the nearest whole.
    """

    stage_id: UUID
    name: str
    entered: Total | None
    left: Total | None
    rate: float | None
    survival: float | None
    worst: bool
    explanation: str
    touchpoints: list[FunnelTouchpoint]


class DropOffFunnel(Reply):
    """Where customers leave. `worst` marks the stage and the touchpoint where most of them do."""

    journey_id: UUID
    model: str
    model_version: Count
    survival: float | None
    worst_touchpoint_id: UUID | None
    stages: list[FunnelStage]


def drop_off_funnel(rows: Sequence[Row], journey_id: UUID) -> DropOffFunnel:
    """The funnel from what was measured."""
    steps = touchpoints(Measured(row["id"], row["entered"], row["left_count"]) for row in rows)
    least = worst(steps)
    pairs = list(zip(rows, steps, range(len(rows)), strict=True))
    grouped = [list(of) for _, of in groupby(pairs, key=lambda pair: pair[0]["stage_id"])]
    whole = [stage([step for _, step, _ in of]) for of in grouped]
    least_stage = worst(whole)
    return DropOffFunnel(
        journey_id=journey_id,
        model=MODEL,
        model_version=MODEL_VERSION,
        survival=shown(steps[-1].survival) if steps else None,
        worst_touchpoint_id=None if least is None else rows[least]["id"],
        stages=[
            _stage(
                of[0][0],
                whole[place],
                place == least_stage,
                [_touchpoint(row, step, at == least) for row, step, at in of],
            )
            for place, of in enumerate(grouped)
        ],
    )


def _stage(row: Row, step: Step, is_worst: bool, within: list[FunnelTouchpoint]) -> FunnelStage:
    return FunnelStage(
        stage_id=row["stage_id"],
        name=row["stage_name"],
        **_figures(step, is_worst),
        touchpoints=within,
    )


def _touchpoint(row: Row, step: Step, is_worst: bool) -> FunnelTouchpoint:
    return FunnelTouchpoint(
        touchpoint_id=row["id"],
        name=row["name"],
        finding_id=row["finding_id"],
        measured_from=row["measured_from"],
        measured_to=row["measured_to"],
        **_figures(step, is_worst),
    )


def _figures(step: Step, is_worst: bool) -> dict[str, Any]:
    """What is told of a stage and of a touchpoint alike."""
    return {
        "entered": step.entered,
        "left": step.left,
        "rate": shown(step.rate),
        "survival": shown(step.survival),
        "worst": is_worst,
        "explanation": step.explanation,
    }
