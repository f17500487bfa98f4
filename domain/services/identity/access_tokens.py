"""Access tokens: make one, end one. What they may, the policy cuts down to their scopes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_bytes
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import Conflict, FieldError, Invalid, NotFound
from domain.models.identity.accounts import Session
from domain.models.identity.tokens import AccessToken
from domain.policy import PERSONAL, permits, require
from domain.queries.held import is_held
from domain.queries.identity import access_tokens as queries
from domain.queries.identity import accounts
from domain.queries.identity.members import find_member
from domain.queries.identity.members import member as member_row
from domain.queries.identity.sessions import provider_of
from domain.queries.page import Page, PageRequest
from domain.roles import May, Scope
from domain.rules.repeats import repeats
from domain.services.steps.admitting import SEED_BYTES
from domain.services.steps.ending import end_token
from domain.words import MemberKind

MOST_LIVE = 50
"""How many tokens of one member may be good at the same time."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A token to be made: its name, what it is for, for how long, and for whom."""

    name: str
    scopes: Sequence[Scope]
    days: int
    member_id: UUID | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a secret: the hash it is found by, and its last characters."""

    digest: bytes
    ending: str


async def create(tx: Transaction, actor: Actor, wish: Wish, kept: Kept) -> Row:
    """Make a token for oneself or, for whoever manages tokens, for a service member."""
    member_id = wish.member_id or actor.member_id
    if member_id != actor.member_id:
        require(actor, May.MANAGE_TOKENS, actor.standing())
    member = await find_member(tx, actor, member_id)
    if member_id != actor.member_id and (member is None or member["kind"] != MemberKind.SERVICE):
        raise _no_program()
    assert member is not None, "the actor is a member"
    _check_scopes(wish.scopes, member)
    await _make_room(tx, actor, member)
    return await _store(tx, actor, member, wish, kept)


async def list_tokens(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of one's own tokens, or of those of the member that is named."""
    member_id = filters["member_id"] or actor.member_id
    if member_id != actor.member_id:
        await member_row(tx, actor, member_id)
        require(actor, May.MANAGE_TOKENS, actor.standing())
    return await queries.list_tokens(tx, actor, {**filters, "member_id": member_id}, page)


async def read(tx: Transaction, actor: Actor, token_id: UUID) -> Row:
    """A token of one's own or, for whoever manages tokens, any in the organization."""
    token = await queries.find(tx, actor, token_id)
    manages = permits(actor, May.MANAGE_TOKENS, actor.standing())
    if token is None or not (manages or token["member_id"] == actor.member_id):
        raise NotFound
    return token


async def revoke(tx: Transaction, actor: Actor, token_id: UUID) -> None:
    """End a token; one that has ended stays as it ended. NotFound for those of others.

    Whoever manages tokens ends any in the organization.
    """
    token = await read(tx, actor, token_id)
    await end_token(tx, token["session_id"])


async def _make_room(tx: Transaction, actor: Actor, member: Row) -> None:
    """Hold the member, so that nobody suspends them meanwhile and nobody counts at once."""
    if not await is_held(tx, actor.organization_id, member["id"]):
        detail = "This member is suspended: reinstate them first."
        raise Conflict(detail, code="member_suspended")
    await accounts.held(tx, member["account_id"])
    if await queries.count_live(tx, actor.organization_id, member["id"]) >= MOST_LIVE:
        detail = f"At most {MOST_LIVE} access tokens of a member are good at once: revoke one."
        raise Conflict(detail, code="too_many_tokens")


async def _store(tx: Transaction, actor: Actor, member: Row, wish: Wish, kept: Kept) -> Row:
    at = now()
    here = {"organization_id": actor.organization_id, "member_id": member["id"]}
    # What a provider's word has opened ends with it; a program outlives whoever set it up.
    own = member["id"] == actor.member_id
    session = Session(
        **here,
        provider_id=await provider_of(tx, actor) if own else None,
        account_id=member["account_id"],
        seed=token_bytes(SEED_BYTES),
        created_at=at,
        used_at=at,
        scopes=[scope.value for scope in wish.scopes],
        expires_at=at + timedelta(days=wish.days),
    )
    await tx.add(session)
    token = AccessToken(
        **here,
        session_id=session.id,
        name=wish.name,
        ending=kept.ending,
        secret_hash=kept.digest,
        created_by=actor.member_id,
        created_at=at,
    )
    await tx.add(token)
    found = await queries.find(tx, actor, token.id)
    assert found is not None, "it was made in this transaction"
    return found


def _no_program() -> Invalid:
    detail = "There is no such service member: for people, only they themselves make tokens."
    fault = FieldError(detail, "unknown_service_member", "#/member_id")
    return Invalid(detail, code="unknown_service_member", errors=[fault])


def _check_scopes(scopes: Collection[Scope], member: Row) -> None:
    """Each once; none that only a person can use for a program."""
    faults = list(repeats([scope.value for scope in scopes], "scopes"))
    if member["kind"] == MemberKind.SERVICE:
        faults += [
            FieldError(
                f"{scope.value} is for people: a program cannot {scope.says}.",
                "personal_scope",
                f"#/scopes/{place}",
            )
            for place, scope in enumerate(scopes)
            if scope in PERSONAL
        ]
    if faults:
        raise Invalid(faults[0].detail, code=faults[0].code, errors=faults)
