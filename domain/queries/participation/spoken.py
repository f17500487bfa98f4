"""Which of those asked have spoken: an annotation or a rating where they were asked counts."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Subquery,
    and_,
    case,
    exists,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from domain.duties import InputAskStatus
from domain.models.maps.touchpoints import Touchpoint
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.models.voices.annotations import Annotation
from domain.models.voices.ratings import Rating
from domain.queries.readers import ORGANIZATION
from domain.words import Visibility

SILENT = (InputAskStatus.ASKED.value, InputAskStatus.NO_ANSWER.value)
"""What an ask says as long as nothing else does."""

ITS_REQUEST = and_(
    InputRequest.organization_id == InputAsk.organization_id,
    InputRequest.id == InputAsk.request_id,
)


def spoken(*which: ColumnElement[bool]) -> Subquery:
    """The ids (ask_id) of those asks whose member has spoken since, where they were asked.

    Words for nobody else's eyes, withdrawn or hidden ones are no answer. Each ask is looked at by
    itself and no further than to the first voice, however many there are in its journey.
    """
    return (
        select(InputAsk.id.label("ask_id"))
        .join(InputRequest, ITS_REQUEST)
        .where(InputAsk.organization_id == ORGANIZATION, *which, or_(_in_words(), _in_numbers()))
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


def _in_numbers() -> ColumnElement[bool]:
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
        )
        .limit(literal_column("1"))
        .correlate(InputAsk, place)
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
