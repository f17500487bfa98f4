"""Who sees the draft of an opportunity: its author, the journey's owner and its editors.

Wherever this is asked, the journey is joined, and seen itself.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, literal_column, or_, select

from domain.models.maps.journeys import Grant, Journey
from domain.models.outcomes.opportunities import Opportunity
from domain.queries.readers import ME, ORGANIZATION, granted_to_me
from domain.results import OpportunityStatus
from domain.words import GrantRole

_DRAFT: ColumnElement[str] = literal_column(f"'{OpportunityStatus.DRAFT}'")


def edited_by_me() -> ColumnElement[bool]:
    """Whether the reader owns the journey or is its editor by grant."""
    edits = select(Grant.id).where(granted_to_me(), Grant.role == GrantRole.EDITOR.value)
    # Said outright: inside of another subquery, the journey stands two levels further out.
    return or_(Journey.owner_id == ME, exists(edits.correlate(Journey)))


def opportunity_visible() -> ColumnElement[bool]:
    """Whether the reader may know of an opportunity: all do, unless it is a draft."""
    return or_(Opportunity.status != _DRAFT, Opportunity.author_id == ME, edited_by_me())


def unseen_draft(subject_id: Any) -> ColumnElement[bool]:
    """Whether an id is that of a draft which the reader may not know of."""
    hidden = and_(
        Opportunity.organization_id == ORGANIZATION,
        Opportunity.id == subject_id,
        Opportunity.status == _DRAFT,
        Opportunity.author_id != ME,
        ~edited_by_me(),
    )
    found: Any = select(literal_column("1")).select_from(Opportunity).where(hidden)
    hides: ColumnElement[bool] = exists(found.correlate_except(Opportunity))
    return hides
