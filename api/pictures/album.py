"""Every kind of picture, and how it is drawn: as one picture, and as pages of paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from api.pictures import opportunity_matrix, participation, perception_gap, ranking
from api.pictures.chart import Chart, paged, whole
from api.pictures.journey_map import CURVE, WHOLE, Plan, journey_map, journey_pages
from api.pictures.marks import Picture

A3_WIDTH, A3_HEIGHT = 1587.0, 1123.0
"""A sheet of A3 on its side, in 96ths of an inch."""


class PictureKind(StrEnum):
    """What a picture shows of a journey."""

    JOURNEY_MAP = "journey_map"
    EMOTION_CURVE = "emotion_curve"
    PERCEPTION_GAP = "perception_gap"
    OPPORTUNITY_MATRIX = "opportunity_matrix"
    PARTICIPATION = "participation"
    RANKING = "ranking"


@dataclass(frozen=True, slots=True)
class Draw:
    """How a kind is drawn from its values."""

    name: str
    picture: Callable[[Any], Picture]
    pages: Callable[[Any], Sequence[Picture]]


def _map(plan: Plan) -> Draw:
    return Draw(
        plan.kind,
        lambda values: journey_map(values, plan),
        lambda values: journey_pages(values, A3_WIDTH, A3_HEIGHT, plan),
    )


def _chart(name: str, chart: Callable[[Any], Chart]) -> Draw:
    return Draw(name, lambda values: whole(chart(values)), lambda values: paged(chart(values)))


ALBUM = {
    PictureKind.JOURNEY_MAP: _map(WHOLE),
    PictureKind.EMOTION_CURVE: _map(CURVE),
    PictureKind.PERCEPTION_GAP: _chart(perception_gap.KIND, perception_gap.chart),
    PictureKind.OPPORTUNITY_MATRIX: _chart(opportunity_matrix.KIND, opportunity_matrix.chart),
    PictureKind.PARTICIPATION: _chart(participation.KIND, participation.chart),
    PictureKind.RANKING: _chart(ranking.KIND, ranking.chart),
}
