"""What reports cost as an organization grows: the same questions to a small and a large journey.

The small one has 50 touchpoints and 5,000 ratings, the large one 200 and 100,000. What counts is
the time per touchpoint reported on, large by small: 1.0 is a cost that grows with the answer alone.
"""

import asyncio
import statistics
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from api.plugins.database import Database, make_engine
from api.settings import Settings
from bench import data
from bench.load import Connection, request
from bench.machine import database, served
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.models.accountability.responsibilities import Responsibility
from domain.models.identity.accounts import Account
from domain.models.identity.members import Member
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.models.voices.ratings import Rating
from domain.queries.maps.siblings import siblings
from domain.queries.moments.ranking import rankable
from domain.roles import Group
from domain.rules.ordering import spread
from domain.rules.templates import Template
from domain.services.maps import journeys

REPORTS = {
    "moments ranked": "/v1/journeys/{}/moments?over=touchpoints",
    "ranked, all included": (
        "/v1/journeys/{}/moments?over=touchpoints&include=accountability&include=perception"
    ),
    "perception gap": "/v1/journeys/{}/perception-gap",
    "emotion curve": "/v1/journeys/{}/emotion-curve",
    "accountability": "/v1/journeys/{}/accountability",
    "participation": "/v1/journeys/{}/participation",
    "runaround": "/v1/journeys/{}/runaround",
}
SMALL, LARGE = (50, 100), (200, 500)  # touchpoints, raters of each
ROUNDS, PROMISED, RANKED_WITHIN_MS = 9, 1.5, 50.0


@dataclass(frozen=True)
class Grown:
    """Two journeys of one organization, and who asks about them."""

    actor: Actor
    token: str
    small: UUID
    large: UUID


async def grow(settings: Settings) -> Grown:
    """Make an organization with both journeys."""
    filling = Database(make_engine(settings.database_url, 2))
    async with filling.transaction() as tx:
        actor, token = await data.person(tx, settings, "reports@example.org")
        places = [await _journey(tx, actor, size) for size, _ in (SMALL, LARGE)]
    await filling.close()
    owner = await asyncpg.connect(settings.owner_database_url.replace("+asyncpg", ""))
    raters = await _members(owner, actor, LARGE[1])
    for (key, touchpoints), (_, each) in zip(places, (SMALL, LARGE), strict=True):
        await _rated(owner, actor, key, touchpoints, raters[:each])
        await _answered_for(owner, actor, key, touchpoints)
    await owner.execute("VACUUM ANALYZE")
    await owner.close()
    return Grown(actor, token, places[0][0], places[1][0])


async def _journey(tx: Transaction, actor: Actor, size: int) -> tuple[UUID, list[UUID]]:
    fields = {"title": f"{size} touchpoints", "status": "published"}
    made = await journeys.create(tx, actor, fields, (), Template.EIGHT_STAGE)
    [(stage_id, _), *_] = await siblings(tx, actor, Stage, made.id)
    touchpoints = [
        Touchpoint(
            organization_id=actor.organization_id,
            journey_id=made.id,
            stage_id=stage_id,
            name=f"Touchpoint {position}",
            position=position,
            created_by=actor.member_id,
        )
        for position in spread(size)
    ]
    await tx.add(*touchpoints)
    return made.id, [one.id for one in touchpoints]


async def _members(owner: asyncpg.Connection, actor: Actor, many: int) -> list[Member]:
    accounts = [Account(email=f"rater{n}@example.org", name=f"Rater {n}") for n in range(many)]
    names = [column.name for column in Account.__table__.c]
    records = [tuple(getattr(one, name) for name in names) for one in accounts]
    await owner.copy_records_to_table("accounts", records=records, columns=names)
    groups = list(Group)
    members = [
        Member(
            organization_id=actor.organization_id,
            account_id=account.id,
            name=account.name,
            group=groups[place % len(groups)].value,
        )
        for place, account in enumerate(accounts)
    ]
    await data.copy(owner, Member, members)
    return members


async def _rated(
    owner: asyncpg.Connection, actor: Actor, key: UUID, places: list[UUID], raters: list[Member]
) -> None:
    ratings = [
        Rating(
            organization_id=actor.organization_id,
            journey_id=key,
            touchpoint_id=place,
            member_id=rater.id,
            member_group=rater.group,
            emotional=number % 5 + 1,
            business=3,
            importance=4,
            performance=(number + at) % 5 + 1,
        )
        for at, place in enumerate(places)
        for number, rater in enumerate(raters)
    ]
    await data.copy(owner, Rating, ratings)


async def _answered_for(
    owner: asyncpg.Connection, actor: Actor, key: UUID, places: list[UUID]
) -> None:
    """A moment at every other touchpoint, with somebody accountable."""
    where: Any = {"organization_id": actor.organization_id, "journey_id": key}
    moments = [
        Moment(**where, touchpoint_id=place, status="confirmed", created_by=actor.member_id)
        for place in places[::2]
    ]
    answering = [
        Responsibility(
            **where,
            touchpoint_id=moment.touchpoint_id,
            moment_id=moment.id,
            role="accountable",
            member_id=actor.member_id,
            status="accepted",
            answered_at=now(),
            created_by=actor.member_id,
        )
        for moment in moments
    ]
    named = [(p, "touchpoint", p) for p in places]
    named += [(one.id, "moment", one.touchpoint_id) for one in moments]
    named += [(one.id, "responsibility", one.touchpoint_id) for one in answering]
    subjects = [(actor.organization_id, at, kind, key, place) for at, kind, place in named]
    columns = ["organization_id", "id", "kind", "journey_id", "touchpoint_id"]
    await data.load(owner, "subjects", columns, subjects)
    await data.copy(owner, Moment, moments)
    await data.copy(owner, Responsibility, answering)


async def measure(settings: Settings, port: int) -> int:
    """Print every report's cost; 1 when a promise is missed."""
    grown = await grow(settings)
    print(f"\n{'reports, ms per touchpoint':30} {'50 x 100':>10} {'200 x 500':>10}   ratio")
    missed = await _ranking(settings, grown)
    async with Connection(port) as connection:
        for name, path in REPORTS.items():
            small = await _asked(connection, path.format(grown.small), grown.token) / SMALL[0]
            large = await _asked(connection, path.format(grown.large), grown.token) / LARGE[0]
            late = large / small > PROMISED
            missed |= late
            print(
                f"{name:30} {small:10.3f} {large:10.3f}   {large / small:5.2f}"
                f"{f'  missed, promised {PROMISED}' if late else ''}",
                flush=True,
            )
    return int(missed)


async def _asked(connection: Connection, path: str, token: str) -> float:
    """Milliseconds of one reading, the median of several."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        status, _, body = await connection.ask(request("GET", path, token))
        taken.append((time.perf_counter() - begun) * 1000)
        if status != 200:
            raise RuntimeError(f"{path} answers {status}: {body[:500]!r}")
    return statistics.median(taken)


async def _ranking(settings: Settings, grown: Grown) -> bool:
    """The one statement of a ranking, by the clock of who sends it."""
    own = Database(make_engine(settings.database_url, 1))
    taken = []
    for _ in range(ROUNDS):
        async with own.transaction(grown.actor.organization_id) as tx:
            await tx.driver()
            begun = time.perf_counter()
            await rankable(tx, grown.actor, grown.large)
            taken.append((time.perf_counter() - begun) * 1000)
    await own.close()
    median = statistics.median(taken)
    late = median > RANKED_WITHIN_MS
    print(f"{'ranking 200 x 500, statement':30} {median:10.1f} ms, promised {RANKED_WITHIN_MS:.0f}"
          f"{'  missed' if late else ''}")  # fmt: skip
    return late


def main() -> None:
    """Only the reports."""
    with database() as settings, served("api.app:app", settings) as port:
        raise SystemExit(asyncio.run(measure(settings, port)))


if __name__ == "__main__":
    main()
