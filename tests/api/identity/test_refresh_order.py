"""A refresh waits for whatever is being done to its session, and judges what it finds then."""

import asyncio
from uuid import UUID

from litestar import Litestar
from sqlalchemy import text, update

from domain.database import Transaction, hot
from domain.models.identity.accounts import Session
from domain.queries.identity import sessions
from tests.api.identity.people import Person

WAITING = hot(
    text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND query LIKE '%sessions%'"
    )
)


async def somebody_waits(app: Litestar) -> None:
    """Come back when a statement about sessions waits for a lock."""
    while True:
        async with app.state.database.transaction() as tx:
            if await tx.value(WAITING):
                return


async def advance(tx: Transaction, session_id: UUID, generation: int) -> None:
    """What a process does that is two refreshes ahead."""
    await sessions.held(tx, session_id)
    session = await tx.session()
    await session.execute(
        update(Session).where(Session.id == session_id).values(generation=generation)
    )


async def test_a_refresh_judges_the_generation_that_others_have_reached(
    app: Litestar, ada: Person
) -> None:
    session_id = UUID(ada.told["session"]["id"])
    async with app.state.database.transaction() as tx:
        await advance(tx, session_id, 2)
        refreshing = asyncio.create_task(ada.door.refresh(ada.told["refresh_token"]))
        await asyncio.wait_for(somebody_waits(app), 20)
        assert not refreshing.done()
    assert (await refreshing).status_code == 401
    async with app.state.database.transaction() as tx:
        session = await tx.entity(Session, session_id)
        assert session is not None
        assert (session.generation, session.end_reason) == (2, "reused")
