"""How fast `touchstone audit verify` recomputes a large ledger."""

import asyncio
import os
import re
import subprocess
from collections.abc import Iterator
from uuid import UUID

from api.plugins.database import Database, make_engine
from api.settings import Settings
from bench.data import annotation, person
from bench.machine import database
from bench.soak.serving import TOUCHSTONE
from domain import ledger
from domain.actor import Actor
from domain.facts import Verb
from domain.ledger import Fact
from domain.rules.templates import Template
from domain.services.maps import journeys

JOURNEYS, APPENDS, AT_ONCE, PROMISED = 10, 10_000, 2_000, 100_000


def main() -> bool:
    """Fill, verify; whether it holds and is as fast as promised."""
    with database() as settings:
        asyncio.run(fill(settings))
        environ = os.environ | settings.environ()
        command = [str(TOUCHSTONE), "audit", "verify"]
        for _ in range(2):
            done = subprocess.run(command, env=environ, capture_output=True, text=True)
            print(f"audit verify: {done.stdout.strip()}{done.stderr.strip()}")
    told = re.search(r"([\d,]+) entries/s", done.stdout)
    fast = told is not None and int(told[1].replace(",", "")) >= PROMISED
    print(f"  promised: {PROMISED:,} entries/s{'' if fast else ', missed'}")
    return fast


async def fill(settings: Settings) -> None:
    """Write many entries by the ledger itself, many in one go."""
    store = Database(make_engine(settings.database_url, 1))
    async with store.transaction() as tx:
        actor, _ = await person(tx, settings)
    for number in range(JOURNEYS):
        async with store.transaction(actor.organization_id) as tx:
            fields = {"title": f"Long {number}", "status": "published"}
            made = await journeys.create(tx, actor, fields, (), Template.THREE_STAGE)
        for facts in said(actor, made.id):
            async with store.transaction(actor.organization_id) as tx:
                head = await ledger.lock(tx, actor, made.id)
                await tx.add(*(fact.entity for fact in facts))
                await ledger.record(tx, actor, head, *facts)
    await store.close()


def said(actor: Actor, journey_id: UUID) -> Iterator[list[Fact]]:
    """Annotations of a journey, in portions."""
    for _ in range(APPENDS // AT_ONCE):
        made = [annotation(actor, journey_id, journey_id) for _ in range(AT_ONCE)]
        for one in made:
            one.touchpoint_id = None
        yield [Fact(Verb.ANNOTATION_WRITTEN, one) for one in made]
