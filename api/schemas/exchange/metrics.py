"""The measured parts of journeymap/1."""

from datetime import date
from typing import Annotated

from msgspec import Meta, field

from api.schemas.base import Body, Name, Text
from api.schemas.exchange.results import Large, Number
from api.schemas.maps.import_parts import Key, Ref
from domain.results import Better, MetricAspect, MetricKind

Word = Annotated[str, Meta(max_length=100)]
COMPONENTS = (
    "promoters", "passives", "detractors", "ones", "twos", "threes", "fours", "fives",
    "score_sum", "respondents", "numerator", "denominator",
)  # fmt: skip


class ImportMetricLink(Body):
    """The metric says something of a part; `dimension` and `value` pick the points that do."""

    about: Ref
    aspect: MetricAspect = MetricAspect.GENERAL
    dimension: Word = ""
    value: Word = ""


class ImportDataPoint(Body):
    """One measurement over a period, both days included, with the components of its metric."""

    start: date = field(name="from")
    end: date = field(name="to")
    dimensions: Annotated[dict[Word, Word], Meta(max_length=10)] = field(default_factory=dict)
    promoters: Large | None = None
    passives: Large | None = None
    detractors: Large | None = None
    ones: Large | None = None
    twos: Large | None = None
    threes: Large | None = None
    fours: Large | None = None
    fives: Large | None = None
    score_sum: Large | None = None
    respondents: Large | None = None
    numerator: Large | None = None
    denominator: Large | None = None
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
    unit: Annotated[str, Meta(max_length=50)] = ""
    target: Number | None = None
    links: Annotated[list[ImportMetricLink], Meta(max_length=1_000)] = field(default_factory=list)
    data_points: Annotated[list[ImportDataPoint], Meta(max_length=20_000)] = field(
        default_factory=list
    )
