"""What a member chose to hear of journeys and threads."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Select,
    Uuid,
    bindparam,
    literal_column,
    or_,
    select,
    text,
    tuple_,
)

from domain.actor import Actor
from domain.clock import now
from domain.database import Hot, Row, Transaction, hot
from domain.models.inbox.preferences import Watch
from domain.models.maps.journeys import Journey
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.queries.page import Page, PageRequest, binding, cut, decode_moment
from domain.queries.readers import ME, ORGANIZATION, journey_visible, reader
from domain.queries.voices.visibility import annotation_visible
from domain.talk import WatchLevel
from domain.words import SubjectKind

_SUBJECT = bindparam("subject_id", type_=Uuid())
_THREAD: Any = literal_column(f"'{SubjectKind.ANNOTATION}'")
_ONE = hot(
    select(Watch.level, Watch.updated_at).where(
        Watch.organization_id == ORGANIZATION, Watch.member_id == ME, Watch.subject_id == _SUBJECT
    )
)
_SET = hot(
    text(
        "INSERT INTO watches (organization_id, member_id, subject_id, level, updated_at) VALUES"
        " (CAST(:organization_id AS uuid), CAST(:me AS uuid), CAST(:subject_id AS uuid),"
        " CAST(:level AS text), CAST(:now AS timestamptz))"
        " ON CONFLICT (organization_id, member_id, subject_id)"
        " DO UPDATE SET level = excluded.level, updated_at = excluded.updated_at"
        " WHERE watches.level <> excluded.level"
    )
)
_CLEAR = hot(
    text(
        "DELETE FROM watches WHERE organization_id = CAST(:organization_id AS uuid)"
        " AND member_id = CAST(:me AS uuid) AND subject_id = CAST(:subject_id AS uuid)"
    )
)


@cache
def list_statement(paged: bool) -> Hot:
    """The statement behind the list, from its beginning or further on."""
    found = _mine()
    if paged:
        last: tuple[Any, ...] = (
            bindparam("last_at", type_=DateTime(timezone=True)),
            bindparam("last_id", type_=Uuid()),
        )
        found = found.where(tuple_(Watch.updated_at, Watch.subject_id) < tuple_(*last))
    newest = found.order_by(Watch.updated_at.desc(), Watch.subject_id.desc())
    return hot(newest.limit(bindparam("limit")))


def _mine() -> Select[Any]:
    """What the reader chose, of what they see now."""
    told: tuple[Any, ...] = (
        Watch.subject_id,
        Subject.kind.label("subject_kind"),
        Journey.id.label("journey_id"),
        Journey.title.label("journey_title"),
        Watch.level,
        Watch.updated_at,
    )
    return (
        select(*told)
        .join(Subject, _its(Subject, Watch.subject_id))
        .join(Journey, _its(Journey, Subject.journey_id))
        .outerjoin(Annotation, _its(Annotation, Watch.subject_id))
        .where(
            Watch.organization_id == ORGANIZATION,
            Watch.member_id == ME,
            journey_visible(),
            or_(Subject.kind != _THREAD, annotation_visible()),
        )
    )


def _its(model: Any, its_id: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = (model.organization_id == ORGANIZATION) & (model.id == its_id)
    return found


async def list_watches(tx: Transaction, actor: Actor, page: PageRequest) -> Page:
    """A page of what the actor chose, what was chosen last first; of what they see now."""
    bound = binding("watches", {})
    after = decode_moment(bound, page.cursor)
    statement = list_statement(bool(after))
    rows = await tx.rows(statement, **reader(actor), **after, limit=page.limit + 1)
    keys = "updated_at", "subject_id"
    return cut(rows, page.limit, bound, lambda row: [str(row[name]) for name in keys])


async def watch_on(tx: Transaction, actor: Actor, subject_id: UUID) -> Row | None:
    """What the actor chose for a subject, None when they did not."""
    return await tx.row(_ONE, **_who(actor), subject_id=subject_id)


async def choose(tx: Transaction, actor: Actor, subject_id: UUID, level: WatchLevel | None) -> None:
    """Keep what the actor chooses for a subject; None forgets it."""
    given = {**_who(actor), "subject_id": subject_id}
    if level is None:
        await tx.run(_CLEAR, **given)
    else:
        await tx.run(_SET, **given, level=level.value, now=now())


def _who(actor: Actor) -> dict[str, Any]:
    return {"organization_id": actor.organization_id, "me": actor.member_id}
