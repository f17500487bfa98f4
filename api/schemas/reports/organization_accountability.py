"""What is missing in answering for moments across the organization, on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Count, Reply
from api.schemas.reports.coverage import AccountabilityGapCount
from domain.database import Row
from domain.queries.page import Page
from domain.rules.missing import Missing
from domain.words import JourneyStatus


class JourneyAccountability(Reply):
    """A journey and how often each gap is there, as in `getAccountability`; `gaps` adds them up."""

    journey_id: UUID
    journey_title: str
    status: JourneyStatus
    owner_id: UUID
    department_id: UUID | None
    touchpoints: Count
    moments: Count
    gaps: Annotated[int, Meta(ge=0, le=9_007_199_254_740_991)]
    gap_counts: list[AccountabilityGapCount]


class OrganizationAccountability(Reply):
    """Journeys, those with the most gaps first."""

    items: list[JourneyAccountability]
    next_cursor: str | None


def organization_accountability(page: Page) -> OrganizationAccountability:
    """A page of the report."""
    items = [_journey(row) for row in page.rows]
    return OrganizationAccountability(items=items, next_cursor=page.next_cursor)


def _journey(row: Row) -> JourneyAccountability:
    return JourneyAccountability(
        journey_id=row["id"],
        journey_title=row["title"],
        status=JourneyStatus(row["status"]),
        owner_id=row["owner_id"],
        department_id=row["department_id"],
        touchpoints=row["touchpoints"],
        moments=row["moments"],
        gaps=row["total"],
        gap_counts=[
            AccountabilityGapCount(code=one.value, count=row[one.value]) for one in Missing
        ],
    )
