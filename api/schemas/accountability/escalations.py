"""Escalations on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Body, Instant, Reply, Version, present
from domain.database import Row
from domain.duties import EscalationCause, EscalationLevel
from domain.queries.page import Page
from domain.words import SubjectKind


class EscalationNew(Body):
    """Why something goes up, and to whom; without `to_member_id`, to the next level."""

    reason: Annotated[str, Meta(min_length=1, max_length=2_000, pattern=r"\S")]
    to_member_id: UUID | None = None


class Escalation(Reply):
    """One step up the chain of command.

    `subject_id` is an annotation, a responsibility nobody accepted, or the ask of an input request
    that was not answered. `about_id` is the member it went past, null where nobody looks after it;
    `to_id` the one it reached, as what `level` says. `raised_by` is null when it was the clock.
    `step` counts the steps of this cause.
    """

    id: UUID
    journey_id: UUID
    subject_id: UUID
    subject_kind: SubjectKind
    touchpoint_id: UUID | None
    version: Version
    cause: EscalationCause
    step: int
    level: EscalationLevel
    about_id: UUID | None
    to_id: UUID
    raised_by: UUID | None
    reason: str
    created_at: Instant


class EscalationPage(Reply):
    """Escalations, newest first."""

    items: list[Escalation]
    next_cursor: str | None


def escalation(row: Row) -> Escalation:
    """One escalation."""
    return present(Escalation, row)


def escalation_page(page: Page) -> EscalationPage:
    """A page of escalations."""
    return EscalationPage(
        items=[escalation(row) for row in page.rows], next_cursor=page.next_cursor
    )
