"""What a ranking tells besides, where it is asked to, on the wire."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import Meta

from api.schemas.base import Count, Instant, Reply
from api.schemas.voices.aggregates import GroupRatings, PerceptionGap, told
from domain.database import Row
from domain.duties import ResponsibilityRole, ResponsibilityStatus
from domain.rules.gaps import Answered, Signed, gaps
from domain.rules.missing import Missing
from domain.rules.movement import Movement
from domain.rules.ratings import Aggregates, rounded


class Include(StrEnum):
    """What a ranking tells besides: who answers, where groups disagree, how it moved."""

    ACCOUNTABILITY = "accountability"
    PERCEPTION = "perception"
    PREVIOUS = "previous"


class RankedPerception(Reply):
    """How the groups see a touchpoint; those too few to show with their n only.

    `widest_gap` is null where fewer than two groups are shown.
    """

    groups: list[GroupRatings]
    widest_gap: PerceptionGap | None


class PreviousRank(Reply):
    """Where it stood at `since`, and how it moved to where it stands.

    `climbed` counts places up, negative for down. Null is what it did not have then or has not now.
    """

    since: Instant
    rank: Annotated[int, Meta(ge=1, le=100_000)] | None
    tied: bool
    score: float | None
    climbed: int | None
    score_change: float | None
    explanation: str


class RankedResponsible(Reply):
    """A member or department that is to be, or is, responsible."""

    member_id: UUID | None
    department_id: UUID | None
    status: ResponsibilityStatus


class RankedSignOffs(Reply):
    """Approvals required, given on what is there now, and given on what has changed since."""

    required: Count
    given: Count
    stale: Count
    satisfied: bool


class RankedAccountability(Reply):
    """Who answers for a moment now, and what is missing so that somebody does.

    `accountable_status` is `assigned` until they accept; `accepted_at` is since when they answer.
    `playbooks` counts approved ones.
    """

    accountable_id: UUID | None
    accountable_status: ResponsibilityStatus | None
    accepted_at: Instant | None
    responsible: list[RankedResponsible]
    playbooks: Count
    sign_offs: RankedSignOffs
    missing: list[Missing]


class _Answering(msgspec.Struct):
    role: ResponsibilityRole
    member_id: UUID | None
    department_id: UUID | None
    status: ResponsibilityStatus
    answered_at: datetime | None
    active: bool


def perception(found: Aggregates) -> RankedPerception:
    """The groups and their widest gap."""
    groups, _, gap = told(found)
    return RankedPerception(groups=groups, widest_gap=gap)


def previous(moved: Movement, since: datetime) -> PreviousRank:
    """How one line moved."""
    before = moved.before
    value = before.score.value if before else None
    return PreviousRank(
        since=since,
        rank=before.rank if before else None,
        tied=before is not None and before.tied,
        score=None if value is None else float(rounded(value, moved.places)),
        climbed=moved.climbed,
        score_change=None if moved.change is None else float(rounded(moved.change, moved.places)),
        explanation=moved.explanation,
    )


def accountability(row: Row) -> RankedAccountability:
    """Who answers for one moment."""
    live = _answering(row["answering"])
    accountable = next((one for one in live if one.role is ResponsibilityRole.ACCOUNTABLE), None)
    status = accountable.status if accountable else None
    accepted = accountable if status is ResponsibilityStatus.ACCEPTED else None
    return RankedAccountability(
        accountable_id=accountable.member_id if accountable else None,
        accountable_status=status,
        accepted_at=accepted.answered_at if accepted else None,
        responsible=[
            RankedResponsible(
                member_id=one.member_id, department_id=one.department_id, status=one.status
            )
            for one in live
            if one.role is ResponsibilityRole.RESPONSIBLE
        ],
        playbooks=row["playbooks"],
        sign_offs=RankedSignOffs(
            required=int(row["required"]),
            given=int(row["given"]),
            stale=int(row["stale"]),
            satisfied=row["satisfied"],
        ),
        missing=_missing(row, accountable),
    )


def _missing(row: Row, accountable: _Answering | None) -> list[Missing]:
    numbers = (row[name] for name in ("required", "given", "stale", "objections"))
    return gaps(
        Answered(
            department=row["responsible_department_id"] is not None,
            accountable=accountable.status if accountable else None,
            active=accountable is not None and accountable.active,
            playbooks=row["playbooks"],
            signed=Signed(*(int(number) for number in numbers)),
        )
    )


def _answering(given: Any) -> list[_Answering]:
    return msgspec.convert(given or [], list[_Answering])
