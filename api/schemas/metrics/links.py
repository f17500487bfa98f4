"""Links of metrics on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Body, Instant, Reply, Version, present
from api.schemas.metrics.figures import MetricFigure, newest
from domain.database import Row
from domain.errors import FieldError, Invalid
from domain.queries.page import Page
from domain.results import Better, MetricAspect, MetricKind
from domain.words import SubjectKind

LinkDimension = Annotated[str, Meta(max_length=40)]
LinkValue = Annotated[str, Meta(max_length=100)]


class MetricLinkNew(Body):
    """What a metric says something of, and which of its data points do.

    The subject is the organization, a journey, stage, touchpoint, persona, moment or action.
    With `dimension` and `value` only points of that part count, such as `step` and `security`.
    `importance` and `satisfaction` of a touchpoint are what the ranking `ulwick` is computed from.
    """

    subject_id: UUID
    aspect: MetricAspect = MetricAspect.GENERAL
    dimension: LinkDimension = ""
    value: LinkValue = ""

    def __post_init__(self) -> None:
        """Invalid when a part is half named."""
        if bool(self.dimension) != bool(self.value):
            detail = "Name a dimension and its value, or neither."
            field = "value" if self.dimension else "dimension"
            fault = FieldError(detail, "half_a_part", pointer=f"#/{field}")
            raise Invalid(detail, code="half_a_part", errors=[fault])


class MetricLink(Reply):
    """A metric says something of a subject. `newest` is the figure of the points it picks."""

    id: UUID
    version: Version
    metric_id: UUID
    metric_name: str
    metric_kind: MetricKind
    metric_unit: str
    metric_better: Better
    subject_id: UUID
    subject_kind: SubjectKind
    journey_id: UUID | None
    touchpoint_id: UUID | None
    aspect: MetricAspect
    dimension: str
    value: str
    newest: MetricFigure | None
    created_by: UUID
    created_at: Instant


class MetricLinkPage(Reply):
    """Links, newest first."""

    items: list[MetricLink]
    next_cursor: str | None


def metric_link(row: Row) -> MetricLink:
    """One link."""
    return present(MetricLink, row, newest=newest(row, of="metric_"))


def metric_link_page(page: Page) -> MetricLinkPage:
    """A page of links."""
    return MetricLinkPage(
        items=[metric_link(row) for row in page.rows], next_cursor=page.next_cursor
    )
