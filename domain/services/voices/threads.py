"""Threads: who looks after one, and how it ends."""

from datetime import date
from uuid import UUID

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.facts import Verb
from domain.queries.voices.assignees import can_take
from domain.roles import May, Relation
from domain.services.steps.closing import End, check_end
from domain.services.steps.refusing import impossible
from domain.services.steps.threads import in_state, thread, turn
from domain.talk import WorkStatus

__all__ = ["End", "assign", "progress", "reopen", "resolve"]


async def resolve(
    tx: Transaction, actor: Actor, annotation_id: UUID, how: End, expected: int
) -> Row:
    """End a thread, saying how and why."""
    held = await thread(tx, actor, annotation_id, May.RESOLVE_THREAD)
    in_state(held[1], May.RESOLVE_THREAD, expected)
    await check_end(tx, actor, held[1], how)
    resolved = {
        "resolution": how.resolution.value,
        "resolution_note": how.note,
        "duplicate_of_id": how.duplicate_of_id,
        "resolved_by": actor.member_id,
        "resolved_at": now(),
    }
    return await turn(tx, actor, held, Verb.ANNOTATION_RESOLVED, resolved)


async def reopen(tx: Transaction, actor: Actor, annotation_id: UUID, expected: int) -> Row:
    """Take a thread up again."""
    held = await thread(tx, actor, annotation_id, May.REOPEN_THREAD)
    in_state(held[1], May.REOPEN_THREAD, expected)
    reopened = {
        "resolution": None,
        "resolution_note": "",
        "duplicate_of_id": None,
        "resolved_by": None,
        "resolved_at": None,
        "work_status": WorkStatus.TO_DO.value,
    }
    return await turn(tx, actor, held, Verb.ANNOTATION_REOPENED, reopened)


async def progress(
    tx: Transaction, actor: Actor, annotation_id: UUID, reached: WorkStatus, expected: int
) -> Row:
    """Say how far the work on an open thread is."""
    held = await thread(tx, actor, annotation_id, May.RESOLVE_THREAD)
    in_state(held[1], May.RESOLVE_THREAD, expected)
    progressed = {"work_status": reached.value}
    return await turn(tx, actor, held, Verb.ANNOTATION_PROGRESSED, progressed)


async def assign(
    tx: Transaction,
    actor: Actor,
    annotation_id: UUID,
    to: tuple[UUID | None, date | None],
    expected: int,
) -> Row:
    """Give a thread to a member who sees it, or to nobody; a date is when it is due."""
    member_id, due_on = to
    oneself = (Relation.ONESELF,) if member_id == actor.member_id else ()
    held = await thread(tx, actor, annotation_id, May.ASSIGN_THREAD, *oneself)
    in_state(held[1], May.ASSIGN_THREAD, expected)
    if member_id is None and due_on is not None:
        detail = "Only what somebody looks after is due: name a member_id or leave due_on out."
        raise impossible(detail, "due_for_nobody", "due_on")
    if member_id is not None:
        await _check_assignee(tx, actor, member_id, annotation_id)
    assigned = {"assignee_id": member_id, "due_on": due_on}
    return await turn(tx, actor, held, Verb.ANNOTATION_ASSIGNED, assigned)


async def _check_assignee(
    tx: Transaction, actor: Actor, member_id: UUID, annotation_id: UUID
) -> None:
    sees = await can_take(tx, actor, member_id, annotation_id)
    if sees is None:
        raise impossible("There is no such active member.", "unknown_member", "member_id")
    if not sees:
        detail = "This member cannot see the annotation: choose somebody who can."
        raise impossible(detail, "assignee_cannot_see", "member_id")
