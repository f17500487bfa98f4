"""The emotion curve of a journey on the wire."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Count, Reply
from api.schemas.figures import RankingInput, inputs
from api.schemas.voices.aggregates import shown
from domain.database import Row
from domain.rules import curve
from domain.rules.curve import MODEL_VERSION, Figure, Mood, Point
from domain.rules.ranking import Feeling
from domain.words import MomentStatus

AS_DRAWN = "as_drawn"
Drawn = Annotated[float, Meta(ge=-2, le=2)]


class CurvePoint(Reply):
    """One touchpoint on the curve: the strongest of its `n` recorded emotions.

    `value` is its valence x intensity / 5, from -2 to 2; null where no emotion is recorded.
    """

    touchpoint_id: UUID
    touchpoint_name: str
    stage_id: UUID
    moment_id: UUID | None
    moment_status: MomentStatus | None
    value: Drawn | None
    mood: Mood | None
    label: str | None
    model: str
    model_version: Count
    n: Count
    inputs: list[RankingInput]
    explanation: str


class DrawnFigure(Reply):
    """A figure of the whole journey as drawn; null where no emotion is recorded."""

    value: float | None
    basis: str
    model: str
    model_version: Count
    n: Count
    inputs: list[RankingInput]
    explanation: str


class EmotionCurve(Reply):
    """What customers feel along a journey, as drawn: what is recorded, not what was measured.

    `points` stand in map order. `peak` is the touchpoint furthest from neutral, `end` the last one
    with a mood; both null where no emotion is recorded. `happiness` is a percentage.
    """

    journey_id: UUID
    persona_id: UUID | None
    basis: str
    points: list[CurvePoint]
    peak: CurvePoint | None
    end: CurvePoint | None
    happiness: DrawnFigure
    peak_end: DrawnFigure
    mean: DrawnFigure


def emotion_curve(rows: Sequence[Row], journey_id: UUID, persona_id: UUID | None) -> EmotionCurve:
    """The curve of what was found."""
    found = [curve.point([Feeling(*felt) for felt in row["feelings"] or ()]) for row in rows]
    points = [_point(row, one) for row, one in zip(rows, found, strict=True)]
    felt = [point for point in points if point.value is not None]
    values = [one.value for one in found if one.value is not None]
    return EmotionCurve(
        journey_id=journey_id,
        persona_id=persona_id,
        basis=AS_DRAWN,
        points=points,
        peak=felt[curve.peak(values)] if felt else None,
        end=felt[-1] if felt else None,
        happiness=_figure("happiness", curve.happiness([one.mood for one in found if one.mood])),
        peak_end=_figure("peak_end", curve.peak_end(values)),
        mean=_figure("mean_as_drawn", curve.mean(values)),
    )


def _point(row: Row, one: Point) -> CurvePoint:
    felt = one.feeling
    went_in: Mapping[str, Fraction | int] = (
        {"valence": felt.valence, "intensity": felt.intensity} if felt else {}
    )
    return CurvePoint(
        touchpoint_id=row["id"],
        touchpoint_name=row["name"],
        stage_id=row["stage_id"],
        moment_id=row["moment_id"],
        moment_status=row["moment_status"],
        value=None if one.value is None else shown(one.value),
        mood=one.mood,
        label=felt.label if felt else None,
        model="emotion_curve",
        model_version=MODEL_VERSION,
        n=one.n,
        inputs=inputs(went_in),
        explanation=one.explanation,
    )


def _figure(model: str, figure: Figure) -> DrawnFigure:
    return DrawnFigure(
        value=None if figure.value is None else shown(figure.value),
        basis=AS_DRAWN,
        model=model,
        model_version=MODEL_VERSION,
        n=figure.n,
        inputs=inputs(figure.inputs),
        explanation=figure.explanation,
    )
