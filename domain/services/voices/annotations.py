"""Annotations: saying something about a subject, saying it better, taking it back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import Conflict, FieldError
from domain.facts import Verb
from domain.queries.voices.answers import answered_by_others
from domain.roles import May
from domain.rules.audience import widens
from domain.services.steps.annotating import Said, write
from domain.services.steps.mentioning import Place, kept, mentioning
from domain.services.steps.threads import in_state, thread, turn

__all__ = ["Said", "edit", "restore", "withdraw", "write"]


async def edit(
    tx: Transaction, actor: Actor, annotation_id: UUID, changes: Mapping[str, Any], expected: int
) -> Row:
    """Say it better; every version of it is kept. What was let stand is to be looked at anew."""
    head, row = await thread(tx, actor, annotation_id, May.EDIT_ANNOTATION)
    in_state(row, May.EDIT_ANNOTATION, expected)
    await _keep_confidence(tx, actor, row, changes.get("visibility", row["visibility"]))
    if "body" in changes:
        changes = {**changes, **await _mentioning(tx, actor, row, changes)}
    if any(row[name] != value for name, value in changes.items()):
        changes = {**changes, "edited_at": now(), "approved_at": None, "approved_by": None}
    return await turn(tx, actor, (head, row), Verb.ANNOTATION_EDITED, changes)


async def _mentioning(
    tx: Transaction, actor: Actor, row: Row, changes: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Whom the new words mention; whoever was mentioned before may stay."""
    visibility = changes.get("visibility", row["visibility"])
    shown = Place(row["journey_id"], visibility, row["author_group"], row["author_id"])
    return (await mentioning(tx, actor, changes["body"], shown, kept(row))).columns


async def _keep_confidence(tx: Transaction, actor: Actor, row: Row, visibility: str) -> None:
    """What others answered among few is not for more to read, whatever the author wants."""
    wider = widens(row["visibility"], visibility, row["author_group"])
    if wider and await answered_by_others(tx, actor, row["id"]):
        detail = "Others have answered this in confidence: write a new annotation instead."
        error = FieldError(detail, "answered_in_confidence", pointer="#/visibility")
        raise Conflict(detail, code="answered_in_confidence", errors=[error])


async def withdraw(tx: Transaction, actor: Actor, annotation_id: UUID) -> Row:
    """Take one's words back; only the author still reads them."""
    held = await thread(tx, actor, annotation_id, May.WITHDRAW_ANNOTATION)
    in_state(held[1], May.WITHDRAW_ANNOTATION)
    return await turn(tx, actor, held, Verb.ANNOTATION_WITHDRAWN, {"withdrawn_at": now()})


async def restore(tx: Transaction, actor: Actor, annotation_id: UUID) -> Row:
    """Stand by one's words again; the thread is as it was before."""
    held = await thread(tx, actor, annotation_id, May.RESTORE_ANNOTATION)
    in_state(held[1], May.RESTORE_ANNOTATION)
    return await turn(tx, actor, held, Verb.ANNOTATION_RESTORED, {"withdrawn_at": None})
