"""Work from actions: those one owns, outcomes to verify, what is late and went up."""

from typing import Any

from sqlalchemy import ColumnElement, Select, case, or_

from domain.duties import WorkKind
from domain.models.maps.journeys import Journey
from domain.models.outcomes.actions import Action, Outcome
from domain.queries.outcomes.due import ACTION_DUE, ACTION_LIVE, ACTION_OWED, ON_MAP
from domain.queries.readers import ME, ORGANIZATION
from domain.queries.reports.work_parts import I_LEAD, Asked, asked, word
from domain.queries.reports.work_voices import reached_me
from domain.results import OutcomeStatus
from domain.words import SubjectKind

_STANDS = (Action.organization_id == ORGANIZATION, Action.removed_at.is_(None))
_DUE: ColumnElement[Any] = case((ACTION_OWED, ACTION_DUE))


def action() -> Select[Any]:
    """Actions of mine that are not done with; delivered ones wait for what moved after them."""
    what = Asked(
        kind=WorkKind.ACTION,
        subject=(SubjectKind.ACTION, Action.id),
        journey=Action.journey_id,
        place=Action.journey_id,
        touchpoint=ON_MAP,
        moment=Action.moment_id,
        asked_by=Action.created_by,
        since=Action.created_at,
        due_at=_DUE,
        detail=Action.status,
    )
    return asked(what).where(*_STANDS, Action.owner_id == ME, ACTION_LIVE)


def verify_outcome() -> Select[Any]:
    """Outcomes that nobody has judged yet, for those who may."""
    what = Asked(
        kind=WorkKind.VERIFY_OUTCOME,
        subject=(SubjectKind.OUTCOME, Outcome.id),
        journey=Outcome.journey_id,
        place=Outcome.journey_id,
        touchpoint=ON_MAP,
        moment=Action.moment_id,
        asked_by=Outcome.recorded_by,
        since=Outcome.updated_at,
    )
    its_action = (Action.organization_id == ORGANIZATION) & (Action.id == Outcome.action_id)
    its_journey = (Journey.organization_id == ORGANIZATION) & (Journey.id == Outcome.journey_id)
    return (
        asked(what)
        .select_from(Outcome)
        .join(Action, its_action)
        .join(Journey, its_journey)
        .where(
            *_STANDS,
            Outcome.organization_id == ORGANIZATION,
            Outcome.status == word(OutcomeStatus.RECORDED),
            Outcome.recorded_by != ME,
            Action.owner_id != ME,
            or_(I_LEAD, Journey.owner_id == ME),
        )
    )


def escalated_action() -> Select[Any]:
    """Actions that went up to the reader and are not carried out yet."""
    up = reached_me(
        SubjectKind.ACTION,
        Action,
        place=Action.journey_id,
        moment=Action.moment_id,
        due_at=ACTION_DUE,
        holder=Action.owner_id,
    )
    return up.where(*_STANDS, ACTION_OWED)
