"""What moderators did in a journey and were asked to do, from its ledger."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Select, Uuid, and_, bindparam, case, func, or_, select, text
from sqlalchemy.orm import aliased

from domain.actor import Actor
from domain.database import Hot, Transaction, hot
from domain.models.maps.journeys import Journey
from domain.models.records.ledger import OF_MODERATION, Entry, Revision
from domain.models.voices.annotations import Annotation
from domain.models.voices.flags import Flag
from domain.models.voices.replies import Reply
from domain.queries.page import Page, PageRequest, binding, cut, decode, refused
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.voices.flags import judged_by_me
from domain.queries.voices.visibility import annotation_visible
from domain.words import SubjectKind

_Before = aliased(Revision, name="before")
_IS_FLAG = Entry.subject_kind == SubjectKind.FLAG.value
_TARGET = func.coalesce(Flag.target_id, Entry.subject_id)


def _its(model: Any, found: Any, *where: Any) -> Any:
    return and_(model.organization_id == Entry.organization_id, model.id == found, *where)


def _seen() -> Any:
    """What was said is seen; who judges is not told of flags in their own case."""
    return or_(and_(~_IS_FLAG, annotation_visible()), and_(_IS_FLAG, judged_by_me()))


def _told() -> Select[Any]:
    """Entries with what was judged and with what they changed."""
    target_kind = case(
        (Reply.id.is_not(None), SubjectKind.REPLY.value), else_=SubjectKind.ANNOTATION.value
    )
    thread = func.coalesce(Flag.annotation_id, Reply.annotation_id, _TARGET)
    return (
        select(
            Entry.revision,
            Entry.at,
            Entry.actor_id,
            Entry.verb,
            _TARGET.label("target_id"),
            target_kind.label("target_kind"),
            Revision.content,
            _Before.content.label("content_before"),
        )
        .select_from(Entry)
        .join(Journey, _its(Journey, Entry.stream_id))
        .outerjoin(Flag, _its(Flag, Entry.subject_id, _IS_FLAG))
        .outerjoin(Reply, _its(Reply, _TARGET))
        .join(Annotation, _its(Annotation, thread))
        .outerjoin(Revision, _version(Revision, Entry.version))
        .outerjoin(_Before, _version(_Before, Entry.version - 1))
    )


def _version(revision: Any, number: Any) -> Any:
    return and_(
        revision.organization_id == Entry.organization_id,
        revision.subject_id == Entry.subject_id,
        revision.version == number,
    )


@cache
def _log(paged: bool) -> Hot:
    statement = _told().where(
        Entry.organization_id == ORGANIZATION,
        Entry.stream_id == bindparam("journey_id", type_=Uuid()),
        text(f"entries.{OF_MODERATION}"),  # said as the partial index says it
        journey_visible(),
        _seen(),
    )
    if paged:
        statement = statement.where(Entry.revision < bindparam("before", type_=BigInteger()))
    return hot(statement.order_by(Entry.revision.desc()).limit(bindparam("limit")))


async def moderation_log(
    tx: Transaction, actor: Actor, journey_id: UUID, page: PageRequest
) -> Page:
    """A page of what was done, newest first, as far as the actor sees what it was done to."""
    bound = binding("moderation_log", {"journey": journey_id})
    keys = decode(bound, page.cursor, 1)
    after: dict[str, Any] = {}
    if keys is not None:
        if not keys[0].isdecimal() or len(keys[0]) > 18:
            raise refused()
        after = {"before": int(keys[0])}
    given = reader(actor) | {"journey_id": journey_id, "limit": page.limit + 1}
    rows = await tx.rows(_log(keys is not None), **given, **after)
    return cut(rows, page.limit, bound, lambda row: [str(row["revision"])])
