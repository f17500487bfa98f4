"""What entries say: their revisions, the ones before, and the names of all and everything in them.

Looked up for the entries of a page, whichever report chose them; each is one row more or less.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import CTE, ColumnElement, Select, Subquery, Uuid, and_, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased

from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.models.maps.lanes import Cell, Lane
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.metrics.metrics import Metric
from domain.models.records.ledger import Entry, Revision
from domain.models.voices.annotations import Annotation
from domain.models.voices.replies import Reply
from domain.queries.metrics.visible import metric_visible
from domain.queries.readers import ORGANIZATION
from domain.queries.records.placing import touchpoint_at, with_places
from domain.queries.voices.visibility import mine
from domain.rules.canonical import ActorKind

_Earlier = aliased(Revision, name="earlier")
_Who = aliased(Member, name="who")
_Whom = aliased(Member, name="whom")
_About = aliased(Member, name="about")

COLUMNS: tuple[Any, ...] = (
    Entry.stream_id,
    Entry.revision,
    Entry.at,
    Entry.actor_kind,
    Entry.actor_id,
    Entry.verb,
    Entry.subject_kind,
    Entry.subject_id,
    Entry.version,
)
"""What is read of the entries of a page, before anything is looked up for them."""


def told(entry: Subquery) -> Select[Any]:
    """The entries with what they say and everybody in them by name."""
    said = _said(entry)
    thread = (mine(Annotation).label("mine"), Annotation.withdrawn_at)
    found = _with_names(select(*said.c, *_NAMES, _speakers(said), *thread), said)
    return found.outerjoin(Annotation, _of(Annotation, said.c.thread_id))


def told_with_places(entry: Subquery) -> Select[Any]:
    """The same with where it was: the journey, and the touchpoint, stage or lane."""
    said = _placed(_said(entry))
    stage = func.coalesce(Cell.stage_id, said.c.stage_id, said.c.spot_id, said.c.subject_id)
    places: tuple[Any, ...] = (
        Journey.id.label("journey_id"),
        Journey.title.label("journey_title"),
        Touchpoint.id.label("touchpoint_id"),
        Touchpoint.name.label("touchpoint_name"),
        Stage.name.label("stage_name"),
        Lane.question.label("lane_question"),
        Metric.name.label("metric_name"),
    )
    return (
        _with_names(select(*said.c, *_NAMES, *places), said)
        .outerjoin(Journey, _of(Journey, said.c.stream_id))
        .outerjoin(Touchpoint, _of(Touchpoint, said.c.place_id))
        .outerjoin(Cell, _of(Cell, said.c.spot_id))
        .outerjoin(Stage, _of(Stage, stage))
        .outerjoin(Lane, _of(Lane, func.coalesce(said.c.spot_id, said.c.subject_id)))
        .outerjoin(Metric, and_(_of(Metric, said.c.metric_id), metric_visible()))
    )


_IDS: Final[Mapping[str, tuple[str, ...]]] = {
    "whom_id": ("member_id", "to_id", "assignee_id", "owner_id"),
    "about_id": ("about_id",),
    "department_id": ("department_id",),
    "about_subject_id": ("subject_id",),
    "stage_id": ("stage_id",),
    "metric_id": ("metric_id",),
}
"""What is looked up, and under which names it is in a revision."""


def _said(entry: Subquery) -> CTE:
    """The entries with their revisions, and the ids that are in these.

    Row-level security would not look up by an id that is still inside of JSON: it reads the whole
    table, lest the reading tell something. So each is taken out before anything is looked up.
    """
    thread = func.coalesce(Reply.annotation_id, _named("annotation_id"), entry.c.subject_id)
    ids = {name: _named(*keys) for name, keys in _IDS.items()} | {"thread_id": thread}
    found = (
        select(
            *entry.c,
            Revision.content,
            _Earlier.content.label("before"),
            Reply.author_group.label("replying"),
            *(column.label(name) for name, column in ids.items()),
        )
        .select_from(entry)
        .join(Revision, _version(Revision, entry, 0))
        .outerjoin(_Earlier, _version(_Earlier, entry, 1))
        .outerjoin(Reply, _of(Reply, entry.c.subject_id))
    )
    return found.cte("said").prefix_with("MATERIALIZED")


def _placed(said: CTE) -> CTE:
    """The same with the thread that an entry is of, and with the touchpoint it is at."""
    found = select(
        *said.c,
        _speakers(said),
        mine(Annotation).label("mine"),
        Annotation.withdrawn_at,
        func.coalesce(Annotation.subject_id, said.c.about_subject_id).label("spot_id"),
        touchpoint_at(said.c, Annotation.touchpoint_id).label("place_id"),
    ).select_from(said)
    joined = found.outerjoin(Annotation, _of(Annotation, said.c.thread_id))
    return with_places(joined, said.c).cte("placed").prefix_with("MATERIALIZED")


_NAMES: tuple[Any, ...] = (
    _Who.name.label("who"),
    func.coalesce(_Whom.name, Department.name).label("whom"),
    _About.name.label("about"),
)


def _speakers(said: CTE) -> ColumnElement[Any]:
    return func.coalesce(said.c.replying, Annotation.author_group).label("speakers")


def _with_names(found: Select[Any], said: CTE) -> Select[Any]:
    # Whom the revision of a hidden actor names may be the actor.
    shown = said.c.actor_kind != ActorKind.HIDDEN.value
    return (
        found.select_from(said)
        .outerjoin(_Who, _of(_Who, said.c.actor_id))
        .outerjoin(_Whom, and_(shown, _of(_Whom, said.c.whom_id)))
        .outerjoin(_About, _of(_About, said.c.about_id))
        .outerjoin(Department, _of(Department, said.c.department_id))
    )


def _named(*fields: str) -> ColumnElement[Any]:
    """The first id among these fields of the revision."""
    content = cast(Revision.content, JSONB)
    found = [func.jsonb_extract_path_text(content, field) for field in fields]
    return cast(func.coalesce(*found), Uuid())


def _of(model: Any, wanted: Any) -> Any:
    return and_(model.organization_id == ORGANIZATION, model.id == wanted)


def _version(model: Any, entry: Subquery, back: int) -> Any:
    return and_(
        model.organization_id == ORGANIZATION,
        model.subject_id == entry.c.subject_id,
        model.version == entry.c.version - back,
    )
