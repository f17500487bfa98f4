"""Builders: the story of a test in a few lines.

    org = await world.organization()
    ann = await org.member(Group.FRONTLINE_STAFF)
    said = await ann.post("/v1/annotations", {...})

People and organizations are made through the domain; everything else through HTTP.
"""

from dataclasses import dataclass, field, replace
from typing import Any, Self
from uuid import UUID

import httpx

from api.auth.tokens import Principal, Tokens
from api.plugins.database import Database
from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.facts import Verb
from domain.ids import new_id
from domain.ledger import Fact
from domain.models.identity.accounts import Account, Session
from domain.models.identity.members import Member
from domain.models.identity.organizations import Organization
from domain.roles import Group
from domain.rules.templates import Template
from domain.services.maps import journeys
from domain.services.steps import joining
from domain.services.steps.joining import Place
from tests.forms import encoded, is_form


@dataclass
class Caller:
    """Somebody with a token, and their HTTP."""

    http: httpx.AsyncClient
    token: str
    member_id: UUID
    principal: Principal
    name: str
    email: str
    tries: int = 1

    async def call(
        self, method: str, path: str, body: Any = None, **headers: Any
    ) -> httpx.Response:
        """A request as this member; keyword arguments are headers (If_Match="3")."""
        named = {name.replace("_", "-"): str(value) for name, value in headers.items()}
        sent: dict[str, Any] = {"json": body}
        if is_form(body):
            content, kind = encoded(body)
            sent, named = {"content": content}, {"content-type": kind, **named}
        elif body is not None:
            merge = method == "PATCH"
            kind = "application/merge-patch+json" if merge else "application/json"
            named.setdefault("Content-Type", kind)
            named = {"content-type": named.pop("Content-Type"), **named}
        named["authorization"] = f"Bearer {self.token}"
        for _ in range(self.tries):
            reply = await self.http.request(method, path, headers=named, **sent)
            if reply.status_code != 503:
                break
        return reply

    def patient(self) -> Self:
        """The same person, asking again while the server is busy, as clients are told to."""
        return replace(self, tries=40)

    async def get(self, path: str, **headers: Any) -> httpx.Response:
        return await self.call("GET", path, **headers)

    async def post(self, path: str, body: Any = None, **headers: Any) -> httpx.Response:
        return await self.call("POST", path, body, **headers)

    async def put(self, path: str, body: Any = None, **headers: Any) -> httpx.Response:
        return await self.call("PUT", path, body, **headers)

    async def patch(self, path: str, body: Any = None, **headers: Any) -> httpx.Response:
        return await self.call("PATCH", path, body, **headers)

    async def delete(self, path: str, **headers: Any) -> httpx.Response:
        return await self.call("DELETE", path, **headers)

    async def made(self, path: str, body: Any, **headers: Any) -> dict[str, Any]:
        """POST that must create; the new resource."""
        reply = await self.post(path, body, **headers)
        assert reply.status_code == 201, reply.text
        found: dict[str, Any] = reply.json()
        return found

    async def read(self, path: str) -> dict[str, Any]:
        """GET that must find; the resource."""
        reply = await self.get(path)
        assert reply.status_code == 200, reply.text
        found: dict[str, Any] = reply.json()
        return found


@dataclass
class World:
    """Makes organizations on the database under test."""

    http: httpx.AsyncClient
    database: Database
    tokens: Tokens
    organizations: list["Org"] = field(default_factory=list)

    async def organization(self, name: str = "Test organization") -> "Org":
        """An organization with an administrator, a decision-maker."""
        async with self.database.transaction() as tx:
            account = await new_account(tx, "Founder")
            place = Place(group=Group.DECISION_MAKER, administrator=True)
            organization, member = await joining.found(tx, name, account, place)
            caller = await self.signed_in(tx, account, member)
        org = Org(self, organization.id, caller)
        self.organizations.append(org)
        return org

    async def signed_in(self, tx: Transaction, account: Account, member: Member) -> Caller:
        """A caller with a session of their own."""
        session = Session(
            account_id=account.id,
            organization_id=member.organization_id,
            member_id=member.id,
            seed=bytes(32),
        )
        await tx.add(session)
        principal = Principal(account.id, member.organization_id, member.id, session.id)
        token = self.tokens.issue(principal)
        return Caller(self.http, token, member.id, principal, account.name, account.email)


@dataclass
class Org:
    """One organization; `admin` founded it."""

    world: World
    id: UUID
    admin: Caller

    async def member(self, group: Group = Group.FRONTLINE_STAFF, **place: Any) -> Caller:
        """A new member of a group; keyword arguments as in joining.Place, and name."""
        name = place.pop("name", f"{group.value} person")
        async with self.world.database.transaction(self.id) as tx:
            account = await new_account(tx, name)
            head = await ledger.lock(tx, actor_of(self.admin, self.id), self.id)
            standing = Place(group=group, **place)
            member, _ = await joining.join(tx, None, head, account, standing)
            return await self.world.signed_in(tx, account, member)

    async def journey(self, owner: Caller | None = None, **fields: Any) -> UUID:
        """A journey in review (everybody sees it), three stages, owned by the admin by default."""
        owner = owner or self.admin
        fields = {"title": "I try it", "status": "in_review"} | fields
        template = Template(fields.pop("template", "three_stage"))
        async with self.world.database.transaction(self.id) as tx:
            actor = actor_of(owner, self.id, may_create_journeys=True)
            return (await journeys.create(tx, actor, fields, (), template)).id


def actor_of(caller: Caller, organization_id: UUID, **more: Any) -> Actor:
    """The caller as the domain sees them."""
    standing = {
        "group": Group.DECISION_MAKER,
        "department_id": None,
        "department_ids": frozenset(),
        "administrator": True,
        "may_create_journeys": False,
    } | more
    return Actor(
        account_id=caller.principal.account_id,
        organization_id=organization_id,
        member_id=caller.member_id,
        session_id=caller.principal.session_id,
        **standing,
    )


async def changed(
    tx: Transaction, entity: Member | Organization, verb: Verb, **values: Any
) -> None:
    """Change what belongs to the organization of the transaction, as the system, on the ledger."""
    nobody = Actor(
        account_id=entity.id,
        organization_id=entity.organization_id,
        member_id=entity.id,
        session_id=entity.id,
        group=Group.EXECUTIVE,
        department_id=None,
        department_ids=frozenset(),
        administrator=False,
        may_create_journeys=False,
    )
    head = await ledger.lock_organization(tx, nobody)
    for name, value in values.items():
        setattr(entity, name, value)
    entity.version += 1
    await ledger.record(tx, None, head, Fact(verb, entity))


async def new_account(tx: Transaction, name: str) -> Account:
    """Somebody who can sign in; no password."""
    account = Account(email=f"{new_id()}@example.org", name=name)
    await tx.add(account)
    return account
