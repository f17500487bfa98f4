"""Which of those asked have spoken: an annotation or a rating where they were asked counts."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, or_, select, union

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

    Words for nobody else's eyes, withdrawn or hidden ones are no answer.
    """
    return union(_in_words(*which), _in_numbers(*which)).subquery("spoken")


def _in_words(*which: ColumnElement[bool]) -> Select[Any]:
    return _asks(Annotation, *which).where(
        Annotation.author_id == InputAsk.member_id,
        Annotation.created_at >= InputAsk.created_at,
        Annotation.withdrawn_at.is_(None),
        Annotation.hidden_at.is_(None),
        Annotation.visibility != Visibility.PRIVATE.value,
        _inside(Annotation.touchpoint_id, Annotation.subject_id),
    )


def _in_numbers(*which: ColumnElement[bool]) -> Select[Any]:
    return _asks(Rating, *which).where(
        Rating.member_id == InputAsk.member_id,
        Rating.updated_at >= InputAsk.created_at,
        _inside(Rating.touchpoint_id, Rating.touchpoint_id),
    )


def _asks(voice: Any, *which: ColumnElement[bool]) -> Select[Any]:
    """Asks beside the voices in their journeys."""
    return (
        select(InputAsk.id.label("ask_id"))
        .join(InputRequest, ITS_REQUEST)
        .join(
            voice,
            (voice.organization_id == InputAsk.organization_id)
            & (voice.journey_id == InputAsk.journey_id),
        )
        .outerjoin(
            Touchpoint,
            (Touchpoint.organization_id == voice.organization_id)
            & (Touchpoint.id == voice.touchpoint_id),
        )
        .where(InputAsk.organization_id == ORGANIZATION, *which)
    )


def _inside(touchpoint: Any, subject: Any) -> ColumnElement[bool]:
    """Whether a voice is about what was asked about, or about something in it."""
    return or_(
        InputRequest.subject_id == InputRequest.journey_id,
        touchpoint == InputRequest.touchpoint_id,
        subject == InputRequest.subject_id,
        Touchpoint.stage_id == InputRequest.subject_id,
    )


def status_with(voices: Subquery) -> ColumnElement[Any]:
    """What became of an ask, beside an outer join with those who have spoken."""
    has_spoken = and_(
        or_(*(InputAsk.status == status for status in SILENT)), voices.c.ask_id.is_not(None)
    )
    return case((has_spoken, InputAskStatus.ANSWERED.value), else_=InputAsk.status)
