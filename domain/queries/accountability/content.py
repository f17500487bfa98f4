"""What a sign-off approves, as one text and its hash: the content of a moment, of a journey.

There is one expression for it, here, and everybody uses it:

    now = hash_in(hashes(lambda journey_id: journey_id == bindparam("journey_id")))
    select(..., (SignOff.content_hash != now(SignOff.subject_id)).label("stale"))

A hash is computed once per subject, however often it is asked for. Call `hashes` once in a
statement, and `satisfaction.states` instead where rules are asked for.

Content is every column that is not bookkeeping, and not a row's own id: what is put back as it was
has the hash it had. A moment's content is its own, its touchpoint's, and that of the emotions,
cells and approved playbooks there; where the touchpoint stands is not. A journey's is its own, and
all that stands on the map, in order.
"""

from collections.abc import Callable
from itertools import chain
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    Text,
    case,
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
        "status", "status_before", "status_reason", "restricted", "group_voice", "locked_at",
        "locked_by",
        "owner_id", "review_every_days", "reviewed_at", "confirmed_by", "confirmed_at",
        "retired_by", "retired_at", "retirement_reason", "replaces_id", "approved_by",
        "approved_at", "lineage_id", "child_journey_id", "future_of_id",
    }
)  # fmt: skip
"""Where things stand, whose they are and how far along; all else is content."""

_NOTHING: ColumnElement[Any] = literal_column("'[]'::json")
_RETIRED: ColumnElement[Any] = literal_column(f"'{MomentStatus.RETIRED}'")
_ITS_MOMENT = (Moment.organization_id == Touchpoint.organization_id) & (
    Moment.touchpoint_id == Touchpoint.id
)


def content_columns(model: type[Base]) -> list[str]:
    """The columns of a table that are content."""
    return [column.name for column in model.__table__.c if column.name not in BOOKKEEPING]


def _own(model: type[Base], **more: Any) -> ColumnElement[Any]:
    """A row's content as JSON; `more` is what belongs to it besides."""
    told = {name: model.__table__.c[name] for name in content_columns(model)} | more
    names: dict[Any, Any] = {literal_column(f"'{name}'"): value for name, value in told.items()}
    return func.json_build_object(*chain(*names.items()))


def _list(item: Any, *order: Any) -> ColumnElement[Any]:
    """All of a group as a list; without an order by what they say, in bytes as anywhere."""
    by = order or (cast(item, Text).collate("C"),)
    return func.coalesce(func.json_agg(aggregate_order_by(item, *by)), _NOTHING)


def _linked(link: Any, of: Any, column: Any) -> Any:
    found = select(_list(column)).where(
        link.organization_id == of.organization_id, link.id == of.id
    )
    return found.correlate(of).scalar_subquery()


class _Standing:
    """What stands at the touchpoints and stages of the journeys, gathered once for all of them.

    It is looked up by place, not joined: a join would gather it again for every touchpoint
    whenever the planner takes a journey for a small one.
    """

    def __init__(self, within: Within) -> None:
        lanes = select(Lane.id).where(
            Lane.organization_id == ORGANIZATION, within(Lane.journey_id), Lane.removed_at.is_(None)
        )
        # A cell that was emptied is none.
        written = (Cell.body != literal_column("''"), Cell.lane_id.in_(lanes))
        place = func.coalesce(Cell.touchpoint_id, Cell.stage_id)
        told = func.json_build_array(Cell.lane_id, Cell.body)
        felt = (Emotion.removed_at.is_(None),)
        self._cells = _gathered("cells_at", Cell, place, told, within, written)
        self._emotions = _gathered(
            "emotions_at", Emotion, Emotion.touchpoint_id, _own(Emotion), within, felt
        )

    def touchpoint(self) -> ColumnElement[Any]:
        """The content of a touchpoint."""
        return _own(
            Touchpoint,
            channels=_linked(TouchpointChannel, Touchpoint, TouchpointChannel.channel_id),
            emotions=_looked_up(self._emotions, Touchpoint.id),
            cells=_looked_up(self._cells, Touchpoint.id),
        )

    def stage(self) -> ColumnElement[Any]:
        """The content of a stage: its touchpoints in order, each with its moment if it is one."""
        of_stage = (
            select(
                _list(
                    func.json_build_array(self.touchpoint(), moment_content()),
                    Touchpoint.position,
                    Touchpoint.id,
                )
            )
            .outerjoin(Moment, _ITS_MOMENT & (Moment.status != _RETIRED))
            .where(ITS_STAGE, Touchpoint.removed_at.is_(None))
            .correlate(Stage)
            .scalar_subquery()
        )
        return _own(Stage, cells=_looked_up(self._cells, Stage.id), touchpoints=of_stage)


def _gathered(
    name: str, model: Any, place: Any, told: Any, within: Within, where: tuple[Any, ...]
) -> CTE:
    each = (
        select(place.label("place_id"), _list(told).label("found"))
        .where(model.organization_id == ORGANIZATION, within(model.journey_id), *where)
        .group_by(place)
        .subquery()
    )
    key = cast(each.c.place_id, Text)
    return select(func.jsonb_object_agg(key, each.c.found).label("found")).cte(name)


def _looked_up(gathered: CTE, place: Any) -> ColumnElement[Any]:
    return select(gathered.c.found).scalar_subquery().op("->")(cast(place, Text))


def moment_content() -> ColumnElement[Any]:
    """What a moment says beside its touchpoint."""
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
    # Where there is no moment beside a touchpoint, it says nothing.
    return case((Moment.id.is_not(None), _own(Moment, playbooks=approved)))


def _hash(*contents: Any) -> ColumnElement[str]:
    told = cast(func.json_build_array(*contents), Text)
    digest = func.sha256(func.convert_to(told, literal_column("'UTF8'")))
    return func.encode(digest, literal_column("'hex'")).label("content_hash")


def _moments(within: Within, standing: _Standing) -> Select[Any]:
    content_hash = _hash(moment_content(), standing.touchpoint())
    told: tuple[Any, ...] = (
        Moment.id.label("subject_id"),
        Moment.journey_id,
        Moment.touchpoint_id,
        (Moment.status == _RETIRED).label("retired"),
    )
    return (
        select(*told, content_hash)
        .join(Touchpoint, _ITS_MOMENT)
        .join(Stage, ITS_STAGE)
        .where(Moment.organization_id == ORGANIZATION, within(Moment.journey_id), *ON_THE_MAP)
    )


def _of_journey(model: Any, told: Any) -> Any:
    """The stages or the lanes of a journey, in order."""
    found = select(_list(told, model.position, model.id)).where(
        model.organization_id == Journey.organization_id,
        model.journey_id == Journey.id,
        model.removed_at.is_(None),
    )
    return found.correlate(Journey).scalar_subquery()


def _journeys(within: Within, standing: _Standing) -> Select[Any]:
    personas = _linked(JourneyPersona, Journey, JourneyPersona.persona_id)
    stages, lanes = _of_journey(Stage, standing.stage()), _of_journey(Lane, _own(Lane))
    no_touchpoint: ColumnElement[Any] = literal_column("NULL::uuid")
    content_hash = _hash(_own(Journey, personas=personas), stages, lanes)
    return select(Journey.id, Journey.id, no_touchpoint, false(), content_hash).where(
        Journey.organization_id == ORGANIZATION, within(Journey.id)
    )


def hashes(within: Within, only: Within | None = None) -> CTE:
    """`subject_id, journey_id, touchpoint_id, retired, content_hash` of each moment and journey.

    `touchpoint_id` is null of a journey; a moment that is off the map is not among them. `only`: a
    condition on the id of the subject; hashes of others are not computed.
    """
    standing = _Standing(within)
    of_moments, of_journeys = _moments(within, standing), _journeys(within, standing)
    if only is not None:
        of_moments = of_moments.where(only(Moment.id))
        of_journeys = of_journeys.where(only(Journey.id))
    return union_all(of_moments, of_journeys).cte("content_hashes")


def hash_in(hashed: CTE, *where: Any) -> Callable[[Any], ColumnElement[Any]]:
    """Looks the hash of a subject up by its id, null where it has none; cheaper than a join."""
    key = cast(hashed.c.subject_id, Text)
    found = select(func.jsonb_object_agg(key, hashed.c.content_hash).label("found")).where(*where)
    by_subject = found.cte("hash_of_subject")
    return lambda subject_id: (
        select(by_subject.c.found).scalar_subquery().op("->>")(cast(subject_id, Text))
    )
