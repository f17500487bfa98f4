"""A member's inbox, newest first; whether they may still see what it tells is asked again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    DateTime,
    Select,
    Text,
    Uuid,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.identity.members import Member
from domain.models.inbox.notifications import Notification
from domain.models.integration.webhooks import Webhook
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.queries.page import Page, PageRequest, binding, cut, decode_moment
from domain.queries.readers import ME, ORGANIZATION, journey_visible, reader
from domain.queries.voices.visibility import annotation_visible
from domain.talk import NotificationReason, NotificationStatus
from domain.words import SubjectKind


def _word(value: str) -> ColumnElement[Any]:
    return literal_column(f"'{value}'")


STATUS = case(
    (Notification.archived_at.is_not(None), _word(NotificationStatus.ARCHIVED)),
    (Notification.read_at.is_not(None), _word(NotificationStatus.READ)),
    else_=_word(NotificationStatus.UNREAD),
)
_IS_THREAD = Subject.kind == _word(SubjectKind.ANNOTATION)
_LAST = tuple_(Notification.last_at, Notification.id)


def _its(model: Any, its_id: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = (model.organization_id == ORGANIZATION) & (model.id == its_id)
    return found


def mine(*columns: Any) -> Select[Any]:
    """The reader's lines about what they see now; of threads those that they see."""
    return (
        select(*columns)
        .select_from(Notification)
        .outerjoin(Journey, _its(Journey, Notification.journey_id))
        .join(Subject, _its(Subject, Notification.subject_id))
        .outerjoin(Annotation, _its(Annotation, Notification.subject_id) & _IS_THREAD)
        .where(
            Notification.organization_id == ORGANIZATION,
            Notification.member_id == ME,
            or_(Notification.journey_id.is_(None), journey_visible()),
            or_(Subject.kind != _word(SubjectKind.ANNOTATION), annotation_visible()),
        )
    )


def in_full() -> Select[Any]:
    """The same with what a sentence says: who did it, where, and how a thread was closed."""
    place = func.coalesce(Annotation.subject_id, Notification.subject_id)
    touchpoint = func.coalesce(Annotation.touchpoint_id, Subject.touchpoint_id)
    closed = Notification.reason == _word(NotificationReason.RESOLVED)
    return (
        mine(
            *Notification.__table__.c,
            Subject.kind.label("subject_kind"),
            Journey.title.label("journey_title"),
            Stage.name.label("stage_name"),
            Touchpoint.name.label("touchpoint_name"),
            Webhook.name.label("webhook_name"),
            Member.name.label("actor_name"),
            case((closed, Annotation.resolution)).label("closed_as"),
            case((closed, Annotation.resolution_note)).label("note"),
        )
        .outerjoin(Member, _its(Member, Notification.actor_id))
        .outerjoin(Webhook, _its(Webhook, Notification.subject_id))
        .outerjoin(Touchpoint, _its(Touchpoint, touchpoint))
        .outerjoin(Stage, _its(Stage, func.coalesce(Touchpoint.stage_id, place)))
    )


_NARROWED: Mapping[str, ColumnElement[bool]] = {
    "reasons": Notification.reason == bindparam("reasons", type_=ARRAY(Text())).any_(),
    "journey": Notification.journey_id == bindparam("journey", type_=Uuid()),
}
_ONE = hot(in_full().where(Notification.id == bindparam("id", type_=Uuid())))
_UNREAD = hot(
    mine(Notification.reason, func.count().label("unread"))
    .where(Notification.read_at.is_(None), Notification.archived_at.is_(None))
    .group_by(Notification.reason)
)


@cache
def list_statement(filters: frozenset[str], paged: bool) -> Hot:
    """The statement behind a list with these filters, from its beginning or further on."""
    found = in_full().where(
        STATUS == bindparam("statuses", type_=ARRAY(Text())).any_(),
        *(_NARROWED[name] for name in sorted(filters)),
    )
    if paged:
        last: tuple[Any, ...] = (
            bindparam("last_at", type_=DateTime(timezone=True)),
            bindparam("last_id", type_=Uuid()),
        )
        found = found.where(_LAST < tuple_(*last))
    newest = found.order_by(Notification.last_at.desc(), Notification.id.desc())
    return hot(newest.limit(bindparam("limit")))


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to; no reasons are all."""

    statuses: tuple[NotificationStatus, ...] = ()
    reasons: tuple[NotificationReason, ...] = ()
    journey: UUID | None = None

    def given(self) -> dict[str, Any]:
        """The parameters of the statement beside the statuses."""
        told = {"reasons": [one.value for one in self.reasons], "journey": self.journey}
        return {name: value for name, value in told.items() if value}


async def list_notifications(
    tx: Transaction, actor: Actor, narrowing: Narrowing, page: PageRequest
) -> Page:
    """A page of the actor's inbox, newest first; by default what is not in the archive."""
    given = narrowing.given()
    statuses = narrowing.statuses or (NotificationStatus.UNREAD, NotificationStatus.READ)
    bound = binding("notifications", {**given, "statuses": statuses})
    after = decode_moment(bound, page.cursor)
    rows = await tx.rows(
        list_statement(frozenset(given), bool(after)),
        **reader(actor),
        **given,
        **after,
        statuses=[one.value for one in statuses],
        limit=page.limit + 1,
    )
    return cut(rows, page.limit, bound, lambda row: [row["last_at"].isoformat(), str(row["id"])])


async def count_unread(tx: Transaction, actor: Actor) -> Mapping[NotificationReason, int]:
    """How many unread lines the actor has for each reason."""
    rows = await tx.rows(_UNREAD, **reader(actor))
    return {NotificationReason(row["reason"]): row["unread"] for row in rows}


async def notification(tx: Transaction, actor: Actor, notification_id: UUID) -> Row:
    """One line of the actor's inbox; NotFound when it is not theirs, or they see it no more."""
    row = await tx.row(_ONE, id=notification_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


def places(row: Row) -> Sequence[str]:
    """The places that lead to what a line is about, from the journey down; or the webhook."""
    names = ("journey_title", "stage_name", "touchpoint_name", "webhook_name")
    named = [row[name] for name in names]
    return [place for place in named if place is not None]
