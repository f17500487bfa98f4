"""Signing off: approving a moment or journey as it is, or asking for changes."""

from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.duties import SignOffDecision
from domain.errors import Conflict, FieldError
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.accountability.sign_offs import SignOff
from domain.policy import require
from domain.queries.accountability.content_now import content_hash
from domain.queries.accountability.sign_offs import current_sign_off
from domain.queries.accountability.signers import Signing, signing
from domain.queries.maps.places import Place
from domain.roles import May
from domain.rules.sign_offs import could_instead
from domain.services.steps.changing import change
from domain.services.steps.refusing import impossible
from domain.services.steps.signing import hold_signable, refuse_retired

VERBS = {
    SignOffDecision.APPROVED: Verb.SIGN_OFF_GIVEN,
    SignOffDecision.CHANGES_REQUESTED: Verb.CHANGES_REQUESTED,
}


async def sign(
    tx: Transaction,
    actor: Actor,
    subject_id: UUID,
    decision: SignOffDecision,
    comment: str,
    read: str | None,
) -> SignOff:
    """Decide on the content as it is now; an earlier decision of the same member is superseded.

    `read` is the hash of the content that the actor has read, if they say so.
    """
    head, place = await hold_signable(tx, actor, subject_id)
    stands = await signing(tx, actor, place, subject_id)
    _require(actor, place, stands)
    await refuse_retired(tx, actor, place, subject_id)
    _check_comment(decision, comment)
    signed = SignOff(
        **_where(actor, place),
        subject_id=subject_id,
        decision=decision.value,
        comment=comment,
        content_hash=await _present(tx, actor, place, subject_id, read),
        revision=head.revision,
        sole_signer=stands.sole_signer,
    )
    head = await _supersede(tx, actor, head, subject_id)
    await tx.add(signed)
    await ledger.record(tx, actor, head, Fact(VERBS[decision], signed))
    return signed


def _where(actor: Actor, place: Place) -> dict[str, Any]:
    """Where the signer stands, and where that stands which they sign."""
    return {
        "organization_id": actor.organization_id,
        "journey_id": place.journey_id,
        "touchpoint_id": place.touchpoint_id,
        "member_id": actor.member_id,
        "member_group": actor.group.value,
        "member_department_id": actor.department_id,
    }


def _require(actor: Actor, place: Place, stands: Signing) -> None:
    standing = place.standing(actor, *stands.relations, conditions=stands.conditions)
    require(actor, May.SIGN_OFF, standing, hint=could_instead(stands.others, stands.more))


def _check_comment(decision: SignOffDecision, comment: str) -> None:
    if decision is SignOffDecision.CHANGES_REQUESTED and not comment.strip():
        raise impossible("Say which changes are needed.", "comment_required", "comment")


async def _present(
    tx: Transaction, actor: Actor, place: Place, subject_id: UUID, read: str | None
) -> str:
    """The hash of what is there now; Conflict when something else was read."""
    present = await content_hash(tx, actor, place.journey_id, subject_id)
    if read is not None and read != present:
        detail = "What you read has changed since: read it again and decide on what is there now."
        error = FieldError(detail, "content_changed", pointer="#/content_hash")
        raise Conflict(detail, code="content_changed", errors=(error,))
    return present


async def _supersede(tx: Transaction, actor: Actor, head: Locked, subject_id: UUID) -> Locked:
    before = await current_sign_off(tx, actor, subject_id)
    if before is None:
        return head
    earlier = await tx.entity(SignOff, (actor.organization_id, before))
    assert earlier is not None
    change(earlier, {"superseded_at": now()})
    return await ledger.record(tx, actor, head, Fact(Verb.SIGN_OFF_SUPERSEDED, earlier))
