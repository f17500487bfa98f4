"""What a sign-off approves, as one text and its hash: the content of a moment, of a journey.

There is one expression for it, here, and everybody joins it:

    hashed = hashes(lambda journey_id: journey_id == bindparam("journey_id"))
    select(...).join(hashed, hashed.c.subject_id == SignOff.subject_id)

A hash is computed once per subject, whatever joins it. Content is every column that is not
bookkeeping, and not a row's own id: what is put back as it was has the hash it had. A moment's
content is its own, its touchpoint's, and that of the emotions, cells and approved playbooks there;
where the touchpoint stands is not. A journey's is its own, and all that stands on the map, in
order. Call `hashes` or `moment_hashes` once in a statement, and `satisfaction.states` instead of
both where rules are asked for.
"""

from collections.abc import Callable
from itertools import chain
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    Subquery,
    Text,
    cast,
    false,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.duties import PlaybookStatus
from domain.models.accountability.playbooks import Playbook
from domain.models.base import Base
from domain.models.maps.journeys import Journey, JourneyPersona
from domain.models.maps.lanes import Cell, Lane
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Emotion, Touchpoint, TouchpointChannel
from domain.models.moments.moments import Moment
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.readers import ORGANIZATION
from domain.words import MomentStatus

Within = Callable[[Any], ColumnElement[bool]]
"""Which journeys are looked at: a condition on whatever column holds the id of a journey."""

BOOKKEEPING = frozenset(
    {
        "organization_id", "id", "version", "journey_id", "stage_id", "touchpoint_id", "moment_id",
        "lane_id", "position", "created_by", "created_at", "updated_at", "removed_at",
        "status", "status_before", "status_reason", "restricted", "locked_at", "locked_by",
        "owner_id", "review_every_days", "reviewed_at", "confirmed_by", "confirmed_at",
        "retired_by", "retired_at", "retirement_reason", "replaces_id", "approved_by",
        "approved_at",
    }
)  # fmt: skip
"""Where things stand, whose they are and how far along; all else is content."""

_NOTHING: ColumnElement[Any] = literal_column("'[]'::jsonb")


def content_columns(model: type[Base]) -> list[str]:
    """The columns of a table that are content."""
    return [column.name for column in model.__table__.c if column.name not in BOOKKEEPING]


def _own(model: type[Base], **more: Any) -> ColumnElement[Any]:
    """A row's content as JSON; `more` is what belongs to it besides."""
    told = {name: model.__table__.c[name] for name in content_columns(model)} | more
    names: dict[Any, Any] = {literal_column(f"'{name}'"): value for name, value in told.items()}
    return func.jsonb_build_object(*chain(*names.items()))


def _list(item: Any, *order: Any) -> ColumnElement[Any]:
    """All of a group as a list; without an order by what they say, in bytes as anywhere."""
    by = order or (cast(item, Text).collate("C"),)
    return func.coalesce(func.jsonb_agg(aggregate_order_by(item, *by)), _NOTHING)


def _linked(link: Any, of: Any, column: Any) -> Any:
    found = select(_list(column)).where(
        link.organization_id == of.organization_id, link.id == of.id
    )
    return found.correlate(of).scalar_subquery()


def _grouped(model: Any, item: Any, key: Any, within: Within, *where: Any) -> Subquery:
    """What stands at each place of the journeys, gathered once for all of them."""
    statement = select(key.label("place_id"), _list(item).label("found")).where(
        model.organization_id == ORGANIZATION, within(model.journey_id), key.is_not(None), *where
    )
    return statement.group_by(key).subquery()


def _cells(place: Any, within: Within) -> Subquery:
    # A cell that was emptied is none.
    told = func.jsonb_build_array(Cell.lane_id, Cell.body)
    lanes = select(Lane.id).where(
        Lane.organization_id == ORGANIZATION, within(Lane.journey_id), Lane.removed_at.is_(None)
    )
    written = (Cell.body != literal_column("''"), Cell.lane_id.in_(lanes))
    return _grouped(Cell, told, place, within, *written)


def _touchpoints(within: Within) -> CTE:
    """Every touchpoint on the map with its content."""
    felt = _grouped(Emotion, _own(Emotion), Emotion.touchpoint_id, within,
                    Emotion.removed_at.is_(None))  # fmt: skip
    cells = _cells(Cell.touchpoint_id, within)
    told = _own(
        Touchpoint,
        channels=_linked(TouchpointChannel, Touchpoint, TouchpointChannel.channel_id),
        emotions=felt.c.found,
        cells=cells.c.found,
    )
    return (
        select(
            Touchpoint.id, Touchpoint.journey_id, Touchpoint.stage_id, Touchpoint.position,
            told.label("content"),
        )
        .join(Stage, ITS_STAGE)
        .outerjoin(felt, felt.c.place_id == Touchpoint.id)
        .outerjoin(cells, cells.c.place_id == Touchpoint.id)
        .where(Touchpoint.organization_id == ORGANIZATION, within(Touchpoint.journey_id))
        .where(*ON_THE_MAP)
        .cte("touchpoint_contents")
    )  # fmt: skip


def _moments(within: Within, touchpoints: CTE) -> CTE:
    """Every moment on the map, retired ones too, with what it says beside its touchpoint."""
    approved = (
        select(_list(_own(Playbook)))
        .where(
            Playbook.organization_id == Moment.organization_id,
            Playbook.moment_id == Moment.id,
            Playbook.status == literal_column(f"'{PlaybookStatus.APPROVED}'"),
        )
        .correlate(Moment)
        .scalar_subquery()
    )
    return (
        select(
            Moment.id, Moment.journey_id, Moment.touchpoint_id,
            (Moment.status == literal_column(f"'{MomentStatus.RETIRED}'")).label("retired"),
            _own(Moment, playbooks=approved).label("content"),
            touchpoints.c.content.label("touchpoint"),
        )
        .join(touchpoints, touchpoints.c.id == Moment.touchpoint_id)
        .where(Moment.organization_id == ORGANIZATION, within(Moment.journey_id))
        .cte("moment_contents")
    )  # fmt: skip


def _hash(*contents: Any) -> ColumnElement[str]:
    told = cast(func.jsonb_build_array(*contents), Text)
    digest = func.sha256(func.convert_to(told, literal_column("'UTF8'")))
    return func.encode(digest, literal_column("'hex'")).label("content_hash")


def _standing(touchpoints: CTE, moments: CTE) -> Subquery:
    """What stands in each stage, in order: each touchpoint with its moment, if it is one."""
    at, its = touchpoints.c, moments.c
    told = func.jsonb_build_array(at.content, its.content)
    return (
        select(at.stage_id, _list(told, at.position, at.id).label("found"))
        .outerjoin(moments, (its.touchpoint_id == at.id) & ~its.retired)
        .group_by(at.stage_id)
        .subquery()
    )


def _stages(within: Within, touchpoints: CTE, moments: CTE) -> Subquery:
    standing, said = _standing(touchpoints, moments), _cells(Cell.stage_id, within)
    told = _own(Stage, cells=said.c.found, touchpoints=standing.c.found)
    return (
        select(Stage.journey_id, _list(told, Stage.position, Stage.id).label("found"))
        .outerjoin(standing, standing.c.stage_id == Stage.id)
        .outerjoin(said, said.c.place_id == Stage.id)
        .where(Stage.organization_id == ORGANIZATION, within(Stage.journey_id))
        .where(Stage.removed_at.is_(None))
        .group_by(Stage.journey_id)
        .subquery()
    )


def _lanes(within: Within) -> Subquery:
    told = _list(_own(Lane), Lane.position, Lane.id).label("found")
    statement = select(Lane.journey_id, told).where(
        Lane.organization_id == ORGANIZATION, within(Lane.journey_id), Lane.removed_at.is_(None)
    )
    return statement.group_by(Lane.journey_id).subquery()


def _journeys(within: Within, touchpoints: CTE, moments: CTE) -> Select[Any]:
    stages, lanes = _stages(within, touchpoints, moments), _lanes(within)
    personas = _linked(JourneyPersona, Journey, JourneyPersona.persona_id)
    told = _own(Journey, personas=personas)
    no_touchpoint: ColumnElement[Any] = literal_column("NULL::uuid")
    return (
        select(
            Journey.id,
            Journey.id,
            no_touchpoint,
            false(),
            _hash(told, stages.c.found, lanes.c.found),
        )
        .outerjoin(stages, stages.c.journey_id == Journey.id)
        .outerjoin(lanes, lanes.c.journey_id == Journey.id)
        .where(Journey.organization_id == ORGANIZATION, within(Journey.id))
    )


def moment_hashes(within: Within) -> CTE:
    """`subject_id, journey_id, touchpoint_id, retired, content_hash` of each moment on the map."""
    return _of_moments(_moments(within, _touchpoints(within))).cte("moment_hashes")


def _of_moments(moments: CTE) -> Select[Any]:
    its = moments.c
    return select(
        its.id.label("subject_id"), its.journey_id, its.touchpoint_id, its.retired,
        _hash(its.content, its.touchpoint),
    )  # fmt: skip


def hashes(within: Within, only: Within | None = None) -> CTE:
    """The same of each moment and of each journey, whose `touchpoint_id` is null.

    `only`: a condition on the id of the subject; hashes of others are not computed.
    """
    touchpoints = _touchpoints(within)
    moments = _moments(within, touchpoints)
    of_moments, of_journeys = _of_moments(moments), _journeys(within, touchpoints, moments)
    if only is not None:
        of_moments = of_moments.where(only(moments.c.id))
        of_journeys = of_journeys.where(only(Journey.id))
    return union_all(of_moments, of_journeys).cte("content_hashes")
