"""What a ranking was computed from at some instant: the same rows, told by the ledger.

Of every subject the last version by the last revision of then counts, as far as its content still
exists: what was emptied for an erased person is left out. Who sees the journey is asked of today.
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
    union_all,
)

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.identity.organizations import Organization
from domain.models.maps.journeys import Journey
from domain.models.records.ledger import Entry, Revision
from domain.models.voices.ratings import Rating
from domain.queries.maps.drawn import JOURNEY
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.voices.tallies import tallied
from domain.rules.canonical import microseconds
from domain.words import Axis, MomentStatus, SubjectKind

_AT = bindparam("at", type_=BigInteger())
_TIME = DateTime(timezone=True)
_ONE: ColumnElement[Any] = literal_column("1")


def _word(told: str) -> ColumnElement[Any]:
    """A word of our own, said outright: as a parameter it would hide the partial index."""
    return literal_column(f"'{told}'")


def _once(statement: Any, name: str) -> CTE:
    """Computed once, whatever the planner thinks of how little a reading of JSON yields."""
    once: CTE = statement.cte(name).prefix_with("MATERIALIZED")
    return once


_IN_JOURNEY = (Entry.organization_id == ORGANIZATION, Entry.stream_id == JOURNEY)
# From the newest entry backwards, so that what was lately costs little.
_REACHED = _once(
    select(Entry.revision)
    .where(*_IN_JOURNEY, Entry.at <= _AT)
    .order_by(Entry.revision.desc())
    .limit(_ONE),
    "reached",
)
_THEN = func.coalesce(select(_REACHED.c.revision).scalar_subquery(), literal_column("0"))


def _texts(versions: Any) -> Select[Any]:
    """The state of these versions, as text."""
    its = versions.c
    return (
        select(its.id, its.version, Revision.subject_kind.label("kind"), Revision.content)
        .join(Revision, (Revision.subject_id == its.id) & (Revision.version == its.version))
        .where(Revision.organization_id == ORGANIZATION, Revision.content.is_not(None))
    )


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


_MAP = (SubjectKind.STAGE, SubjectKind.TOUCHPOINT, SubjectKind.EMOTION, SubjectKind.MOMENT)
_DRAWN = _texts(
    select(Entry.subject_id.label("id"), func.max(Entry.version).label("version"))
    .where(
        *_IN_JOURNEY,
        Entry.subject_kind.in_([_word(kind) for kind in _MAP]),
        Entry.revision <= _THEN,
    )
    .group_by(Entry.subject_id)
    .subquery()
).cte("drawn_then")
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
# Most ratings stand as they stood: the text is read of those that were changed since.
_SINCE = _once(
    select(Entry.subject_id.label("id"), (func.min(Entry.version) - _ONE).label("version"))
    .where(
        *_IN_JOURNEY,
        Entry.subject_kind == _word(SubjectKind.RATING),
        Entry.revision > _THEN,
    )
    .group_by(Entry.subject_id),
    "rated_since",
)
_CHANGED = _texts(_SINCE).cte("changed_since")
_ANSWERS = dict.fromkeys((axis.value for axis in Axis), SmallInteger())
_REWRITTEN = _told(
    _CHANGED,
    SubjectKind.RATING,
    touchpoint_id=Uuid(),
    member_group=Text(),
    abstained=Boolean(),
    **_ANSWERS,
)
_COUNTED = ("touchpoint_id", "member_group", "abstained", *_ANSWERS)
_RATING = union_all(
    select(*(Rating.__table__.c[name] for name in _COUNTED))
    .outerjoin(_SINCE, _SINCE.c.id == Rating.id)
    .where(
        Rating.organization_id == ORGANIZATION,
        Rating.journey_id == JOURNEY,
        _SINCE.c.id.is_(None),
    ),
    select(*(_REWRITTEN.c[name] for name in _COUNTED)),
).subquery("rating_then")
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
