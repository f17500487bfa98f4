"""Webhooks: set up, change, pause, resume, give a new secret, remove."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import Conflict, FieldError, Forbidden, Invalid, NotFound
from domain.facts import Verb
from domain.integration import WebhookStatus
from domain.ledger import Fact, Locked
from domain.models.integration.webhooks import Webhook, WebhookHealth
from domain.policy import require, require_scope
from domain.queries.integration import sending, webhooks
from domain.queries.maps.places import place
from domain.roles import May
from domain.rules.repeats import check_repeats
from domain.rules.webhooks import SIGNS_ON
from domain.services.steps.changing import change
from domain.services.steps.places import current
from domain.services.steps.subjects import entity
from domain.words import MemberKind

MOST = 50
"""How many webhooks an organization may have."""
_TOLD_WHERE = ("url", "events", "journey_id", "member_id")

Judge = Callable[[str], Awaitable[None]]
"""Refuses an address that would not be called."""


async def read(tx: Transaction, actor: Actor, webhook_id: UUID) -> Row:
    """A webhook and how it fares, for whoever manages them."""
    require(actor, May.MANAGE_WEBHOOKS, actor.standing())
    return await webhooks.webhook(tx, actor, webhook_id)


async def create(
    tx: Transaction, actor: Actor, fields: Mapping[str, Any], sealed: bytes, judge: Judge
) -> Webhook:
    """A webhook that hears of what happens from now on; `sealed` is its secret."""
    require(actor, May.MANAGE_WEBHOOKS, actor.standing())
    check_repeats(fields.get("events", ()), "events")
    await tx.pause()  # looking an address up needs no connection
    await judge(fields["url"])
    head = await ledger.lock_organization(tx, actor)
    if await webhooks.webhook_count(tx, actor) >= MOST:
        detail = f"There are {MOST} webhooks already: remove one that is not needed."
        raise Conflict(detail, code="too_many_webhooks")
    _require_reading(actor, fields.get("journey_id"))
    settled = dict(fields) | {"member_id": fields.get("member_id") or actor.member_id}
    await _check(tx, actor, settled)
    organization_id = actor.organization_id
    made = Webhook(
        organization_id=organization_id, created_by=actor.member_id, secret=sealed, **settled
    )
    await tx.add(made)
    await tx.add(WebhookHealth(organization_id=organization_id, id=made.id))
    await ledger.record(tx, actor, head, Fact(Verb.WEBHOOK_CREATED, made))
    return made


async def update(
    tx: Transaction,
    actor: Actor,
    webhook_id: UUID,
    changes: Mapping[str, Any],
    expected: int,
    judge: Judge,
) -> None:
    """Change what it is called, where it goes, what it hears of.

    What waits goes there too, unless another member's eyes are named: they have not seen it.
    """
    require(actor, May.MANAGE_WEBHOOKS, actor.standing())
    check_repeats(changes.get("events", ()), "events")
    if "url" in changes:
        await tx.pause()
        await judge(changes["url"])
    head, webhook = await _found(tx, actor, webhook_id)
    current(webhook.version, expected)
    wanted = {name: value for name, value in changes.items() if getattr(webhook, name) != value}
    if any(name in wanted for name in _TOLD_WHERE):
        _require_reading(actor, wanted.get("journey_id", webhook.journey_id))
        member_id = wanted.get("member_id", webhook.member_id)
        await _check(tx, actor, {**wanted, "member_id": member_id})
    if change(webhook, wanted):
        await ledger.record(tx, actor, head, Fact(Verb.WEBHOOK_UPDATED, webhook))
    if "member_id" in wanted:
        await sending.cancel(tx, webhook_id, now())


async def pause(tx: Transaction, actor: Actor, webhook_id: UUID) -> None:
    """Let what happens wait until it is resumed."""
    head, webhook = await _found(tx, actor, webhook_id)
    if webhook.status == WebhookStatus.DISABLED:
        detail = "This webhook is disabled: resume it, or remove it."
        raise Conflict(detail, code="webhook_not_active")
    if change(webhook, {"status": WebhookStatus.PAUSED.value}):
        await ledger.record(tx, actor, head, Fact(Verb.WEBHOOK_PAUSED, webhook))


async def resume(tx: Transaction, actor: Actor, webhook_id: UUID) -> None:
    """Send what waits, in its order; one that was disabled hears of what happens from now on."""
    head, webhook = await _found(tx, actor, webhook_id)
    _require_reading(actor, webhook.journey_id)
    if await webhooks.kind_of(tx, webhook.member_id) is None:
        detail = "The member with whose eyes it sees has left: name another as its member_id first."
        raise Conflict(detail, code="webhook_owner_left")
    if webhook.status == WebhookStatus.DISABLED:
        webhook.enabled_at = now()
    if change(webhook, {"status": WebhookStatus.ACTIVE.value, "disabled_reason": None}):
        await ledger.record(tx, actor, head, Fact(Verb.WEBHOOK_RESUMED, webhook))
        await sending.make_due(tx, webhook_id, now())
        await sending.well(tx, webhook_id)


async def rekey(
    tx: Transaction, actor: Actor, webhook_id: UUID, expected: int, sealed: bytes
) -> None:
    """Sign with a new secret; the one before signs beside it for a day."""
    head, webhook = await _found(tx, actor, webhook_id)
    current(webhook.version, expected)
    webhook.previous_secret, webhook.secret = webhook.secret, sealed
    change(webhook, {"previous_until": now() + SIGNS_ON})
    await ledger.record(tx, actor, head, Fact(Verb.WEBHOOK_REKEYED, webhook))


async def remove(tx: Transaction, actor: Actor, webhook_id: UUID, expected: int) -> None:
    """Tell it nothing any more; what waits is cancelled, and its secrets are forgotten."""
    head, webhook = await _found(tx, actor, webhook_id)
    current(webhook.version, expected)
    webhook.secret, webhook.previous_secret = b"", None
    change(webhook, {"removed_at": now()})
    await ledger.record(tx, actor, head, Fact(Verb.WEBHOOK_REMOVED, webhook))
    await sending.cancel(tx, webhook_id, now())


async def _found(tx: Transaction, actor: Actor, webhook_id: UUID) -> tuple[Locked, Webhook]:
    head = await ledger.lock_organization(tx, actor)
    require(actor, May.MANAGE_WEBHOOKS, actor.standing())
    return head, await entity(tx, actor, Webhook, webhook_id)


def _require_reading(actor: Actor, journey_id: UUID | None) -> None:
    """An access token has no more sent to it than it could read: of all journeys and of the
    organization, or of one journey."""
    require_scope(actor, May.READ_JOURNEY)
    if journey_id is None:
        require_scope(actor, May.READ_ORGANIZATION_LEDGER)


async def _check(tx: Transaction, actor: Actor, fields: Mapping[str, Any]) -> None:
    """Nobody lets others see with a person's eyes but that person."""
    member_id = fields["member_id"]
    if member_id != actor.member_id:
        kind = await webhooks.kind_of(tx, member_id)
        if kind is None:
            raise _invalid("There is no such active member.", "unknown_member", "member_id")
        if kind != MemberKind.SERVICE:
            detail = (
                "A webhook sees with your own eyes or with those of a service member:"
                " name one of these as member_id."
            )
            raise Forbidden(detail, errors=[FieldError(detail, "forbidden", "#/member_id")])
    if fields.get("journey_id") is not None:
        try:
            await place(tx, actor, fields["journey_id"])
        except NotFound:
            detail = "There is no such journey that you can see."
            raise _invalid(detail, "unknown_journey", "journey_id") from None


def _invalid(detail: str, code: str, name: str) -> Invalid:
    return Invalid(detail, code=code, errors=[FieldError(detail, code, f"#/{name}")])
