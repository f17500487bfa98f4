"""Which annotations a member sees: the one predicate behind lists, counts, threads and the feed."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select, true

from domain.models.maps.journeys import Grant, Journey
from domain.models.voices.annotations import Annotation
from domain.queries.readers import ME, MY_GROUP, granted_to_me
from domain.roles import LEADERS
from domain.words import AnnotationStatus, GrantRole, ReplyStatus, Visibility


def annotation_visible() -> ColumnElement[bool]:
    """Authors always see their own; others what its visibility and its moderators let them see.

    The journey must be joined, and seen itself (readers.journey_visible).
    """
    return or_(Annotation.author_id == ME, Annotation.hidden_author_id == ME, told_to_me())


def annotation_shows() -> ColumnElement[bool]:
    """The same for what one member does to another: who wrote unnamed counts as anybody.

    Whatever would come out differently for them would tell others who they are.
    """
    return or_(Annotation.author_id == ME, told_to_me())


def told_to_me() -> ColumnElement[bool]:
    """Whether the reader would see it whoever had written it."""
    return and_(told_to(MY_GROUP), _shown())


def mine(said: Any) -> ColumnElement[bool]:
    """Whether the reader wrote it, be it by name or for their group."""
    written: ColumnElement[bool] = func.coalesce(said.author_id, said.hidden_author_id) == ME
    return func.coalesce(written, literal(False))


def seen_anyway() -> ColumnElement[bool]:
    """Whether the reader sees it for another reason than having written it unnamed."""
    unnamed = Annotation.hidden_author_id == ME
    return case((unnamed, told_to_me()), else_=true())


def told_to(group: Any) -> ColumnElement[bool]:
    """Whether an annotation is for members of a group: the reader's, or somebody else's."""
    leads = or_(*(group == leading.value for leading in LEADERS))
    return or_(
        Annotation.visibility == Visibility.EVERYONE.value,
        and_(Annotation.visibility == Visibility.MY_GROUP.value, Annotation.author_group == group),
        and_(Annotation.visibility == Visibility.LEADERSHIP.value, leads),
    )


def _shown() -> ColumnElement[bool]:
    """What was hidden is still there for those who could have hidden it."""
    return or_(Annotation.hidden_at.is_(None), Journey.owner_id == ME, moderated_by_me())


def moderated_by_me() -> ColumnElement[bool]:
    """Whether the reader moderates the journey."""
    moderates = select(Grant.id).where(granted_to_me(), Grant.role == GrantRole.MODERATOR.value)
    # Said outright: inside a count of its own, the journey stands two levels further out.
    return exists(moderates.correlate(Journey))


STATUS = case(
    (Annotation.hidden_at.is_not(None), literal(AnnotationStatus.HIDDEN.value)),
    (Annotation.withdrawn_at.is_not(None), literal(AnnotationStatus.WITHDRAWN.value)),
    (Annotation.resolved_at.is_not(None), literal(AnnotationStatus.RESOLVED.value)),
    else_=literal(AnnotationStatus.OPEN.value),
)
"""The status of an annotation, from the times that make it."""


def reply_status(said: Any) -> ColumnElement[str]:
    """The same of a reply."""
    return case(
        (said.hidden_at.is_not(None), literal(ReplyStatus.HIDDEN.value)),
        (said.withdrawn_at.is_not(None), literal(ReplyStatus.WITHDRAWN.value)),
        else_=literal(ReplyStatus.SHOWN.value),
    )
