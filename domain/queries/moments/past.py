"""What a ranking was computed from at some instant: the same rows, told by the ledger.

Of every subject the last revision recorded by then counts, as far as its content still exists:
what was emptied for an erased person is left out. Who may see the journey is asked of today.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    DateTime,
    Select,
    SmallInteger,
    Text,
    Uuid,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    true,
)

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.identity.organizations import Organization
from domain.models.maps.journeys import Journey
from domain.models.records.ledger import Entry, Revision
from domain.queries.maps.drawn import JOURNEY
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.voices.tallies import tallied
from domain.rules.canonical import microseconds
from domain.words import Axis, MomentStatus, SubjectKind

_AT = bindparam("at", type_=BigInteger())
_TIME = DateTime(timezone=True)


def _word(told: str) -> ColumnElement[Any]:
    """A word of our own, said outright: as a parameter it would hide the partial index."""
    return literal_column(f"'{told}'")


def _then(name: str, *kinds: SubjectKind) -> CTE:
    """The state of all subjects of these kinds, as text."""
    latest = (
        select(Entry.subject_id, func.max(Entry.version).label("version"))
        .where(
            Entry.organization_id == ORGANIZATION,
            Entry.stream_id == JOURNEY,
            Entry.subject_kind.in_([_word(kind) for kind in kinds]),
            Entry.at <= _AT,
        )
        .group_by(Entry.subject_id)
        .subquery()
    )
    return (
        select(
            Revision.subject_id.label("id"),
            Revision.version,
            Revision.subject_kind.label("kind"),
            Revision.content,
        )
        .join(
            latest,
            (Revision.subject_id == latest.c.subject_id) & (Revision.version == latest.c.version),
        )
        .where(Revision.organization_id == ORGANIZATION, Revision.content.is_not(None))
        .cte(name)
    )


def _once(statement: Select[Any], name: str) -> CTE:
    """Computed once, whatever the planner thinks of how little a reading of JSON yields."""
    return statement.cte(name).prefix_with("MATERIALIZED")


def _told(source: CTE, kind: SubjectKind, **types: Any) -> CTE:
    """Columns out of the text of one kind."""
    read = (
        func.json_to_record(cast(source.c.content, JSON))
        .table_valued(*(column(name, type_) for name, type_ in types.items()))
        .render_derived(name=f"read_{kind}", with_types=True)
    )
    rows = (
        select(source.c.id, source.c.version, *read.c)
        .select_from(source)
        .join(read, true())
        .where(source.c.kind == _word(kind))
    )
    return _once(rows, f"then_{kind}")


_DRAWN = _then(
    "drawn_then",
    SubjectKind.STAGE,
    SubjectKind.TOUCHPOINT,
    SubjectKind.EMOTION,
    SubjectKind.MOMENT,
)
_RATED = _then("rated_then", SubjectKind.RATING)
_TOUCHPOINT = _told(
    _DRAWN,
    SubjectKind.TOUCHPOINT,
    name=Text(),
    stage_id=Uuid(),
    position=Text(),
    responsible_department_id=Uuid(),
    removed_at=_TIME,
)
_STAGE = _told(_DRAWN, SubjectKind.STAGE, position=Text(), removed_at=_TIME)
_MOMENT = _told(_DRAWN, SubjectKind.MOMENT, touchpoint_id=Uuid(), status=Text(), stakes=Text())
_EMOTION = _told(
    _DRAWN,
    SubjectKind.EMOTION,
    touchpoint_id=Uuid(),
    valence=SmallInteger(),
    intensity=SmallInteger(),
    label=Text(),
    removed_at=_TIME,
)
_RATING = _told(
    _RATED,
    SubjectKind.RATING,
    touchpoint_id=Uuid(),
    member_group=Text(),
    abstained=Boolean(),
    **dict.fromkeys((axis.value for axis in Axis), SmallInteger()),
)
_TALLIED = _once(tallied(_RATING.c).select(), "tallied_then")
_FEELINGS = func.json_agg(
    func.json_build_array(_EMOTION.c.valence, _EMOTION.c.intensity, _EMOTION.c.label)
)
_FELT = _once(
    select(_EMOTION.c.touchpoint_id, _FEELINGS.label("feelings"))
    .where(_EMOTION.c.removed_at.is_(None))
    .group_by(_EMOTION.c.touchpoint_id),
    "felt_then",
)
_RANKABLE_THEN = hot(
    select(
        _TOUCHPOINT.c.id,
        _TOUCHPOINT.c.name,
        _TOUCHPOINT.c.stage_id,
        _TOUCHPOINT.c.position,
        _TOUCHPOINT.c.responsible_department_id,
        _STAGE.c.position.label("stage_position"),
        _MOMENT.c.id.label("moment_id"),
        _MOMENT.c.status.label("moment_status"),
        _MOMENT.c.version.label("moment_version"),
        _MOMENT.c.stakes,
        Organization.names_leaders,
        _TALLIED.c.tallies,
        _FELT.c.feelings,
    )
    .select_from(Journey)
    .join(Organization, Organization.id == Journey.organization_id)
    .join(_TOUCHPOINT, _TOUCHPOINT.c.removed_at.is_(None))
    .join(_STAGE, (_STAGE.c.id == _TOUCHPOINT.c.stage_id) & _STAGE.c.removed_at.is_(None))
    .outerjoin(
        _MOMENT,
        (_MOMENT.c.touchpoint_id == _TOUCHPOINT.c.id)
        & (_MOMENT.c.status != _word(MomentStatus.RETIRED)),
    )
    .outerjoin(_TALLIED, _TALLIED.c.touchpoint_id == _TOUCHPOINT.c.id)
    .outerjoin(_FELT, _FELT.c.touchpoint_id == _TOUCHPOINT.c.id)
    .where(journey_visible(), Journey.id == JOURNEY)
)


async def rankable_then(
    tx: Transaction, actor: Actor, journey_id: UUID, at: datetime
) -> Sequence[Row]:
    """What `rankable` would have found at that instant; nothing before there was a journey."""
    given = {"journey_id": journey_id, "at": microseconds(at)}
    return await tx.rows(_RANKABLE_THEN, **given, **reader(actor))
