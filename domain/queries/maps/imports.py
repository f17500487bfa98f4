"""What an import finds: its journey, what earlier imports made, what the organization has."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ARRAY, Table, Uuid, bindparam, func, select

from domain.actor import Actor
from domain.database import Hot, Transaction, hot
from domain.models.base import Base, Recorded
from domain.models.identity.departments import Department
from domain.models.maps.channels import Channel
from domain.models.maps.journeys import ImportKey
from domain.models.maps.lanes import Cell
from domain.models.moments.moments import Moment
from domain.words import MomentStatus, SubjectKind

T = TypeVar("T", bound=Recorded)
Keys = Mapping[tuple[str, str], UUID]
"""What imports have made: the id for each kind and key."""

ORGANIZATION = bindparam("organization_id", type_=Uuid())
JOURNEY = bindparam("journey_id", type_=Uuid())

_JOURNEY_KEYED = hot(
    select(ImportKey.journey_id).where(
        ImportKey.organization_id == ORGANIZATION,
        ImportKey.kind == SubjectKind.JOURNEY.value,
        ImportKey.key == bindparam("key"),
    )
)
_KEYS = hot(
    select(ImportKey.kind, ImportKey.key, ImportKey.subject_id).where(
        ImportKey.organization_id == ORGANIZATION, ImportKey.journey_id == JOURNEY
    )
)
_DEPARTMENTS = hot(
    select(Department.id, func.lower(Department.name).label("name"), Department.path).where(
        Department.organization_id == ORGANIZATION, Department.removed_at.is_(None)
    )
)
_CHANNELS = hot(select(Channel.id, Channel.key).where(Channel.organization_id == ORGANIZATION))
_CELLS = hot(
    select(Cell.id, Cell.lane_id, Cell.stage_id, Cell.touchpoint_id).where(
        Cell.organization_id == ORGANIZATION, Cell.journey_id == JOURNEY
    )
)
_LIVING_MOMENTS = hot(
    select(Moment.id, Moment.touchpoint_id).where(
        Moment.organization_id == ORGANIZATION,
        Moment.journey_id == JOURNEY,
        Moment.status != MomentStatus.RETIRED.value,
    )
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is there already. `cells` are by (lane, stage, touchpoint), `moments` by touchpoint."""

    keys: Keys = field(default_factory=dict)
    departments: Mapping[str, UUID] = field(default_factory=dict)
    paths: Mapping[UUID, list[UUID]] = field(default_factory=dict)
    channels: Mapping[str, UUID] = field(default_factory=dict)
    cells: Mapping[tuple[UUID | None, ...], UUID] = field(default_factory=dict)
    moments: Mapping[UUID, UUID] = field(default_factory=dict)
    entities: Mapping[UUID, Recorded] = field(default_factory=dict)


async def journey_keyed(tx: Transaction, actor: Actor, key: str) -> UUID | None:
    """The journey that an import with this key made, whoever may see it."""
    found: UUID | None = await tx.value(
        _JOURNEY_KEYED, organization_id=actor.organization_id, key=key
    )
    return found


async def imported(tx: Transaction, actor: Actor, journey_id: UUID | None) -> Keys:
    """What imports have made of a journey and on it."""
    rows = await tx.rows(_KEYS, organization_id=actor.organization_id, journey_id=journey_id)
    return {(row["kind"], row["key"]): row["subject_id"] for row in rows}


async def standing(
    tx: Transaction, actor: Actor, journey_id: UUID | None, models: Iterable[type[Recorded]]
) -> Standing:
    """Everything an import compares its document with; entities are loaded for changing them."""
    here = {"organization_id": actor.organization_id}
    there = here | {"journey_id": journey_id}
    departments = await tx.rows(_DEPARTMENTS, **here)
    keys = await imported(tx, actor, journey_id)
    cells: dict[tuple[UUID | None, ...], UUID] = {
        (r["lane_id"], r["stage_id"], r["touchpoint_id"]): r["id"]
        for r in await tx.rows(_CELLS, **there)
    }
    return Standing(
        keys=keys,
        departments={row["name"]: row["id"] for row in departments},
        paths={row["id"]: row["path"] for row in departments},
        channels={row["key"]: row["id"] for row in await tx.rows(_CHANNELS, **here)},
        cells=cells,
        moments={r["touchpoint_id"]: r["id"] for r in await tx.rows(_LIVING_MOMENTS, **there)},
        entities=await _entities(tx, actor, models, [*keys.values(), *cells.values()]),
    )


async def _entities(
    tx: Transaction, actor: Actor, models: Iterable[type[Recorded]], ids: list[UUID]
) -> dict[UUID, Recorded]:
    if not ids:
        return {}
    found: dict[UUID, Recorded] = {}
    for model in models:
        found |= {one.id: one for one in await _loaded(tx, actor, model, ids)}
    return found


async def _loaded(tx: Transaction, actor: Actor, model: type[T], ids: list[UUID]) -> list[T]:
    """Entities by their ids, links filled, two statements for each kind at the most."""
    session = await tx.session()
    wanted = select(model).where(
        model.organization_id == actor.organization_id, model.id == _array(ids).any_()
    )
    # An import reads before it holds anything, and again afterwards.
    anew = wanted.execution_options(populate_existing=True)
    found = list(await session.scalars(anew))
    for name, (table, column) in model.links.items():
        rows = await tx.rows(_links(table, column), organization_id=actor.organization_id, ids=ids)
        linked: dict[UUID, list[UUID]] = defaultdict(list)
        for row in rows:
            linked[row["id"]].append(row[column])
        for one in found:
            setattr(one, name, sorted(linked[one.id]))
    return found


def _array(ids: list[UUID]) -> Any:
    return bindparam(None, ids, type_=ARRAY(Uuid()))


@cache
def _links(table: str, column: str) -> Hot:
    links: Table = Base.metadata.tables[table]
    ids: Any = bindparam("ids", type_=ARRAY(Uuid()))
    return hot(
        select(links.c.id, links.c[column]).where(
            links.c.organization_id == ORGANIZATION, links.c.id == ids.any_()
        )
    )
