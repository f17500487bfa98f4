"""Who answers for what on a map, on the wire."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from api.schemas.base import Count, Instant, Reply
from api.schemas.reports.coverage import (
    AccountabilityCoverage,
    AccountabilityGap,
    AccountabilityGapCount,
    coverage,
    gap_counts,
    gaps_of,
)
from domain.database import Row
from domain.duties import ResponsibilityRole, ResponsibilityStatus
from domain.roles import Group
from domain.words import MomentStatus

LATE = ("requests", "threads", "actions")
"""The columns that name what is overdue, beside who answers."""


class AnsweringMember(Reply):
    """A member or a department that answers for a moment, or is asked to.

    `since` is when it was accepted, or assigned while it is not accepted. `active` is false when
    the member has been suspended or erased.
    """

    responsibility_id: UUID
    member_id: UUID | None
    department_id: UUID | None
    status: ResponsibilityStatus
    since: Instant
    answer_by: Instant | None
    active: bool
    overdue: bool


class SignOffStanding(Reply):
    """How far sign-off rules are met: what they ask for, what was given, what has gone stale.

    Without rules nothing is required. `changes_requested` counts signers who want changes first.
    """

    rules: Count
    required: Count
    given: Count
    stale: Count
    changes_requested: Count


class AccountableMoment(Reply):
    """Who answers for a moment of truth, and what it rests on."""

    id: UUID
    status: MomentStatus
    accountable: AnsweringMember | None
    responsible: list[AnsweringMember]
    consulted: list[AnsweringMember]
    informed: list[AnsweringMember]
    sign_offs: SignOffStanding
    approved_playbooks: Count


class GroupVoices(Reply):
    """How many of a group rated a touchpoint, and how many annotations of theirs you see there.

    `silent` is null for a group of which the organization has no active member.
    """

    group: Group
    raters: Count
    annotations: Count
    silent: bool | None


class OverdueThing(Reply):
    """What was due and is not there. `subject_id` is the responsibility, request, thread or action.

    `member_id` or `department_id` is who is to answer; of a request for input only is told how many
    have been `silent`.
    """

    kind: Literal["responsibility", "input", "thread", "action"]
    subject_id: UUID
    member_id: UUID | None
    department_id: UUID | None
    due_at: Instant
    silent: Count | None


class AccountableTouchpoint(Reply):
    """A touchpoint, its moment, who has spoken there, what is overdue and what is missing.

    Of threads, requests and actions that are overdue, the twenty oldest of each are named.
    """

    touchpoint_id: UUID
    touchpoint_name: str
    stage_id: UUID
    responsible_department_id: UUID | None
    moment: AccountableMoment | None
    voices: list[GroupVoices]
    overdue: list[OverdueThing]
    gaps: list[AccountabilityGap]


class Accountability(Reply):
    """Every touchpoint of a journey in order, with who answers for it.

    `sign_offs`, `overdue`, `gaps` are of the journey as a whole; `gap_counts` counts the
    touchpoints that have each gap, and the journey itself where it has one.
    """

    journey_id: UUID
    journey_title: str
    touchpoints: Count
    moments: Count
    sign_offs: SignOffStanding
    overdue: list[OverdueThing]
    gaps: list[AccountabilityGap]
    gap_counts: list[AccountabilityGapCount]
    coverage: list[AccountabilityCoverage]
    items: Annotated[list[AccountableTouchpoint], Meta(max_length=100_000)]


def accountability(rows: Sequence[Row], journey_id: UUID) -> Accountability:
    """The report from its rows."""
    first = rows[0]
    found = [row for row in rows if row["id"] is not None]
    return Accountability(
        journey_id=journey_id,
        journey_title=first["journey_title"],
        touchpoints=len(found),
        moments=sum(row["moment_id"] is not None for row in found),
        sign_offs=_standing(first, "own_"),
        overdue=_overdue((), *(first[f"own_{name}"] for name in LATE)),
        gaps=gaps_of(first, prefix="own_"),
        gap_counts=gap_counts(first, found),
        coverage=coverage(found),
        items=[_touchpoint(row) for row in found],
    )


def _touchpoint(row: Row) -> AccountableTouchpoint:
    answering = row["answering"] or ()
    return AccountableTouchpoint(
        touchpoint_id=row["id"],
        touchpoint_name=row["name"],
        stage_id=row["stage_id"],
        responsible_department_id=row["responsible_department_id"],
        moment=None if row["moment_id"] is None else _moment(row, answering),
        voices=[_voices(row, group) for group in Group],
        overdue=_overdue(answering, *(row[name] for name in LATE)),
        gaps=gaps_of(row),
    )


def _moment(row: Row, answering: Sequence[Mapping[str, Any]]) -> AccountableMoment:
    roles: dict[str, list[AnsweringMember]] = {role: [] for role in ResponsibilityRole}
    for one in answering:
        roles[one["role"]].append(msgspec.convert(one, AnsweringMember))
    accountable = roles[ResponsibilityRole.ACCOUNTABLE]
    return AccountableMoment(
        id=row["moment_id"],
        status=MomentStatus(row["moment_status"]),
        accountable=accountable[0] if accountable else None,
        responsible=roles[ResponsibilityRole.RESPONSIBLE],
        consulted=roles[ResponsibilityRole.CONSULTED],
        informed=roles[ResponsibilityRole.INFORMED],
        sign_offs=_standing(row),
        approved_playbooks=row["playbooks"],
    )


def _standing(row: Row, prefix: str = "") -> SignOffStanding:
    return SignOffStanding(
        rules=int(row[f"{prefix}rules"] or 0),
        required=int(row[f"{prefix}required"]),
        given=int(row[f"{prefix}given"]),
        stale=int(row[f"{prefix}stale"]),
        changes_requested=int(row[f"{prefix}objections"]),
    )


def _voices(row: Row, group: Group) -> GroupVoices:
    return GroupVoices(
        group=group,
        raters=row[f"rated_{group.value}"] or 0,
        annotations=row[f"said_{group.value}"] or 0,
        silent=row[f"silent_{group.value}"] if row[f"has_{group.value}"] else None,
    )


def _overdue(answering: Any, *others: Any) -> list[OverdueThing]:
    late = [
        {
            "kind": "responsibility",
            "subject_id": one["responsibility_id"],
            "member_id": one["member_id"],
            "department_id": one["department_id"],
            "due_at": one["answer_by"],
            "silent": None,
        }
        for one in answering
        if one["overdue"]
    ]
    late += [one for found in others for one in found or ()]
    found = msgspec.convert(late, list[OverdueThing])
    return sorted(found, key=lambda thing: (thing.due_at, thing.subject_id))
