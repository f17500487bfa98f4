"""Eight make somebody accountable for one moment at once, again and again, over two workers."""

import asyncio
from collections import Counter
from uuid import UUID

import httpx

from api.commands.machine import machine
from api.plugins.database import Database, make_engine
from api.settings import Settings
from bench.soak.race import client_of
from bench.soak.serving import Serving, serving
from domain import ledger
from domain.models.identity.accounts import Account
from domain.roles import Group
from domain.services.steps import joining
from domain.services.steps.joining import Place

ASSIGNERS, ROUNDS = 8, 50
CREATED, TAKEN = 201, 409


def main() -> bool:
    """Race, verify; whether exactly one was accountable after every round."""
    with serving("--workers", "2") as server:
        held = asyncio.run(rounds(server))
        verified, says = server.audit()
    print(f"  {says.strip()}")
    return held and verified


async def rounds(server: Serving) -> bool:
    """Everybody names somebody else; one wins, the others are told so."""
    people = await candidates(server)
    moment = await nominated(server)
    clients = [client_of(server) for _ in people]
    won: Counter[int] = Counter()
    for _ in range(ROUNDS):
        tries = zip(clients, people, strict=True)
        told = await asyncio.gather(*(assign(client, moment, whom) for client, whom in tries))
        won[told.count((CREATED, ""))] += told.count((TAKEN, "accountable_taken")) + 1 == ASSIGNERS
        await end(clients[0], moment)
    for client in clients:
        await client.aclose()
    print(f"{ASSIGNERS} assigners x {ROUNDS} rounds on one moment, 2 workers:")
    print(f"  exactly one won in {won[1]} of {ROUNDS}")
    return won[1] == ROUNDS


async def candidates(server: Serving) -> list[UUID]:
    """As many members as assigners."""
    made: list[UUID] = []
    with machine(Settings.read(server.environ)) as settings:
        database = Database(make_engine(settings.database_url, 1))
        async with database.transaction(server.ground.organization_id) as tx:
            for number in range(ASSIGNERS):
                account = Account(email=f"{number}@example.org", name=f"Number {number}")
                await tx.add(account)
                head = await ledger.lock_alone(tx, server.ground.organization_id)
                place = Place(group=Group.FRONTLINE_STAFF)
                member, _ = await joining.join(tx, None, head, account, place)
                made.append(member.id)
        await database.close()
    return made


async def nominated(server: Serving) -> str:
    """A moment to answer for."""
    async with client_of(server) as client:
        at = f"/v1/stages/{server.ground.stage_id}/touchpoints"
        touchpoint = (await client.post(at, json={"name": "Call"})).json()
        path = f"/v1/touchpoints/{touchpoint['id']}/moments"
        return str((await client.post(path, json={})).json()["id"])


async def assign(client: httpx.AsyncClient, moment: str, whom: UUID) -> tuple[int, str]:
    """One attempt and its answer; a busy server is asked again, as clients are told to."""
    body = {"role": "accountable", "member_id": str(whom)}
    while True:
        reply = await client.post(f"/v1/moments/{moment}/responsibilities", json=body)
        if reply.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            return reply.status_code, reply.json().get("code", "")


async def end(client: httpx.AsyncClient, moment: str) -> None:
    """Let nobody be accountable any more."""
    found = (await client.get("/v1/responsibilities", params={"moment": moment})).json()
    for one in found["items"]:
        path, headers = f"/v1/responsibilities/{one['id']}/end", {"if-match": '"1"'}
        await client.post(path, json={"reason": "Next round."}, headers=headers)
