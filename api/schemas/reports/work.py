"""A member's work on the wire."""

from collections.abc import Mapping
from uuid import UUID

from api.schemas.base import Count, Instant, Reply, present
from domain.actor import Actor
from domain.database import Row
from domain.duties import EscalationLevel, WorkKind
from domain.queries.page import Page
from domain.queries.reports.work_rights import may_with
from domain.rules.work import reason


class WorkItem(Reply):
    """One thing that is asked of you, and why.

    `subject_id` is what to act on, `subject_kind` says what that is; `may` what you may do with it.
    `path` leads to it on the map, from the journey down. `from_member_id` is who asked, null when
    it was the clock or nobody. `since`: when it was asked. `escalated_to`: how far up the chain of
    command it is already.
    """

    kind: WorkKind
    subject_kind: str
    subject_id: UUID
    reason: str
    since: Instant
    due_at: Instant | None
    overdue: bool
    journey_id: UUID
    journey_title: str
    touchpoint_id: UUID | None
    moment_id: UUID | None
    path: str
    from_member_id: UUID | None
    escalated_to: EscalationLevel | None
    may: list[str]


class WorkPage(Reply):
    """What is asked of you: overdue first, then what is due next, then what waits longest."""

    items: list[WorkItem]
    next_cursor: str | None


class WorkCount(Reply):
    """How much of one kind is asked of you."""

    kind: WorkKind
    total: Count
    overdue: Count


class WorkCounts(Reply):
    """How much is asked of you; every kind is there, also with nothing in it."""

    total: Count
    overdue: Count
    kinds: list[WorkCount]


def work_page(page: Page, actor: Actor) -> WorkPage:
    """A page of a member's work."""
    items = [work_item(row, actor) for row in page.rows]
    return WorkPage(items=items, next_cursor=page.next_cursor)


def work_item(row: Row, actor: Actor) -> WorkItem:
    """One thing asked of a member."""
    places = (row["journey_title"], row["stage_name"], row["touchpoint_name"])
    return present(
        WorkItem,
        row,
        reason=reason(WorkKind(row["kind"]), row["detail"] or "", row["number"] or 0),
        path=" > ".join(place for place in places if place is not None),
        may=may_with(row, actor),
    )


def work_counts(found: Mapping[WorkKind, Row]) -> WorkCounts:
    """The counts, kind by kind."""
    kinds = [
        WorkCount(kind=kind, total=found[kind]["total"], overdue=found[kind]["overdue"])
        if kind in found
        else WorkCount(kind=kind, total=0, overdue=0)
        for kind in WorkKind
    ]
    total, overdue = sum(one.total for one in kinds), sum(one.overdue for one in kinds)
    return WorkCounts(total=total, overdue=overdue, kinds=kinds)
