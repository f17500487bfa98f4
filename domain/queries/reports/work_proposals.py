"""Work from proposals: changes that wait for whoever could make them directly."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, null, or_, select

from domain.duties import WorkKind
from domain.models.maps.journeys import Grant, Journey
from domain.models.voices.proposals import Proposal
from domain.queries.readers import ME, ORGANIZATION, granted_to_me
from domain.queries.reports.work_parts import Asked, asked, word
from domain.talk import Proposable, ProposalStatus
from domain.words import GrantRole, SubjectKind

_ABOUT_MOMENT = Proposal.about == word(Proposable.MOMENT)


def decide_proposal() -> Select[Any]:
    """Proposals of others, for the owner; those for the structure for editors as well.

    All who lead may decide about a moment: to ask every one of them would be to ask nobody.
    """
    what = Asked(
        kind=WorkKind.DECIDE_PROPOSAL,
        subject=(SubjectKind.PROPOSAL, Proposal.id),
        journey=Proposal.journey_id,
        place=func.coalesce(Proposal.stage_id, Proposal.subject_id),
        touchpoint=Proposal.touchpoint_id,
        moment=case((_ABOUT_MOMENT, Proposal.subject_id), else_=null()),
        since=Proposal.created_at,
        asked_by=Proposal.author_id,
        detail=Proposal.about,
    )
    return (
        asked(what)
        .join(
            Journey,
            (Journey.organization_id == ORGANIZATION) & (Journey.id == Proposal.journey_id),
        )
        .where(
            Proposal.organization_id == ORGANIZATION,
            Proposal.status == word(ProposalStatus.OPEN),
            Proposal.author_id != ME,
            or_(Journey.owner_id == ME, and_(~_ABOUT_MOMENT, _i_edit())),
        )
    )


def _i_edit() -> ColumnElement[bool]:
    granted = select(Grant.id).where(granted_to_me(), Grant.role == word(GrantRole.EDITOR))
    return exists(granted.correlate(Journey))
