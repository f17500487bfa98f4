"""The measured parts of journeymap/1."""

from datetime import date
from typing import Annotated

from msgspec import Meta, field

from api.schemas.base import Body, Name, Text
from api.schemas.exchange.results import Number
from api.schemas.maps.import_parts import Key, Ref
from api.schemas.metrics.links import LinkDimension, LinkValue
from api.schemas.metrics.metrics import Unit
from api.schemas.metrics.recordings import Component, Dimensions
from domain.results import Better, MetricAspect, MetricKind

COMPONENTS = (
    "promoters", "passives", "detractors", "ones", "twos", "threes", "fours", "fives",
    "score_sum", "respondents", "numerator", "denominator",
)  # fmt: skip


class ImportMetricLink(Body):
    """The metric says something of a part; `dimension` and `value` pick the points that do."""

    about: Ref
    aspect: MetricAspect = MetricAspect.GENERAL
    dimension: LinkDimension = ""
    value: LinkValue = ""


class ImportDataPoint(Body):
    """One measurement over a period, both days included, with the components of its metric."""

    start: date = field(name="from")
    end: date = field(name="to")
    dimensions: Dimensions = field(default_factory=dict)
    promoters: Component | None = None
    passives: Component | None = None
    detractors: Component | None = None
    ones: Component | None = None
    twos: Component | None = None
    threes: Component | None = None
    fours: Component | None = None
    fives: Component | None = None
    score_sum: Component | None = None
    respondents: Component | None = None
    numerator: Component | None = None
    denominator: Component | None = None
    number: Number | None = None


class ImportMetric(Body):
    """A figure measured from customers; found in the organization by its name.

    nps has `promoters`, `passives` and `detractors`; csat how many gave `ones` to `fives`; ces the
    `score_sum` of `respondents`; ratio a `numerator` of a `denominator`; number a `number`, with
    `respondents` where it is a mean.
    """

    key: Key
    name: Name
    kind: MetricKind
    better: Better
    description: Text = ""
    unit: Unit = ""
    target: Number | None = None
    links: Annotated[list[ImportMetricLink], Meta(max_length=1_000)] = field(default_factory=list)
    data_points: Annotated[list[ImportDataPoint], Meta(max_length=20_000)] = field(
        default_factory=list
    )
