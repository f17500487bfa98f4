"""Links to answer by: sent to the silent, opened and answered without signing in, revoked."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import update

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.duties import InputRequestStatus
from domain.errors import Conflict, NotFound, Throttled, Unauthenticated
from domain.models.participation.input_requests import InputLink, InputRequest
from domain.policy import require
from domain.queries.identity.addresses import addresses
from domain.queries.maps.places import place_of
from domain.queries.participation import input_links as queries
from domain.queries.participation.asks import ask_of, asks_of
from domain.queries.participation.questions import question
from domain.queries.participation.spoken import SILENT
from domain.roles import Condition, May
from domain.services.steps import answering
from domain.services.steps.answering import Answer, already_answered
from domain.services.steps.places import enter
from domain.services.steps.refusing import impossible
from domain.services.steps.subjects import subject
from domain.services.steps.throttling import LINKS_PER_ADDRESS, reserve
from domain.services.steps.visiting import look
from domain.words import SubjectKind

LIFETIME = timedelta(days=14)
"""How long after the date a link is good."""
BREATHER = timedelta(minutes=1)
"""What must pass before another letter goes to the same member."""

Mint = Callable[[], tuple[str, bytes]]
"""Makes a secret: its text, told once, and the digest to keep."""


class InputLinkGone(NotFound):
    """What is said of every secret that opens nothing, whatever the reason."""

    code = "input_link_gone"
    detail = (
        "This code is not good any more, or never was: sign in and answer, or ask whoever sent it"
        " for a new one."
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """A link on its way: the secret is for the letter alone."""

    link: InputLink
    member_id: UUID
    name: str
    email: str
    secret: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A secret that somebody shows, from which network; None when it cannot be one of ours."""

    organization_id: UUID | None
    digests: Sequence[bytes]
    address: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What is behind a link: the question in words, what became of it, what can be rated."""

    name: str
    asked: Row
    ask: Row
    touchpoints: Sequence[Row]


async def send(
    tx: Transaction, actor: Actor, request_id: UUID, member_id: UUID | None, mint: Mint
) -> tuple[Row, list[Sent]]:
    """Make a link for a member, or for each who is silent; one sent before opens nothing more."""
    _, place, request = await subject(tx, actor, InputRequest, request_id)
    asked = await question(tx, request_id)
    if asked is None:
        raise NotFound
    require(actor, May.REQUEST_INPUT, place.standing(actor))
    if request.status == InputRequestStatus.CANCELLED:
        raise Conflict("This request was called off: ask anew.", code="input_request_cancelled")
    silent = _silent(await asks_of(tx, request_id), member_id)
    people = await addresses(tx, request.journey_id, [ask["member_id"] for ask in silent])
    silent = _rested([ask for ask in silent if _has_address(people, ask)])
    await _void(tx, [ask["id"] for ask in silent])
    sent = [_sent(actor, request, ask, people[ask["member_id"]], mint()) for ask in silent]
    await tx.add(*(one.link for one in sent))
    return asked, sent


async def revoke(tx: Transaction, actor: Actor, link_id: UUID) -> None:
    """Void a link; a second time there is nothing to void."""
    journey_id = await queries.journey_of(tx, actor, link_id)
    _, place = await enter(tx, actor, journey_id)
    # What leaked must be stopped in a locked journey too.
    require(actor, May.REQUEST_INPUT, place.standing(actor, conditions=(Condition.OPEN,)))
    if not await _mark(tx, link_id, "revoked_at"):
        raise NotFound


async def open_link(tx: Transaction, shown: Shown) -> Opened:
    """Read what is asked; whoever holds the letter has seen it from now on."""
    actor, row = await _holder(tx, shown)
    await look(tx, actor.member_id, row["ask_id"])
    return await _opened(tx, actor, row)


async def answer(tx: Transaction, shown: Shown, given: Answer) -> Opened:
    """Answer as the member the link was sent to, once."""
    actor, row = await _holder(tx, shown)
    if row["used_at"] is not None:
        raise already_answered()
    try:
        await answering.answer(tx, actor, row["request_id"], given, via_link=True)
    except Unauthenticated:  # suspended since the link was found
        raise InputLinkGone from None
    # Only now, with the journey held: whoever sends new links holds it before they void old ones.
    if not await _mark(tx, row["id"], "used_at"):
        raise already_answered()
    return await _opened(tx, actor, row)


async def _holder(tx: Transaction, shown: Shown) -> tuple[Actor, Row]:
    """Whom a secret belongs to, as they stand in the journey; the try is counted first."""
    await reserve(tx, (LINKS_PER_ADDRESS, shown.address))
    if shown.organization_id is None:
        raise InputLinkGone
    await tx.enter(shown.organization_id)
    row = await queries.usable(tx, shown.digests, now())
    if row is None or await question(tx, row["request_id"]) is None:
        raise InputLinkGone
    actor = queries.holder(row, shown.organization_id)
    try:
        await place_of(tx, actor, row["request_id"], SubjectKind.INPUT_REQUEST)
    except NotFound:
        raise InputLinkGone from None
    return actor, row


async def _opened(tx: Transaction, actor: Actor, row: Row) -> Opened:
    asked = await question(tx, row["request_id"])
    if asked is None:  # removed since the link was found
        raise InputLinkGone
    ask = await ask_of(tx, row["ask_id"])
    return Opened(row["name"], asked, ask, await queries.touchpoints(tx, actor, asked))


def _silent(asks: Sequence[Row], member_id: UUID | None) -> list[Row]:
    """Those who are still to answer, or the one who is named."""
    if member_id is None:
        return [ask for ask in asks if ask["status"] in SILENT]
    named = [ask for ask in asks if ask["member_id"] == member_id]
    if not named:
        raise impossible("This member was not asked: ask them first.", "not_asked", "member_id")
    if named[0]["recorded"] not in SILENT:
        raise already_answered()
    return named


def _has_address(people: Mapping[UUID, Row], ask: Row) -> bool:
    return ask["member_id"] in people and people[ask["member_id"]]["email"] is not None


def _rested(asks: Sequence[Row]) -> list[Row]:
    """Those to whom no letter has just gone."""
    if not asks:
        raise Conflict("Nobody is left to be written to.", code="nobody_silent")
    at = now()
    rests = {ask["id"]: (ask["link_sent_at"] or at - BREATHER) + BREATHER - at for ask in asks}
    rested = [ask for ask in asks if rests[ask["id"]] <= timedelta()]
    if not rested:
        detail = "The letters have only just been sent: wait as long as Retry-After says."
        raise Throttled(math.ceil(max(rests.values()).total_seconds()), detail)
    return rested


def _sent(
    actor: Actor, request: InputRequest, ask: Row, person: Row, minted: tuple[str, bytes]
) -> Sent:
    text, digest = minted
    link = InputLink(
        organization_id=actor.organization_id,
        ask_id=ask["id"],
        secret_hash=digest,
        expires_at=max(request.due_at, now()) + LIFETIME,
        created_by=actor.member_id,
    )
    return Sent(link, ask["member_id"], person["name"], person["email"], text)


async def _void(tx: Transaction, ask_ids: Sequence[UUID]) -> None:
    """Only the newest link of an ask is good."""
    session = await tx.session()
    await session.execute(
        update(InputLink)
        .where(
            InputLink.organization_id == tx.organization_id,
            InputLink.ask_id.in_(ask_ids),
            InputLink.revoked_at.is_(None),
        )
        .values(revoked_at=now())
    )


async def _mark(tx: Transaction, link_id: UUID, column: str) -> bool:
    """Say of a link that is good until now that it is used or revoked; whether it was good."""
    session = await tx.session()
    free = [InputLink.revoked_at.is_(None)]
    if column == "used_at":
        free.append(InputLink.used_at.is_(None))
    marked: Any = await session.execute(
        update(InputLink)
        .where(InputLink.organization_id == tx.organization_id, InputLink.id == link_id, *free)
        .values({column: now()})
    )
    return int(marked.rowcount) == 1
