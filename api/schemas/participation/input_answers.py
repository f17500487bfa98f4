"""Answers to requests for input on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, field

from api.schemas.base import Body, Line, changes
from api.schemas.voices.annotations import Words
from api.schemas.voices.ratings import Score
from api.schemas.voices.threads import Reason
from domain.services.steps.answering import Answer
from domain.words import AnnotationKind, Visibility


class AnnotationOfAnswer(Body):
    """An annotation on what was asked about, or with `subject_id` on something in it."""

    kind: AnnotationKind
    body: Words
    visibility: Visibility = Visibility.EVERYONE
    subject_id: UUID | None = None


class RatingOfAnswer(Body):
    """A rating of a touchpoint in what was asked about, as `rateTouchpoint` takes it.

    It is the whole of it: an axis left out is "don't know", also where you gave a number before.
    """

    touchpoint_id: UUID
    emotional: Score | None = None
    business: Score | None = None
    importance: Score | None = None
    performance: Score | None = None
    abstained: bool = False
    abstention_reason: Line = ""


class Abstention(Body):
    """Why somebody would rather say nothing."""

    reason: Reason


class InputAnswer(Body):
    """At least one of these; an abstention comes alone. `answers` follow the questions."""

    answers: Annotated[list[Annotated[str, Meta(max_length=5_000)]], Meta(max_length=5)] = field(
        default_factory=list
    )
    annotations: Annotated[list[AnnotationOfAnswer], Meta(max_length=20)] = field(
        default_factory=list
    )
    ratings: Annotated[list[RatingOfAnswer], Meta(max_length=50)] = field(default_factory=list)
    abstain: Abstention | None = None


def answer_from(body: InputAnswer) -> Answer:
    """The same in the words of the domain."""
    return Answer(
        answers=body.answers,
        annotations=[changes(said) for said in body.annotations],
        ratings=[changes(one) for one in body.ratings],
        abstain=body.abstain.reason if body.abstain else None,
    )
