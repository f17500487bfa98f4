"""Deliveries of data points on the wire."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field

from api.schemas.base import Body, Count, Instant, Line, Reply, present
from api.schemas.metrics.figures import Number, decimal
from domain.rules.measured import COUNTS, NUMBER, Point
from domain.services.metrics.data_points import Delivered

DimensionName = Annotated[str, Meta(max_length=40, pattern=r"^[a-z][a-z0-9_]*$(?!\n)")]
DimensionValue = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"\S")]
Dimensions = Annotated[dict[DimensionName, DimensionValue], Meta(max_length=5)]
Component = Annotated[int, Meta(ge=0, le=1_000_000_000)]


class DataPointNew(Body):
    """One measurement over a period, both days included, with the components of its metric's kind.

    nps: `promoters`, `passives`, `detractors`. csat: `ones`, `twos`, `threes`, `fours`, `fives`,
    how many gave that score. ces: `score_sum` and `respondents`. ratio: `numerator` and
    `denominator`. number: `number`, with `respondents` where it is a mean. `dimensions` says of
    which part of the customers, such as {"channel": "app"}; without any, it is of all of them.
    """

    period_from: date
    period_to: date
    dimensions: Dimensions = field(default_factory=dict)
    promoters: Component | UnsetType = UNSET
    passives: Component | UnsetType = UNSET
    detractors: Component | UnsetType = UNSET
    ones: Component | UnsetType = UNSET
    twos: Component | UnsetType = UNSET
    threes: Component | UnsetType = UNSET
    fours: Component | UnsetType = UNSET
    fives: Component | UnsetType = UNSET
    score_sum: Component | UnsetType = UNSET
    respondents: Component | UnsetType = UNSET
    numerator: Component | UnsetType = UNSET
    denominator: Component | UnsetType = UNSET
    number: Number | UnsetType = UNSET

    def __post_init__(self) -> None:
        """Nothing: the rules look at the dates, with the place of each among thousands."""


class DataPointsNew(Body):
    """What was measured, up to 10,000 points; `source` says where they come from."""

    points: Annotated[list[DataPointNew], Meta(min_length=1, max_length=10_000)]
    source: Line = ""


class Recording(Reply):
    """One delivery of data points.

    `recorded` counts the new ones, `changed` those that said something else before, `unchanged`
    those that said the same. `digest` is the SHA-256 of the points, in hexadecimal: each is a line
    of JSON with its names in order and no spaces (`period_from`, `period_to`, `dimensions`, the
    components that were given, `number` as text with six decimals), in UTF-8; the lines are sorted
    by their bytes and each ends with a line feed. The ledger keeps it.
    """

    id: UUID
    metric_id: UUID
    points: Count
    recorded: Count
    changed: Count
    unchanged: Count
    digest: str
    source: str
    recorded_by: UUID
    created_at: Instant


def points(body: DataPointsNew) -> list[Point]:
    """What was sent, as the rules know it."""
    return [
        Point(one.period_from, one.period_to, one.dimensions, dict(_components(one)))
        for one in body.points
    ]


def _components(one: DataPointNew) -> Sequence[tuple[str, Any]]:
    given = [(name, n) for name in COUNTS if (n := getattr(one, name)) is not UNSET]
    if not isinstance(one.number, UnsetType):
        given.append((NUMBER, decimal(one.number)))
    return given


def recording(made: Delivered) -> Recording:
    """What came of a delivery."""
    return present(Recording, made.recording, **made.stored._asdict())
