"""Going to a provider and coming back, as a frontend has somebody do it."""

from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

import httpx

from api.auth.tokens import Principal, Tokens
from domain import ledger
from domain.models.identity.accounts import Account
from domain.roles import Group
from domain.services.steps import joining
from tests.api.sign_in.crooked import Crooked
from tests.world import Caller, Org

HOME = "https://app.example/signed-in/{provider_id}"
PATH = "/v1/identity-providers"


async def provider_of(org: Org, issuer: str, **more: Any) -> dict[str, Any]:
    """An identity provider of the organization."""
    told = {"name": "Staff login", "issuer": issuer, "client_id": "touchstone"}
    told["client_secret"] = "a secret between the two of us"
    return await org.admin.made(PATH, told | {"redirect_uris": [HOME]} | more)


def at(provider: dict[str, Any]) -> dict[str, str]:
    """Where the provider sends somebody back."""
    return {"redirect_uri": provider["redirect_uris"][0]}


async def changed(org: Org, provider: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The provider with other settings."""
    path = f"{PATH}/{provider['id']}"
    version = (await org.admin.read(path))["version"]
    reply = await org.admin.patch(path, fields, If_Match=f'"{version}"')
    assert reply.status_code == 200, reply.text
    told: dict[str, Any] = reply.json()
    return told


async def also_member(org: Org, caller: Caller) -> None:
    """The caller is a member of this organization, too."""
    async with org.world.database.transaction(org.id) as tx:
        account = await tx.entity(Account, caller.principal.account_id)
        assert account is not None
        head = await ledger.lock_alone(tx, org.id)
        await joining.join(tx, None, head, account, joining.Place(group=Group.EXECUTIVE))


@dataclass
class Going:
    """A flow that has begun in a browser."""

    http: httpx.AsyncClient
    url: str
    flow: str
    home: str

    @classmethod
    async def away(
        cls, http: httpx.AsyncClient, org: Org, provider: dict[str, Any], **more: Any
    ) -> Self:
        """Begin to sign in."""
        told = {"organization_id": str(org.id), "provider_id": provider["id"]}
        reply = await http.post("/v1/sign-in/flows", json=told | at(provider) | more)
        return cls.of(http, reply, provider)

    @classmethod
    async def to_link(cls, caller: Caller, provider: dict[str, Any]) -> Self:
        """Begin to link oneself."""
        told = {"provider_id": provider["id"]} | at(provider)
        return cls.of(caller.http, await caller.post("/v1/me/identities", told), provider)

    @classmethod
    def of(cls, http: httpx.AsyncClient, reply: httpx.Response, provider: dict[str, Any]) -> Self:
        assert reply.status_code == 200, reply.text
        told = reply.json()
        return cls(http, told["authorization_url"], told["flow"], provider["redirect_uris"][0])

    @property
    def asked(self) -> dict[str, str]:
        """What the provider is asked."""
        return dict(httpx.URL(self.url).params)

    async def back(self, brought: dict[str, str]) -> httpx.Response:
        """Come back and sign in."""
        told = {"flow": self.flow, "redirect_uri": self.home} | brought
        return await self.http.post("/v1/sign-in/flows/complete", json=told)

    async def linked(self, caller: Caller, brought: dict[str, str]) -> httpx.Response:
        """Come back and link oneself."""
        told = {"flow": self.flow, "redirect_uri": self.home} | brought
        return await caller.post("/v1/me/identities/complete", told)


def signed_in(http: httpx.AsyncClient, tokens: Tokens, reply: httpx.Response) -> Caller:
    """Whoever has been let in."""
    assert reply.status_code == 201, reply.text
    told = reply.json()
    principal: Principal = tokens.verify(told["access_token"])
    member = told["member"]
    return Caller(http, told["access_token"], UUID(member["id"]), principal, member["name"], "")


def code(reply: httpx.Response) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


async def visit(
    org: Org, crooked: Crooked, provider: dict[str, Any], subject: str = "ann", **claims: Any
) -> httpx.Response:
    """Somebody signs in by the provider."""
    going = await Going.away(org.world.http, org, provider)
    return await going.back(crooked.code(going.url, subject, **claims))


async def let_in(org: Org, *visiting: Any, **claims: Any) -> Caller:
    reply = await visit(org, *visiting, **claims)
    return signed_in(org.world.http, org.world.tokens, reply)


async def link(caller: Caller, crooked: Crooked, provider: Any, subject: str) -> httpx.Response:
    going = await Going.to_link(caller, provider)
    return await going.linked(caller, crooked.code(going.url, subject))
