"""Attached files: put there, taken away, and swept where nothing knows them any more."""

from hashlib import sha256
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import Conflict
from domain.facts import Verb
from domain.files import FileStore, Incoming, new_key
from domain.ledger import Fact
from domain.models.findings.evidence import Attachment
from domain.queries.findings import attachments as queries
from domain.rules.media import MOST
from domain.services.steps.changing import change
from domain.services.steps.hanging import Held, hold_for, hold_hanging
from domain.services.steps.places import current
from domain.words import SubjectKind

ATTACHABLE = frozenset(
    {
        SubjectKind.ANNOTATION,
        SubjectKind.TOUCHPOINT,
        SubjectKind.FINDING,
        SubjectKind.OPPORTUNITY,
        SubjectKind.ACTION,
        SubjectKind.EVIDENCE,
    }
)
FOLDER = "attachments"


async def admit(tx: Transaction, actor: Actor, subject_id: UUID) -> None:
    """Refuse before a file is looked at and kept for nothing."""
    await _room(tx, actor, subject_id)


async def attach(
    tx: Transaction,
    actor: Actor,
    files: FileStore,
    subject_id: UUID,
    sent: Incoming,
    description: str,
) -> Attachment:
    """Attach a file. It is kept before anything names it, and forgotten where that fails."""
    key = new_key(actor.organization_id, FOLDER)
    await files.put(key, sent.content)
    try:
        return await _attached(tx, actor, subject_id, _named(actor, key, sent, description))
    except BaseException:
        await files.remove(key)
        raise


def _named(actor: Actor, key: str, sent: Incoming, description: str) -> dict[str, object]:
    return {
        "organization_id": actor.organization_id,
        "author_id": actor.member_id,
        "name": sent.name,
        "description": description,
        "media_type": sent.media_type,
        "size": len(sent.content),
        "sha256": sha256(sent.content).hexdigest(),
        "width": sent.width,
        "height": sent.height,
        "storage_key": key,
    }


async def _attached(
    tx: Transaction, actor: Actor, subject_id: UUID, told: dict[str, object]
) -> Attachment:
    held = await _room(tx, actor, subject_id)
    made = Attachment(
        journey_id=held.journey_id,
        subject_id=subject_id,
        touchpoint_id=held.touchpoint_id,
        **told,  # type: ignore[arg-type]
    )
    await tx.add(made)
    await ledger.record(tx, actor, held.head, Fact(Verb.ATTACHMENT_ADDED, made))
    return made


async def _room(tx: Transaction, actor: Actor, subject_id: UUID) -> Held:
    """Hold what the actor may attach a file to, and see that there is room."""
    held = await hold_for(tx, actor, subject_id, ATTACHABLE)
    if await queries.count(tx, actor, subject_id) >= MOST:
        detail = f"There are {MOST} files already: remove one first."
        raise Conflict(detail, code="too_many_attachments")
    return held


async def remove(tx: Transaction, actor: Actor, attachment_id: UUID, expected: int) -> None:
    """Take a file away; what it held is forgotten after a while."""
    row: Row = await queries.attachment(tx, actor, attachment_id)
    head, one = await hold_hanging(tx, actor, Attachment, row)
    current(one.version, expected)
    change(one, {"removed_at": now()})
    await ledger.record(tx, actor, head, Fact(Verb.ATTACHMENT_REMOVED, one))
