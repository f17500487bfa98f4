"""The two feeds, straight from the ledger: a journey's, and the organization's own.

Everyone who sees the stream sees every revision; who may not see the subject of one gets its
number and nothing else.
"""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    Uuid,
    and_,
    bindparam,
    case,
    func,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.accountability.escalations import Escalation
from domain.models.findings.evidence import Attachment, Evidence
from domain.models.findings.findings import Source
from domain.models.life.editions import Receipt
from domain.models.maps.journeys import Journey
from domain.models.participation.input_requests import InputAsk
from domain.models.records.ledger import Entry
from domain.models.voices.annotations import Annotation
from domain.models.voices.flags import Flag
from domain.models.voices.replies import Reply
from domain.models.voices.supports import Reaction, Support
from domain.queries.accountability.escalations import escalation_told
from domain.queries.life.publications import receipt_told
from domain.queries.outcomes.drafts import unseen_draft
from domain.queries.page import Page, PageRequest, binding, cut, decode, refused
from domain.queries.participation.asks import ask_told
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.records.placing import places_of, with_places
from domain.queries.voices.flags import flag_told
from domain.queries.voices.visibility import annotation_visible
from domain.words import SubjectKind

_STREAM = bindparam("stream_id", type_=Uuid())
_VOICES = (
    SubjectKind.ANNOTATION,
    SubjectKind.REPLY,
    SubjectKind.SUPPORT,
    SubjectKind.REACTION,
)
_HANGING = (SubjectKind.SOURCE, SubjectKind.EVIDENCE, SubjectKind.ATTACHMENT)
"""What is known to those who see the annotation it hangs on, if it hangs on one."""
# A file may be attached to evidence about an annotation.
_CARRIER = aliased(Evidence, name="carrier")
_COLUMNS: tuple[Any, ...] = (
    Entry.revision,
    Entry.at,
    Entry.actor_kind,
    Entry.actor_id,
    Entry.verb,
    Entry.subject_kind,
    Entry.subject_id,
    Entry.version,
)


def following() -> Select[Any]:
    """The entries of a stream after a revision, in their order."""
    return (
        select(*_COLUMNS)
        .where(
            Entry.organization_id == ORGANIZATION,
            Entry.stream_id == _STREAM,
            Entry.revision > bindparam("after"),
        )
        .order_by(Entry.revision)
        .limit(bindparam("limit"))
    )


@cache
def _of_organization() -> Hot:
    return hot(organization_entries())


def organization_entries() -> Select[Any]:
    """A page of entries of the organization's own stream, for who may know what they are."""
    nowhere = null().label("touchpoint_id"), null().label("from_touchpoint_id")
    return following().add_columns(true().label("visible"), *nowhere)


@cache
def _of_journey() -> Hot:
    return hot(placed(journey_entries().subquery("event")))


def journey_entries() -> Select[Any]:
    """A page of entries first, then for each the annotation it belongs to, as the reader sees it.

    The journey is on the left, so that a visible journey without news is one row of nulls.
    """
    entry = following().subquery("entry")
    visible = _visible(entry).label("visible")
    told = select(*entry.c, visible, Annotation.touchpoint_id.label("thread_touchpoint_id"))
    return _with_subjects(told, entry).where(journey_visible(), Journey.id == _STREAM)


def placed(entries: Subquery) -> Select[Any]:
    """Entries of `journey_entries`, in their order, with where on the map they changed something.

    Of who reads, it matters only whether the entry is visible to them.
    """
    found = entries.c
    places = places_of(found, found.thread_touchpoint_id, found.visible)
    columns = [column for column in found if column.name != "thread_touchpoint_id"]
    events = select(*columns, *places).select_from(entries)
    return with_places(events, found).order_by(found.revision)


def _visible(entry: Subquery) -> ColumnElement[bool]:
    return case(
        (_is_any(entry, *_VOICES), annotation_visible()),
        (_is_any(entry, *_HANGING), _hanging_told()),
        (_is_any(entry, SubjectKind.FLAG), flag_told()),
        (_is_any(entry, SubjectKind.ESCALATION), escalation_told()),
        (_is_any(entry, SubjectKind.INPUT_ASK), ask_told()),
        (_is_any(entry, SubjectKind.RECEIPT), receipt_told()),
        (_is_any(entry, SubjectKind.OPPORTUNITY), ~unseen_draft(entry.c.subject_id)),
        else_=true(),
    )


def _hanging_told() -> ColumnElement[bool]:
    ends = _CARRIER.subject_id, Attachment.subject_id, Evidence.subject_id, Source.from_id
    return and_(
        or_(Annotation.id.is_(None), annotation_visible()),
        ~unseen_draft(func.coalesce(*ends)),
        ~unseen_draft(Source.subject_id),
    )


def _with_subjects(told: Select[Any], entry: Subquery) -> Select[Any]:
    """The entries with what they name, and with what says who may know of it."""
    is_voice, is_flag = _is_any(entry, *_VOICES), _is_any(entry, SubjectKind.FLAG)
    went_up, hangs = _is_any(entry, SubjectKind.ESCALATION), _is_any(entry, *_HANGING)
    was_asked = _is_any(entry, SubjectKind.INPUT_ASK)
    named = entry.c.subject_id
    said = func.coalesce(Flag.target_id, named)
    in_thread = or_(is_voice, is_flag, went_up, hangs)
    found = (
        told.select_from(Journey)
        .outerjoin(entry, true())
        .outerjoin(Flag, _named(Flag, named, is_flag))
        .outerjoin(Reply, _named(Reply, said, or_(is_voice, is_flag)))
        .outerjoin(Support, _named(Support, named, is_voice))
        .outerjoin(Reaction, _named(Reaction, named, is_voice))
        .outerjoin(Escalation, _named(Escalation, named, went_up))
        .outerjoin(InputAsk, _named(InputAsk, named, was_asked))
        .outerjoin(Receipt, _named(Receipt, named, _is_any(entry, SubjectKind.RECEIPT)))
    )
    hung = _with_hanging(found, named, hangs)
    return hung.outerjoin(Annotation, _named(Annotation, _thread(named), in_thread))


def _with_hanging(found: Select[Any], named: Any, hangs: ColumnElement[bool]) -> Select[Any]:
    """The same with what hangs on something."""
    return (
        found.outerjoin(Source, _named(Source, named, hangs))
        .outerjoin(Evidence, _named(Evidence, named, hangs))
        .outerjoin(Attachment, _named(Attachment, named, hangs))
        .outerjoin(_CARRIER, _named(_CARRIER, Attachment.subject_id, hangs))
    )


def _thread(named: Any) -> ColumnElement[Any]:
    """What an entry's subject hangs on, an annotation if it is one's."""
    return func.coalesce(
        Flag.annotation_id,
        Reply.annotation_id,
        Support.annotation_id,
        Reaction.annotation_id,
        Escalation.subject_id,
        Source.from_id,
        Evidence.subject_id,
        _CARRIER.subject_id,
        Attachment.subject_id,
        named,
    )


def _is_any(entry: Subquery, *kinds: SubjectKind) -> ColumnElement[bool]:
    return or_(*(entry.c.subject_kind == kind.value for kind in kinds))


def _named(model: Any, subject_id: Any, is_such: Any) -> Any:
    return and_(is_such, model.organization_id == ORGANIZATION, model.id == subject_id)


async def organization_events(tx: Transaction, actor: Actor, after: int, page: PageRequest) -> Page:
    """What happened in the organization, outside its journeys."""
    given = {"organization_id": actor.organization_id}
    found = await _page(tx, _of_organization(), actor.organization_id, after, page, given)
    return found or Page((), None)


async def journey_events(
    tx: Transaction, actor: Actor, journey_id: UUID, after: int, page: PageRequest
) -> Page:
    """What happened in a journey; NotFound when the actor may not see it."""
    found = await _page(tx, _of_journey(), journey_id, after, page, reader(actor))
    if found is None:
        raise NotFound
    return found


async def _page(
    tx: Transaction, statement: Hot, stream_id: UUID, after: int, page: PageRequest, given: Any
) -> Page | None:
    """A page of a stream; None without a row, which of a journey means that it is not seen."""
    bound = binding("events", {"stream": stream_id, "after": after})
    reached = _reached(bound, page, after)
    rows = await tx.rows(
        statement, stream_id=stream_id, after=reached, limit=page.limit + 1, **given
    )
    if not rows:
        return None
    found: list[Row] = [row for row in rows if row["revision"] is not None]
    return cut(found, page.limit, bound, lambda row: [str(row["revision"])])


def _reached(bound: str, page: PageRequest, after: int) -> int:
    keys = decode(bound, page.cursor, 1)
    if keys is None:
        return after
    if not keys[0].isdecimal() or len(keys[0]) > 18:
        raise refused()
    return int(keys[0])
