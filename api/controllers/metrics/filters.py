"""What lists of metrics and of data points can be narrowed to, over HTTP."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar.di import NamedDependency
from litestar.params import QueryParameter, SkipValidation
from msgspec import Meta

from api.auth.actor import By
from api.schemas.pages import Paging
from domain.errors import FieldError, Malformed
from domain.queries.metrics.data_points import asked
from domain.queries.metrics.trends import Asked
from domain.results import MetricKind
from domain.rules.trends import Bucket

MetricFilters = NamedDependency[SkipValidation[dict[str, Any]]]
TrendAsked = NamedDependency[SkipValidation[Asked]]
LinkFilters = NamedDependency[SkipValidation[dict[str, Any]]]
PointFilters = NamedDependency[SkipValidation[dict[str, Any]]]

DimensionFilter = Annotated[
    list[Annotated[str, Meta(max_length=141)]] | None,
    QueryParameter(
        description="Only points of this part, as `name:value`, such as `channel:app`.",
        max_items=5,
        schema_extra={"items": {"type": "string", "maxLength": 141}},  # Litestar forgets it
    ),
]
FromDay = Annotated[
    date | None,
    QueryParameter(name="from", description="Only periods that begin on this day or later."),
]
ToDay = Annotated[
    date | None, QueryParameter(name="to", description="Only periods that end by this day.")
]

RENAMED = {"from_day": "from", "to_day": "to"}


async def provide_metric_filters(
    page: Paging,  # noqa: ARG001  after the page: Litestar runs what could go side by side in tasks
    journey: Annotated[
        UUID | None, QueryParameter(description="Only those set up for this journey.")
    ] = None,
    kind: Annotated[
        list[MetricKind] | None, QueryParameter(description="Only of these kinds.")
    ] = None,
    owner: Annotated[
        UUID | None, QueryParameter(description="Only those this member owns.")
    ] = None,
    subject: Annotated[
        UUID | None, QueryParameter(description="Only those linked to this subject.")
    ] = None,
) -> dict[str, Any]:
    """What a list of metrics is narrowed to; filters that repeat mean any of."""
    kinds = None if kind is None else [one.value for one in kind]
    return {"journey": journey, "kind": kinds, "owner": owner, "subject": subject}


async def provide_link_filters(
    page: Paging,  # noqa: ARG001  the same
    metric: Annotated[UUID | None, QueryParameter(description="Only of this metric.")] = None,
    journey: Annotated[
        UUID | None, QueryParameter(description="Only in this journey, and to it.")
    ] = None,
    subject: Annotated[UUID | None, QueryParameter(description="Only to this subject.")] = None,
) -> dict[str, Any]:
    """What a list of links is narrowed to."""
    return {"metric": metric, "journey": journey, "subject": subject}


async def provide_point_filters(
    page: Paging,  # noqa: ARG001  the same
    dimension: DimensionFilter = None,
    from_day: FromDay = None,
    to_day: ToDay = None,
) -> dict[str, Any]:
    """What a list of data points is narrowed to; all of the dimensions must be so."""
    return asked(split(dimension), from_day, to_day)


async def provide_trend(
    actor: By,  # noqa: ARG001  after the actor, as above; a trend has no pages
    dimension: DimensionFilter = None,
    from_day: FromDay = None,
    to_day: ToDay = None,
    bucket: Annotated[
        Bucket, QueryParameter(description="Put together by the calendar, or as measured.")
    ] = Bucket.MONTH,
    group_by: Annotated[
        str | None,
        QueryParameter(description="A dimension: one series per value.", max_length=40),
    ] = None,
) -> Asked:
    """How a trend is put together, and from which data points."""
    return Asked(bucket, group_by, asked(split(dimension), from_day, to_day))


def split(given: Sequence[str] | None) -> dict[str, str]:
    """Values by dimension; Malformed where one is not `name:value`, or a name stands twice."""
    found: dict[str, str] = {}
    for one in given or ():
        name, _, value = one.partition(":")
        if not (name and value) or name in found:
            detail = "Say each dimension once, as name:value, such as channel:app."
            fault = FieldError(detail, "invalid_dimension", parameter="dimension")
            raise Malformed(detail, code="invalid_dimension", errors=[fault])
        found[name] = value
    return found
