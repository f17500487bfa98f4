"""What an annotation is about, and the way there on the map; as it was, once that is gone.

An annotation whose subject was removed, itself or with what it stands on, is an orphan. Nothing
marks it: removing writes nothing to annotations, restoring brings them back. A removed row cannot
change, but its neighbors can: the stage may be renamed after its touchpoint went. So the names on
the way to an orphan are read from the revisions that stood when the first of what is gone went.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    ColumnElement,
    FromClause,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import array

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.findings.findings import Finding
from domain.models.maps.journeys import Journey, JourneyPersona
from domain.models.maps.lanes import Cell, Lane
from domain.models.maps.personas import Persona
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Emotion, Touchpoint
from domain.models.moments.moments import Moment
from domain.models.records.ledger import Revision
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.queries.maps.places import SUBJECT_GONE
from domain.queries.planning import plan_once
from domain.queries.readers import ORGANIZATION
from domain.queries.voices.unread import is_unread, words_in
from domain.words import SubjectKind

_START = 80
"""How many characters of a cell or a finding are its name."""
_REMOVABLE: tuple[Any, ...] = (Stage, Touchpoint, Lane, Emotion)


def _is(kind: SubjectKind) -> ColumnElement[bool]:
    return Subject.kind == literal_column(f"'{kind}'")


def _surrounded(columns: tuple[Any, ...], journey_id: Any) -> Select[Any]:
    """Columns of a subject, of what it is, and of what it stands in."""
    stage_id = func.coalesce(
        Touchpoint.stage_id, Cell.stage_id, case((_is(SubjectKind.STAGE), Subject.id))
    )
    lane_id = func.coalesce(Cell.lane_id, case((_is(SubjectKind.LANE), Subject.id)))
    joined: tuple[tuple[Any, ColumnElement[bool]], ...] = (
        (Cell, _is(SubjectKind.CELL) & (Cell.id == Subject.id)),
        (Touchpoint, Touchpoint.id == Subject.touchpoint_id),
        (Stage, Stage.id == stage_id),
        (Lane, Lane.id == lane_id),
        (Emotion, _is(SubjectKind.EMOTION) & (Emotion.id == Subject.id)),
        (Persona, _is(SubjectKind.PERSONA) & (Persona.id == Subject.id)),
        (Finding, _is(SubjectKind.FINDING) & (Finding.id == Subject.id)),
    )
    its_journey = (Journey.organization_id == ORGANIZATION) & (Journey.id == journey_id)
    found = select(*columns).select_from(Subject).join(Journey, its_journey)
    for model, which in joined:
        found = found.outerjoin(model, (model.organization_id == ORGANIZATION) & which)
    return found


def _off_journey(subject_id: Any, journey_id: Any) -> ColumnElement[bool]:
    """Whether a persona is none of those whose journey it is."""
    link = JourneyPersona
    its = (link.organization_id == ORGANIZATION, link.id == journey_id)
    return ~exists(select(link.id).where(*its, link.persona_id == subject_id))


def _went_at() -> ColumnElement[Any]:
    """The revision at which the first of what is gone was removed; null for what is there."""

    def removal(model: Any) -> ColumnElement[Any]:
        at = select(Revision.revision).where(
            Revision.organization_id == ORGANIZATION,
            Revision.subject_id == model.id,
            Revision.version == model.version,
        )
        return case((model.removed_at.is_not(None), at.correlate(model).scalar_subquery()))

    return func.least(*(removal(model) for model in _REMOVABLE))


_PARTS: Mapping[str, Any] = {
    "journey_id": Journey.id,
    "title": Journey.title,
    "stage_id": Stage.id,
    "stage": Stage.name,
    "touchpoint_id": Touchpoint.id,
    "touchpoint": Touchpoint.name,
    "lane_id": Lane.id,
    "lane": Lane.question,
}


class _Then:
    """What was there when the first of what is gone went; for what is there, what is there now."""

    def __init__(self, around: FromClause) -> None:
        self._went_at = around.c.went_at
        self._around = around

    def told(self, of: Any, name: str, now: Any) -> ColumnElement[Any]:
        """A field of the thing with the id `of`."""
        content = cast(Revision.content, JSON)
        then = (
            select(func.json_extract_path_text(content, literal_column(f"'{name}'")))
            .where(
                Revision.organization_id == ORGANIZATION,
                Revision.subject_id == of,
                Revision.revision <= self._went_at,
            )
            .order_by(Revision.version.desc())
            .limit(literal_column("1"))
            .correlate(self._around)
            .scalar_subquery()
        )
        return case((self._went_at.is_(None), now), else_=func.coalesce(then, now))


def _around(subject_id: Any, journey_id: Any) -> Select[Any]:
    """One row: what the subject is, whether it is gone, and what stands around it now."""
    off = and_(_is(SubjectKind.PERSONA), _off_journey(Subject.id, journey_id))
    columns = (
        Subject.kind,
        or_(SUBJECT_GONE, off).label("orphaned"),
        _went_at().label("went_at"),
        Persona.name.label("persona"),
        Emotion.label.label("emotion"),
        func.left(Cell.body, literal_column(str(_START))).label("cell"),
        func.left(Finding.text, literal_column(str(_START))).label("finding"),
        *(part.label(name) for name, part in _PARTS.items()),
    )
    ours = (Subject.organization_id == ORGANIZATION, Subject.id == subject_id)
    return _surrounded(columns, journey_id).where(*ours)


def _anchor(around: FromClause) -> tuple[ColumnElement[Any], ...]:
    """The columns orphaned, anchor_kind, anchor_name, anchor_path, from `_around`."""
    then, its = _Then(around), around.c
    stage_id = cast(then.told(its.touchpoint_id, "stage_id", cast(its.stage_id, Text)), Uuid)
    title = then.told(its.journey_id, "title", its.title)
    touchpoint = then.told(its.touchpoint_id, "name", its.touchpoint)
    stage = then.told(stage_id, "name", its.stage)
    lane = then.told(its.lane_id, "question", its.lane)
    name = func.coalesce(
        its.cell, its.finding, its.persona, its.emotion, lane, touchpoint, stage, title
    )
    path = func.array_remove(
        array([title, its.persona, stage, touchpoint, lane, its.emotion]), literal_column("NULL")
    )
    named = (name.label("anchor_name"), path.label("anchor_path"))
    return (its.orphaned, its.kind.label("anchor_kind"), *named)


def anchored(found: Select[Any], *untold: str) -> Select[Any]:
    """The same annotations, each with what it is about, and whether its thread is unread.

    It is looked up for what is on the page, and no more. A page often speaks about one thing
    throughout, which is looked up once. The columns in `untold` are left out.
    """
    told = found.cte("told")
    about = select(told.c.subject_id, told.c.journey_id).distinct().subquery("about")
    around = _around(about.c.subject_id, about.c.journey_id).lateral("around")
    looked_up = select(*about.c, *_anchor(around)).select_from(about.join(around, true()))
    anchors = looked_up.cte("anchors").prefix_with("MATERIALIZED")
    its = (told.c.subject_id == anchors.c.subject_id) & (told.c.journey_id == anchors.c.journey_id)
    words = words_in(told.c)
    beside = [column for column in anchors.c if column.key not in about.c]
    kept = (column for column in told.c if column.key not in untold)
    columns = (*kept, *beside, is_unread(told.c, words).label("unread"))
    return select(*columns).select_from(told.join(anchors, its).join(words, true()))


def orphaned(within: Callable[[Any], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Whether an annotation is an orphan, for lists: what is gone is looked for on the maps.

    `within` says on which, so that it costs what the maps hold and not what was said about them.
    """
    personas = select(Persona.id).where(Persona.organization_id == ORGANIZATION)
    pieces = [
        select(piece.id).where(piece.organization_id == ORGANIZATION, within(piece.journey_id))
        for piece in (*_REMOVABLE, Cell, Moment, Finding)
    ]
    gone = select(Subject.id).where(
        Subject.organization_id == ORGANIZATION,
        Subject.id.in_(union_all(*pieces, personas)),
        SUBJECT_GONE,
    )
    off = and_(
        Annotation.subject_id.in_(personas),
        _off_journey(Annotation.subject_id, Annotation.journey_id),
    )
    return or_(Annotation.subject_id.in_(gone), off)


_SUBJECT, _JOURNEY = bindparam("subject_id", type_=Uuid()), bindparam("journey_id", type_=Uuid())
_ONE = hot(select(*_anchor(_around(_SUBJECT, _JOURNEY).subquery("around"))))


async def anchor_of(tx: Transaction, actor: Actor, subject_id: UUID, journey_id: UUID) -> Row:
    """What an annotation about this subject in this journey is about."""
    await plan_once(tx)  # planning it took longer than all else that annotating does
    given = {"organization_id": actor.organization_id, "subject_id": subject_id}
    row = await tx.row(_ONE, journey_id=journey_id, **given)
    assert row is not None, "whoever asks has seen the subject"
    return row
