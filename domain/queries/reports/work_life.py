"""Work from the life of a map: to look at it again, to say that one has read it."""

from typing import Any

from sqlalchemy import Select

from domain.duties import WorkKind
from domain.models.life.editions import Publication, Receipt
from domain.models.maps.journeys import Journey
from domain.queries.life.reviews import NEXT_REVIEW, stale
from domain.queries.readers import ME, ORGANIZATION
from domain.queries.reports.work_parts import Asked, asked
from domain.words import SubjectKind


def revisit() -> Select[Any]:
    """Journeys of mine whose review is due."""
    what = Asked(
        kind=WorkKind.REVISIT,
        subject=(SubjectKind.JOURNEY, Journey.id),
        journey=Journey.id,
        place=Journey.id,
        since=NEXT_REVIEW,
        due_at=NEXT_REVIEW,
    )
    mine = (Journey.organization_id == ORGANIZATION, Journey.owner_id == ME)
    return asked(what).where(*mine, stale())


def acknowledge() -> Select[Any]:
    """What was laid before me and I have not said that I have read."""
    what = Asked(
        kind=WorkKind.ACKNOWLEDGE,
        subject=(SubjectKind.PUBLICATION, Publication.id),
        journey=Receipt.journey_id,
        place=Receipt.journey_id,
        since=Receipt.created_at,
        asked_by=Publication.published_by,
    )
    its_publication = (Publication.organization_id == ORGANIZATION) & (
        Publication.id == Receipt.publication_id
    )
    mine = (Receipt.organization_id == ORGANIZATION, Receipt.member_id == ME)
    return (
        asked(what)
        .join(Publication, its_publication)
        .where(*mine, Receipt.acknowledged_at.is_(None))
    )
