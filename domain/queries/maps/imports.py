"""What an import finds: its journey, what earlier imports made, what the organization has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Select,
    Uuid,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.models.base import Recorded
from domain.models.findings.findings import Source
from domain.models.identity.departments import Department
from domain.models.maps.channels import Channel
from domain.models.maps.journeys import ImportKey, Journey
from domain.models.maps.lanes import Cell
from domain.models.metrics.metrics import Metric, MetricLink
from domain.models.moments.moments import Moment
from domain.models.outcomes.actions import Outcome
from domain.models.records.subjects import Subject
from domain.queries.maps.loading import entities
from domain.words import MomentStatus, SubjectKind

Keys = Mapping[tuple[str, str], UUID]
"""What imports have made: the id for each kind and key."""

ORGANIZATION = bindparam("organization_id", type_=Uuid())
JOURNEY = bindparam("journey_id", type_=Uuid())


def _between(model: Any, *ends: Any) -> Select[Any]:
    return select(model.id, *(end.label(f"end_{n}") for n, end in enumerate(ends))).where(
        model.organization_id == ORGANIZATION, model.journey_id == JOURNEY
    )


_JOURNEY_KEYED = hot(
    select(ImportKey.journey_id).where(
        ImportKey.organization_id == ORGANIZATION,
        ImportKey.kind == SubjectKind.JOURNEY.value,
        ImportKey.key == bindparam("key"),
    )
)
# What no import made goes by the key that an export gives it.
_JOURNEY_HERE = hot(
    select(Journey.id).where(Journey.organization_id == ORGANIZATION, Journey.id == bindparam("id"))
)
_HERE = hot(
    select(Subject.id, Subject.kind).where(
        Subject.organization_id == ORGANIZATION,
        or_(
            Subject.journey_id == JOURNEY,
            and_(
                Subject.journey_id.is_(None),
                Subject.kind == literal_column(f"'{SubjectKind.PERSONA}'"),
            ),
        ),
    )
)
_METRICS = hot(
    select(Metric.id, Metric.name, Metric.kind, Metric.journey_id).where(
        Metric.organization_id == ORGANIZATION,
        Metric.retired_at.is_(None),
        or_(Metric.journey_id == JOURNEY, Metric.journey_id.is_(None)),
    )
)
_ENDS = {
    SubjectKind.OUTCOME: hot(_between(Outcome, Outcome.action_id)),
    SubjectKind.SOURCE: hot(_between(Source, Source.subject_id, Source.from_id)),
    SubjectKind.METRIC_LINK: hot(
        _between(MetricLink, MetricLink.metric_id, MetricLink.subject_id, MetricLink.aspect)
    ),
}
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
    """What is there already.

    `cells` are by (lane, stage, touchpoint), `moments` by touchpoint, `ends` by what they connect,
    `here` are the kinds of everything in the journey.
    """

    here: Mapping[UUID, str] = field(default_factory=dict)
    ends: Mapping[tuple[Any, ...], UUID] = field(default_factory=dict)
    metrics: Mapping[str, UUID] = field(default_factory=dict)
    keys: Keys = field(default_factory=dict)
    departments: Mapping[str, UUID] = field(default_factory=dict)
    paths: Mapping[UUID, list[UUID]] = field(default_factory=dict)
    channels: Mapping[str, UUID] = field(default_factory=dict)
    cells: Mapping[tuple[UUID | None, ...], UUID] = field(default_factory=dict)
    moments: Mapping[UUID, UUID] = field(default_factory=dict)
    entities: Mapping[UUID, Recorded] = field(default_factory=dict)

    def found(self, kind: str, key: str) -> UUID | None:
        """What goes by a key: what an import made, or what an export called by its id."""
        named = self.keys.get((kind, key))
        one = None if named else given_id(kind, key)
        return one if one is not None and self.here.get(one) == kind else named


def given_key(kind: str, one: UUID) -> str:
    """The key that an export gives to what has none."""
    return f"{kind.replace('_', '-')}-{one.hex}"


def given_id(kind: str, key: str) -> UUID | None:
    """The id in a key that an export gave; None when it is another key."""
    digits = key.rsplit("/", 1)[-1].removeprefix(f"{kind.replace('_', '-')}-")
    try:
        one = UUID(hex=digits)
    except ValueError:
        return None
    return one if key.rsplit("/", 1)[-1] == given_key(kind, one) else None


async def journey_keyed(tx: Transaction, actor: Actor, key: str) -> UUID | None:
    """The journey that goes by this key, whoever may see it."""
    found: UUID | None = await tx.value(
        _JOURNEY_KEYED, organization_id=actor.organization_id, key=key
    )
    one = None if found else given_id(SubjectKind.JOURNEY, key)
    if one is not None:
        found = await tx.value(_JOURNEY_HERE, organization_id=actor.organization_id, id=one)
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
    here_ids = {row["id"]: row["kind"] for row in await tx.rows(_HERE, **there)}
    return Standing(
        here=here_ids,
        ends=await _ends(tx, there),
        metrics=await _metrics(tx, there),
        keys=keys,
        departments={row["name"]: row["id"] for row in departments},
        paths={row["id"]: row["path"] for row in departments},
        channels={row["key"]: row["id"] for row in await tx.rows(_CHANNELS, **here)},
        cells=cells,
        moments={r["touchpoint_id"]: r["id"] for r in await tx.rows(_LIVING_MOMENTS, **there)},
        entities=await entities(tx, actor, models, [*keys.values(), *here_ids]),
    )


async def _ends(tx: Transaction, there: Mapping[str, Any]) -> dict[tuple[Any, ...], UUID]:
    found: dict[tuple[Any, ...], UUID] = {}
    for kind, statement in _ENDS.items():
        for row in await tx.rows(statement, **there):
            one, *ends = row.values()  # type: ignore[attr-defined]
            found[(kind, *ends)] = one
    return found


async def _metrics(tx: Transaction, there: Mapping[str, Any]) -> dict[str, UUID]:
    """Metrics by name; the journey's own go before those of the organization."""
    rows = await tx.rows(_METRICS, **there)
    rows.sort(key=lambda row: row["journey_id"] is not None)
    return {row["name"]: row["id"] for row in rows}
