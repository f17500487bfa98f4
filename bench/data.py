"""What is measured on: 50 journeys of 8 x 5 touchpoints with 25 annotations, and a long thread."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from api.auth.tokens import Principal, Tokens
from api.plugins.database import Database, make_engine
from api.settings import Settings
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.ids import new_id
from domain.models.identity.accounts import Account, Session
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.voices.annotations import Annotation
from domain.models.voices.ratings import Rating
from domain.queries.maps.siblings import siblings
from domain.roles import Group
from domain.rules.ordering import spread
from domain.rules.templates import Template
from domain.services.maps import journeys
from domain.services.steps import joining
from domain.services.steps.joining import Place

JOURNEYS, TOUCHPOINTS_PER_STAGE, ANNOTATIONS, THREAD = 50, 5, 25, 50_000


@dataclass(frozen=True)
class Ground:
    """Where the requests go."""

    organization_id: UUID
    member_id: UUID
    token: str
    journeys: list[UUID]
    touchpoints: dict[UUID, list[UUID]]
    long_touchpoint: UUID
    middle: UUID


async def prepare(settings: Settings) -> Ground:
    """Fill a new database."""
    database = Database(make_engine(settings.database_url, 2))
    async with database.transaction() as tx:
        actor, token = await person(tx, settings)
        places = [await journey(tx, actor, number) for number in range(JOURNEYS)]
    await database.close()
    touchpoints = dict(places)
    first = places[0][1][0]
    owner = await asyncpg.connect(settings.owner_database_url.replace("+asyncpg", ""))
    middle = await voices(owner, actor, touchpoints, first)
    await owner.execute(
        "CREATE TABLE bench_events (organization_id uuid, id uuid, subject_id uuid,"
        " at timestamptz, PRIMARY KEY (organization_id, id));"
        " GRANT SELECT, INSERT ON bench_events TO touchstone_app"
    )
    await owner.execute("VACUUM ANALYZE")
    await owner.close()
    return Ground(
        actor.organization_id, actor.member_id, token, list(touchpoints), touchpoints, first, middle
    )


async def person(
    tx: Transaction, settings: Settings, email: str = "bench@example.org"
) -> tuple[Actor, str]:
    """One decision-maker with a session."""
    account = Account(email=email, name="Bench")
    await tx.add(account)
    place = Place(group=Group.DECISION_MAKER, administrator=True)
    organization, member = await joining.found(tx, "Bench", account, place)
    session = Session(
        account_id=account.id,
        organization_id=organization.id,
        member_id=member.id,
        seed=bytes(32),
    )
    await tx.add(session)
    principal = Principal(account.id, organization.id, member.id, session.id)
    actor = Actor(
        account_id=account.id,
        organization_id=organization.id,
        member_id=member.id,
        session_id=session.id,
        group=Group.DECISION_MAKER,
        department_id=None,
        department_ids=frozenset(),
        administrator=True,
        may_create_journeys=False,
    )
    return actor, Tokens([settings.secret], issuer=settings.public_url).issue(principal)


async def journey(tx: Transaction, actor: Actor, number: int) -> tuple[UUID, list[UUID]]:
    """A published journey of eight stages with five touchpoints each."""
    fields = {"title": f"Journey {number}", "status": "published"}
    made = await journeys.create(tx, actor, fields, (), Template.EIGHT_STAGE)
    stages = await siblings(tx, actor, Stage, made.id)
    touchpoints = [
        Touchpoint(
            organization_id=actor.organization_id,
            journey_id=made.id,
            stage_id=stage_id,
            name=f"Touchpoint {position}",
            customer_actions="Looks for an answer.",
            business_actions="Gives one.",
            position=position,
            created_by=actor.member_id,
        )
        for stage_id, _ in stages
        for position in spread(TOUCHPOINTS_PER_STAGE)
    ]
    await tx.add(*touchpoints)
    return made.id, [one.id for one in touchpoints]


async def voices(
    owner: asyncpg.Connection, actor: Actor, touchpoints: dict[UUID, list[UUID]], long: UUID
) -> UUID:
    """Annotations, ratings and the long thread, in bulk; the id in the middle of the thread."""
    said = [
        annotation(actor, journey_id, at)
        for journey_id, places in touchpoints.items()
        for at in places[:ANNOTATIONS]
    ]
    home = next(iter(touchpoints))
    thread = [annotation(actor, home, long) for _ in range(THREAD)]
    rated = [rating(actor, key, at) for key, places in touchpoints.items() for at in places]
    subjects = [
        (actor.organization_id, at, "touchpoint", key, at)
        for key, places in touchpoints.items()
        for at in places
    ]
    columns = ["organization_id", "id", "kind", "journey_id", "touchpoint_id"]
    await load(owner, "subjects", columns, subjects)
    await copy(owner, Annotation, said + thread)
    await copy(owner, Rating, rated)
    return thread[THREAD // 2].id


def annotation(actor: Actor, journey_id: UUID, touchpoint_id: UUID) -> Annotation:
    """Somebody says something."""
    return Annotation(
        organization_id=actor.organization_id,
        journey_id=journey_id,
        subject_id=touchpoint_id,
        touchpoint_id=touchpoint_id,
        kind="comment",
        body="The customer asks the same question twice, and gets two answers.",
        author_id=actor.member_id,
        author_group=actor.group,
    )


def rating(actor: Actor, journey_id: UUID, touchpoint_id: UUID) -> Rating:
    """Somebody rates something."""
    return Rating(
        organization_id=actor.organization_id,
        journey_id=journey_id,
        touchpoint_id=touchpoint_id,
        member_id=actor.member_id,
        member_group=actor.group,
        emotional=4,
        business=3,
        importance=4,
        performance=2,
        created_at=now(),
        id=new_id(),
    )


async def copy(owner: asyncpg.Connection, model: Any, rows: list[Any]) -> None:
    """COPY entities into their table."""
    table = model.__table__
    columns = [column.name for column in table.c]
    records = [tuple(getattr(row, name) for name in columns) for row in rows]
    await load(owner, table.name, columns, records)


async def load(
    owner: asyncpg.Connection, table: str, columns: list[str], records: list[tuple[Any, ...]]
) -> None:
    """COPY records; row-level security cannot be forced on the owner meanwhile."""
    await owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    await owner.copy_records_to_table(table, records=records, columns=columns)
    await owner.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
