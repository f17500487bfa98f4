"""Members: where they stand, what they may administer, whether they are suspended."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Row, Transaction
from domain.errors import Conflict, FieldError, SessionOnly
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.identity.accounts import Membership
from domain.models.identity.members import Member
from domain.policy import require
from domain.queries.identity.members import managers, member
from domain.roles import May
from domain.rules.managers import refuse_cycle
from domain.services.steps.changing import change
from domain.services.steps.ending import end_tokens
from domain.services.steps.places import current
from domain.services.steps.programs import refuse_for_programs
from domain.services.steps.references import check_references
from domain.services.steps.refusing import impossible
from domain.services.steps.subjects import entity
from domain.words import MemberKind, MemberStatus, SessionEnd

VERBS = {
    MemberStatus.SUSPENDED: Verb.MEMBER_SUSPENDED,
    MemberStatus.ACTIVE: Verb.MEMBER_REINSTATED,
}


async def update(
    tx: Transaction, actor: Actor, member_id: UUID, changes: Mapping[str, Any], expected: int
) -> Row:
    """Change where a member stands, suspend or reinstate them; they keep whatever they said."""
    head = await ledger.lock_organization(tx, actor)
    before = await member(tx, actor, member_id)
    require(actor, May.MANAGE_MEMBERS, actor.standing())
    _refuse_tokens(actor, changes)
    current(before["version"], expected)
    await _check(tx, actor, before, changes)
    changed = await entity(tx, actor, Member, member_id)
    standing = {name: value for name, value in changes.items() if name != "status"}
    if change(changed, standing):
        head = await ledger.record(tx, actor, head, Fact(Verb.MEMBER_UPDATED, changed))
    if "status" in changes:
        await _set_status(tx, actor, head, changed, changes["status"])
    return await member(tx, actor, member_id)


def _refuse_tokens(actor: Actor, changes: Mapping[str, Any]) -> None:
    """Whom a token makes an administrator signs in with more than the token's scopes."""
    if actor.scopes is not None and changes.get("administrator"):
        raise SessionOnly


async def _set_status(
    tx: Transaction, actor: Actor, head: Locked, changed: Member, status: str
) -> None:
    if not change(changed, {"status": MemberStatus(status).value}):
        return
    membership = await tx.entity(Membership, (_account(changed), changed.organization_id))
    assert membership is not None, "every member who is not erased has a membership"
    membership.active = status == MemberStatus.ACTIVE
    if status == MemberStatus.SUSPENDED:
        # For good: who is reinstated makes the tokens anew that they still know of.
        await end_tokens(tx, changed.id, SessionEnd.SUSPENDED)
    await ledger.record(tx, actor, head, Fact(VERBS[MemberStatus(status)], changed))


def _account(member: Member) -> UUID:
    assert member.account_id is not None, "only an erased member has no account"
    return member.account_id


async def _check(tx: Transaction, actor: Actor, before: Row, changes: Mapping[str, Any]) -> None:
    if before["status"] == MemberStatus.ERASED:
        raise Conflict("This member has been erased: nothing of them can be changed.")
    _keep_an_administrator(before, changes)
    if before["kind"] == MemberKind.SERVICE:
        refuse_for_programs(changes)
    elif "name" in changes:
        raise impossible("People name themselves: see updateMe.", "not_a_service_member", "name")
    await check_references(tx, actor, changes, kept=[before["manager_id"]])
    if "manager_id" in changes:
        refuse_cycle(await managers(tx, actor), before["id"], changes["manager_id"])


def _keep_an_administrator(before: Row, changes: Mapping[str, Any]) -> None:
    leaving = {
        "administrator": changes.get("administrator") is False,
        "status": changes.get("status") == MemberStatus.SUSPENDED,
    }
    named = [name for name, leaves in leaving.items() if leaves]
    if before["last_administrator"] and named:
        detail = "This is the last administrator. Make somebody else an administrator first."
        errors = [FieldError(detail, "last_administrator", pointer=f"#/{name}") for name in named]
        raise Conflict(detail, code="last_administrator", errors=errors)
