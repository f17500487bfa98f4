"""The overview on the wire: what moved, what waits, what is overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from api.schemas.base import Count, Instant, Reply, present
from api.schemas.reports.overview_moments import (
    OverviewGap,
    OverviewMoment,
    OverviewStakes,
    stakes_of,
    widest_of,
    worst_of,
)
from api.schemas.reports.overview_stale import OverviewStale, stale_of
from api.schemas.reports.work import WorkItem, work_item
from domain.actor import Actor
from domain.database import Row
from domain.policy import allowed
from domain.queries.maps.places import place_from
from domain.queries.page import Page
from domain.roles import Condition, May
from domain.rules.overview import MOST, WORKED, Moved
from domain.words import SubjectKind

_SUBJECTS = {
    Moved.JOURNEY_MOVED: SubjectKind.JOURNEY,
    Moved.MOMENT_CONFIRMED: SubjectKind.MOMENT,
    Moved.MOMENT_RETIRED: SubjectKind.MOMENT,
    Moved.RESPONSIBILITY_ACCEPTED: SubjectKind.RESPONSIBILITY,
    Moved.RESPONSIBILITY_DECLINED: SubjectKind.RESPONSIBILITY,
    Moved.INPUT_ANSWERED: SubjectKind.INPUT_REQUEST,
    Moved.INPUT_SILENT: SubjectKind.INPUT_REQUEST,
    Moved.THREAD_FIXED: SubjectKind.ANNOTATION,
    Moved.THREAD_RESOLVED: SubjectKind.ANNOTATION,
    Moved.PLAYBOOK_RECOVERED: SubjectKind.PLAYBOOK_USE,
    Moved.PLAYBOOK_PARTLY_RECOVERED: SubjectKind.PLAYBOOK_USE,
    Moved.PLAYBOOK_NOT_RECOVERED: SubjectKind.PLAYBOOK_USE,
}


class OverviewNews(Reply):
    """Something that moved. `detail` is the new status, the role, or how a thread ended.

    `count` is how many it was: members who answered or were silent, approvals that went stale.
    """

    kind: Moved
    at: Instant
    journey_id: UUID
    journey_title: str
    touchpoint_id: UUID | None
    touchpoint_name: str | None
    moment_id: UUID | None
    subject_kind: SubjectKind
    subject_id: UUID
    member_id: UUID | None
    detail: str | None
    count: Count


class OverviewCount(Reply):
    """How much of one kind there is."""

    kind: Moved
    count: Count


class OverviewMoved(Reply):
    """What moved: how much of each kind, and the ten newest of all."""

    counts: list[OverviewCount]
    items: list[OverviewNews]


class OverviewWorked(Reply):
    """What went well: threads resolved as fixed, uses of playbooks that recovered the customer.

    It happened in this time; that one thing led to another is not claimed.
    """

    counts: list[OverviewCount]
    items: list[OverviewNews]


class OverviewApproval(Reply):
    """A journey in review that you may approve; `satisfied`: its sign-off rules are met."""

    journey_id: UUID
    journey_title: str
    owner_id: UUID
    satisfied: bool
    updated_at: Instant
    may: list[str]


class OverviewAwaiting(Reply):
    """What waits for your decision: the ten most urgent things asked of you, and journeys.

    `getMyWork` has all that is asked of you; `journeys_total` counts all that you may approve.
    """

    work: list[WorkItem]
    more_work: bool
    journeys: list[OverviewApproval]
    journeys_total: Count


class OverviewOverdue(Reply):
    """What is overdue in one department; null is where no department is to answer.

    An action counts for the department it names, else for that of its owner.
    """

    department_id: UUID | None
    responsibilities: Count
    input: Count
    threads: Count
    actions: Count
    total: Count


class Overview(Reply):
    """What an executive looks at first, bound by what you see. Every list holds ten at the most.

    `worst_moments` are those with the greatest emotional impact, `widest_gaps` the moments about
    which two groups disagree most. `overdue_total` counts all departments.
    """

    since: Instant
    until: Instant
    moved: OverviewMoved
    awaiting: OverviewAwaiting
    overdue: list[OverviewOverdue]
    overdue_total: Count
    worst_moments: list[OverviewMoment]
    widest_gaps: list[OverviewGap]
    stakes: OverviewStakes
    stale: OverviewStale
    worked: OverviewWorked


@dataclass(frozen=True, slots=True)
class Blocks:
    """What the statements found."""

    since: datetime
    until: datetime
    moved: Sequence[Row]
    work: Page
    to_approve: Sequence[Row]
    overdue: Sequence[Row]
    moments: Sequence[Row]
    stale: Sequence[Row]


def overview(found: Blocks, actor: Actor) -> Overview:
    """The whole of it for this reader."""
    worked = [row for row in found.moved if row["kind"] in WORKED]
    return Overview(
        since=found.since,
        until=found.until,
        moved=OverviewMoved(counts=_counts(found.moved, tuple(Moved)), items=_newest(found.moved)),
        awaiting=_awaiting(found, actor),
        overdue=[present(OverviewOverdue, row) for row in found.overdue],
        overdue_total=int(found.overdue[0]["everywhere"]) if found.overdue else 0,
        worst_moments=worst_of(found.moments),
        widest_gaps=widest_of(found.moments),
        stakes=stakes_of(found.moments),
        stale=stale_of(found.stale),
        worked=OverviewWorked(counts=_counts(worked, WORKED), items=_newest(worked)),
    )


def _counts(rows: Sequence[Row], kinds: Sequence[Moved]) -> list[OverviewCount]:
    totals = {row["kind"]: int(row["total"]) for row in rows}
    return [OverviewCount(kind=kind, count=totals.get(kind, 0)) for kind in kinds]


def _newest(rows: Sequence[Row]) -> list[OverviewNews]:
    newest = sorted(rows, key=lambda row: (row["at"], row["subject_id"]), reverse=True)
    return [_news(row) for row in newest[:MOST]]


def _news(row: Row) -> OverviewNews:
    of_subject = SubjectKind.JOURNEY if row["moment_id"] is None else SubjectKind.MOMENT
    return OverviewNews(
        kind=Moved(row["kind"]),
        at=row["at"],
        journey_id=row["journey_id"],
        journey_title=row["journey_title"],
        touchpoint_id=row["touchpoint_id"],
        touchpoint_name=row["name"],
        moment_id=row["moment_id"],
        subject_kind=_SUBJECTS.get(row["kind"], of_subject),
        subject_id=row["subject_id"],
        member_id=row["member_id"],
        detail=row["detail"],
        count=row["number"],
    )


def _awaiting(found: Blocks, actor: Actor) -> OverviewAwaiting:
    return OverviewAwaiting(
        work=[work_item(row, actor) for row in found.work.rows],
        more_work=found.work.next_cursor is not None,
        journeys=[_approval(row, actor) for row in found.to_approve],
        journeys_total=found.to_approve[0]["total"] if found.to_approve else 0,
    )


def _approval(row: Row, actor: Actor) -> OverviewApproval:
    met = [Condition.RULES_SATISFIED] if row["satisfied"] else []
    conditions = (Condition.OVERRIDE_WITH_REASON, *met)
    standing = place_from(row, actor).standing(actor, conditions=conditions)
    return OverviewApproval(
        journey_id=row["id"],
        journey_title=row["title"],
        owner_id=row["owner_id"],
        satisfied=row["satisfied"],
        updated_at=row["updated_at"],
        may=allowed(actor, (May.APPROVE_JOURNEY,), standing),
    )
