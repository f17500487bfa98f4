"""Identity providers: who else may say that somebody is a member."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import Conflict, FieldError, Invalid
from domain.facts import Verb
from domain.ids import new_id
from domain.ledger import Fact, Locked
from domain.models.identity.departments import Department
from domain.models.identity.providers import IdentityProvider
from domain.policy import require
from domain.queries.identity import providers as queries
from domain.queries.identity.ways_in import locks_out
from domain.queries.references import existing
from domain.roles import May
from domain.rules.providers import possible
from domain.services.steps.changing import change, touch
from domain.services.steps.ending import end_sessions_of_provider
from domain.services.steps.flows import drop_flows, drop_flows_elsewhere
from domain.services.steps.places import current
from domain.services.steps.returning import anew
from domain.services.steps.subjects import entity

NEW_TO_ALL = ("issuer", "client_id")
"""Who is asked, and as whom: after a change nobody who came before is known by it."""


async def create(tx: Transaction, actor: Actor, fields: Mapping[str, Any]) -> IdentityProvider:
    """Let a provider vouch for members of the organization."""
    head, actor = await _entered(tx, actor)
    require(actor, May.MANAGE_ORGANIZATION, actor.standing())
    await _check_departments(tx, actor, fields)
    if await queries.count(tx, actor) >= queries.MOST:
        detail = f"There are {queries.MOST} identity providers already: remove one first."
        raise Conflict(detail, code="too_many_providers")
    made = new_id()
    here: dict[str, Any] = {"organization_id": actor.organization_id, "id": made}
    provider = IdentityProvider(created_by=actor.member_id, **here, **possible(fields, made))
    await tx.add(provider)
    await ledger.record(tx, actor, head, Fact(Verb.PROVIDER_ADDED, provider))
    return provider


async def read(tx: Transaction, actor: Actor, provider_id: UUID) -> Row:
    """One identity provider, for those who may change it."""
    require(actor, May.MANAGE_ORGANIZATION, actor.standing())
    return await queries.provider(tx, actor, provider_id)


async def update(
    tx: Transaction, actor: Actor, provider_id: UUID, changes: Mapping[str, Any], expected: int
) -> IdentityProvider:
    """Change a provider. Switched off, or with another issuer, it ends the sessions it began."""
    head, actor = await _entered(tx, actor)
    require(actor, May.MANAGE_ORGANIZATION, actor.standing())
    provider = await entity(tx, actor, IdentityProvider, provider_id)
    current(provider.version, expected)
    await _check_departments(tx, actor, changes)
    before = {name: getattr(provider, name) for name in NEW_TO_ALL}
    if not change(provider, possible(changes, provider_id)):
        return provider
    if not provider.enabled or any(getattr(provider, n) != v for n, v in before.items()):
        await _close(tx, actor, provider)
    await drop_flows_elsewhere(tx, actor.organization_id, provider.id, provider.redirect_uris)
    await ledger.record(tx, actor, head, Fact(Verb.PROVIDER_UPDATED, provider))
    return provider


async def remove(tx: Transaction, actor: Actor, provider_id: UUID, expected: int) -> None:
    """Remove a provider: nobody signs in by it any more, and whoever has is signed out."""
    head, actor = await _entered(tx, actor)
    require(actor, May.MANAGE_ORGANIZATION, actor.standing())
    provider = await entity(tx, actor, IdentityProvider, provider_id)
    current(provider.version, expected)
    provider.enabled = False
    provider.client_secret = None
    provider.removed_at = now()
    touch(provider)
    await _close(tx, actor, provider)
    await ledger.record(tx, actor, head, Fact(Verb.PROVIDER_REMOVED, provider))


async def _entered(tx: Transaction, actor: Actor) -> tuple[Locked, Actor]:
    head = await ledger.lock_organization(tx, actor)
    return head, await anew(tx, actor)


async def _close(tx: Transaction, actor: Actor, provider: IdentityProvider) -> None:
    """End what the provider began, unless no administrator could come back."""
    if await locks_out(tx, actor, provider.id):
        detail = (
            "No administrator could sign in any more: let one of them set a password or link"
            " themselves to another provider first."
        )
        raise Conflict(detail, code="last_way_in")
    await end_sessions_of_provider(tx, actor.organization_id, provider.id)
    await drop_flows(tx, actor.organization_id, provider.id)


async def _check_departments(tx: Transaction, actor: Actor, fields: Mapping[str, Any]) -> None:
    """Invalid, with a pointer to each claim that is to lead to no department."""
    mapped = fields.get("department_map") or {}
    there = await existing(tx, actor, Department, list(mapped.values())) if mapped else set()
    detail = "There is no such department: take one from the list of departments."
    faults = [
        FieldError(detail, "unknown_department", f"#/department_map/{_escaped(value)}")
        for value, department_id in mapped.items()
        if department_id not in there
    ]
    if faults:
        raise Invalid(detail, code="unknown_department", errors=faults)


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
