"""Which of those asked have spoken: an annotation or a rating where they were asked counts."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Subquery,
    and_,
    case,
    exists,
    false,
    literal_column,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from domain.duties import InputAskStatus, InputRequestStatus
from domain.models.maps.touchpoints import Touchpoint
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.models.records.ledger import Entry
from domain.models.voices.annotations import Annotation
from domain.models.voices.ratings import Rating
from domain.queries.readers import ME, ORGANIZATION
from domain.rules.canonical import ActorKind
from domain.words import Visibility

SILENT = (InputAskStatus.ASKED.value, InputAskStatus.NO_ANSWER.value)
"""What an ask says as long as nothing else does."""

ITS_REQUEST = and_(
    InputRequest.organization_id == InputAsk.organization_id,
    InputRequest.id == InputAsk.request_id,
)

LIVE = true()
"""Every voice counts at once: for what is recorded, and for what is told in numbers."""
TO_OTHERS = false()
"""What others may know: an answer of ratings that hide whose they are, only once it is closed."""
TO_READER = InputAsk.member_id == ME
"""Of oneself everything, of others what others may know."""


def spoken(*which: ColumnElement[bool], told: ColumnElement[bool] = LIVE) -> Subquery:
    """The ids (ask_id) of those asks whose member has spoken since, where they were asked.

    Words for nobody else's eyes, withdrawn or hidden ones are no answer. Each ask is looked at by
    itself and no further than to the first voice, however many there are in its journey. Unless
    `told`, ratings whose entries hide who gave them do not count as long as the request is open:
    the ask would tell who it was, and when.
    """
    return (
        select(InputAsk.id.label("ask_id"))
        .join(InputRequest, ITS_REQUEST)
        .where(
            InputAsk.organization_id == ORGANIZATION,
            *which,
            or_(_in_words(), _in_numbers(told)),
        )
        .subquery("spoken")
    )


def _in_words() -> ColumnElement[bool]:
    place = aliased(Touchpoint, name="place")
    return exists(
        select(Annotation.id)
        .outerjoin(
            place,
            (place.organization_id == Annotation.organization_id)
            & (place.id == Annotation.touchpoint_id),
        )
        .where(
            Annotation.organization_id == InputAsk.organization_id,
            Annotation.author_id == InputAsk.member_id,
            Annotation.journey_id == InputAsk.journey_id,
            Annotation.created_at >= InputAsk.created_at,
            Annotation.withdrawn_at.is_(None),
            Annotation.hidden_at.is_(None),
            Annotation.visibility != Visibility.PRIVATE.value,
            or_(_inside(place), Annotation.subject_id == InputRequest.subject_id),
        )
        .correlate(InputAsk, InputRequest)
    )


_HIDES = exists(
    select(Entry.subject_id).where(
        Entry.organization_id == Rating.organization_id,
        Entry.subject_id == Rating.id,
        Entry.actor_kind == ActorKind.HIDDEN.value,
    )
)


def _in_numbers(told: ColumnElement[bool]) -> ColumnElement[bool]:
    """Touchpoint by touchpoint: a member has at most one rating at each, found by its key.

    The limit keeps the planner from walking through everybody's ratings in search of one.
    """
    place = aliased(Touchpoint, name="place")
    rated = (
        select(Rating.id)
        .where(
            Rating.organization_id == InputAsk.organization_id,
            Rating.touchpoint_id == place.id,
            Rating.member_id == InputAsk.member_id,
            Rating.updated_at >= InputAsk.created_at,
            or_(InputRequest.status != InputRequestStatus.OPEN.value, told, not_(_HIDES)),
        )
        .limit(literal_column("1"))
        .correlate(InputAsk, InputRequest, place)
        .lateral("rated")
    )
    return exists(
        select(place.id)
        .join(rated, true())
        .where(
            place.organization_id == InputAsk.organization_id,
            place.journey_id == InputAsk.journey_id,
            _inside(place),
        )
        .correlate(InputAsk, InputRequest)
    )


def _inside(place: Any) -> ColumnElement[bool]:
    """Whether a touchpoint is what was asked about, or stands in it."""
    return or_(
        InputRequest.subject_id == InputRequest.journey_id,
        place.id == InputRequest.touchpoint_id,
        place.stage_id == InputRequest.subject_id,
    )


def status_with(voices: Subquery) -> ColumnElement[Any]:
    """What became of an ask, beside an outer join with those who have spoken."""
    has_spoken = and_(is_silent(), voices.c.ask_id.is_not(None))
    return case((has_spoken, InputAskStatus.ANSWERED.value), else_=InputAsk.status)


def is_silent() -> ColumnElement[bool]:
    """Whether nothing is recorded as an answer."""
    return or_(*(InputAsk.status == status for status in SILENT))
