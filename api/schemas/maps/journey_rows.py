"""The list of journeys on the wire."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from api.schemas.base import Count, Instant, Reply, Revision, Version, present
from api.schemas.maps.journeys import age_of
from domain.actor import Actor
from domain.database import Row
from domain.queries.maps.journey_counts import moments_in, worst_moment
from domain.queries.maps.journeys import may_with
from domain.queries.page import Page
from domain.rules.ratings import hundredths
from domain.words import Focus, JourneyState, JourneyStatus, RankingModel, Scale

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class WorstMoment(Reply):
    """The moment of truth with the greatest emotional impact, and the figure it ranks by.

    `tied` tells that another moment has the same score; `n` counts the ratings that went in.
    """

    id: UUID
    touchpoint_id: UUID
    touchpoint_name: str
    model: RankingModel
    model_version: int
    score: float
    n: Count
    tied: bool
    explanation: str


class JourneyRow(Reply):
    """A journey in the list, with counts of what you can see on it.

    A thread about something that was removed from the map can still be read and answered, but is
    no longer in `open_thread_count`.
    `changed_at` is the last change of its map, whatever was said or rated since; `updated_at` that
    of its own fields. `days_since_change` counts whole days since `changed_at`. It is `stale` once
    `next_review_at` has come; a journey without `review_every_days` never is.
    """

    id: UUID
    version: Version
    revision: Revision
    title: str
    state: JourneyState
    focus: Focus
    scale: Scale
    status: JourneyStatus
    restricted: bool
    locked_at: Instant | None
    owner_id: UUID
    department_id: UUID | None
    persona_ids: list[UUID]
    future_of_id: UUID | None
    stage_count: Count
    touchpoint_count: Count
    moment_count: Count
    open_thread_count: Count
    child_journey_count: Count
    worst_moment: WorstMoment | None
    changed_at: Instant
    days_since_change: Count
    reviewed_at: Instant | None
    next_review_at: Instant | None
    stale: bool
    created_at: Instant
    updated_at: Instant
    may: list[str]


class JourneyPage(Reply):
    """Journeys, in the order that was asked for."""

    items: list[JourneyRow]
    next_cursor: str | None


def journey_page(page: Page, actor: Actor) -> JourneyPage:
    """A page of journeys as this reader sees them."""
    items = [_journey(row, actor) for row in page.rows]
    return JourneyPage(items=items, next_cursor=page.next_cursor)


def _journey(row: Row, actor: Actor) -> JourneyRow:
    changed_at = _EPOCH + timedelta(microseconds=row["changed_at"])
    age = age_of(row, changed_at)
    return present(
        JourneyRow,
        row,
        moment_count=len(moments_in(row)),
        worst_moment=worst(row),
        changed_at=changed_at,
        days_since_change=age.days_since_change,
        next_review_at=age.next_review_at,
        stale=age.stale,
        may=may_with(row, actor),
    )


def worst(row: Row) -> WorstMoment | None:
    """The worst moment that a row tells of."""
    found = worst_moment(row)
    if found is None or found.ranked.score.value is None:
        return None
    return present(
        WorstMoment,
        found,
        model=found.ranked.model,
        model_version=found.ranked.model_version,
        score=float(hundredths(found.ranked.score.value)),
        n=found.ranked.score.n,
        tied=found.ranked.tied,
        explanation=found.ranked.score.explanation,
    )
