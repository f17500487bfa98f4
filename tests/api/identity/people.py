"""People at the door: what they send to sign up, in and out."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

import httpx
from litestar import Litestar

from api.app import enveloped
from api.auth.passwords import Passwords
from domain.database import Transaction
from domain.facts import Verb
from domain.ids import new_id
from domain.models.identity.accounts import Membership
from domain.models.identity.members import Member
from domain.words import MemberStatus
from tests.world import changed

PASSWORD = "12 geese fly north"
_networks = count(1)


@dataclass
class Door:
    """HTTP into the application from a network of its own: limits per address do not add up."""

    http: httpx.AsyncClient
    address: str

    async def post(self, path: str, body: Any, token: str = "", **headers: str) -> httpx.Response:
        if token:
            headers["authorization"] = f"Bearer {token}"
        return await self.http.post(path, json=body, headers=headers)

    async def sign_up(self, **body: Any) -> "Person":
        """Somebody new who founds an organization."""
        sent = {
            "organization_name": "Northern Geese",
            "name": "Ada Gander",
            "email": f"{new_id()}@example.org",
            "password": PASSWORD,
        } | body
        reply = await self.post("/v1/organizations", sent)
        assert reply.status_code == 201, reply.text
        return Person(self, sent["email"], sent["password"], reply.json())

    async def sign_in(self, email: str, password: str = PASSWORD, **body: Any) -> httpx.Response:
        return await self.post("/v1/sessions", {"email": email, "password": password} | body)

    async def refresh(self, token: str) -> httpx.Response:
        return await self.post("/v1/sessions/refresh", {"refresh_token": token})


@dataclass
class Person:
    """Somebody who signed up, with what they were told last."""

    door: Door
    email: str
    password: str
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def token(self) -> str:
        return str(self.told["access_token"])

    @property
    def organization_id(self) -> str:
        return str(self.told["session"]["organization_id"])

    @property
    def member_id(self) -> str:
        return str(self.told["member"]["id"])

    async def call(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> httpx.Response:
        """A request with the newest access token."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named["authorization"] = f"Bearer {self.token}"
        return await self.door.http.request(method, path, json=body, headers=named)

    async def again(self, **body: Any) -> "Person":
        """The same person on another device."""
        reply = await self.door.sign_in(self.email, self.password, **body)
        assert reply.status_code == 201, reply.text
        return Person(self.door, self.email, self.password, reply.json())

    async def is_in(self) -> bool:
        """Whether the newest access token still opens something."""
        return (await self.call("GET", "/v1/me")).status_code == 200


@asynccontextmanager
async def door_into(app: Litestar) -> AsyncIterator[Door]:
    """A door for one test, in a network that nobody else is in."""
    number = next(_networks)
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    transport = httpx.ASGITransport(
        enveloped(app), raise_app_exceptions=False, client=(address, 40_000)
    )
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        yield Door(http, address)


async def together(*calls: Any) -> list[Any]:
    """Start them all before any has ended."""
    return list(await asyncio.gather(*calls))


class Watched(Passwords):
    """The hasher of the application, with somebody looking on whenever it begins."""

    def __init__(self, look: Callable[[], object]) -> None:
        super().__init__()
        self._look = look

    async def hash(self, password: str) -> str:
        self._look()
        return await super().hash(password)

    async def check(self, password: str, stored: str | None) -> bool:
        self._look()
        return await super().check(password, stored)


@contextmanager
def watching(app: Litestar, look: Callable[[], object]) -> Iterator[None]:
    """Look whenever a password is about to be hashed."""
    before = app.state.passwords
    app.state.passwords = Watched(look)
    try:
        yield
    finally:
        app.state.passwords = before


async def suspend(
    tx: Transaction, person: Person, status: MemberStatus = MemberStatus.SUSPENDED
) -> None:
    """Suspend the member a person is in the organization of the transaction, or reinstate them."""
    member = await tx.entity(Member, (UUID(person.organization_id), UUID(person.member_id)))
    assert member is not None
    back = status is MemberStatus.ACTIVE
    verb = Verb.MEMBER_REINSTATED if back else Verb.MEMBER_SUSPENDED
    await changed(tx, member, verb, status=status)
    key = (member.account_id, member.organization_id)
    membership = await tx.entity(Membership, key)
    assert membership is not None
    membership.active = back
