"""Who sees an annotation, said of others than the reader."""

from sqlalchemy import and_, func, or_

from domain.models.identity.members import Member
from domain.models.maps.journeys import Grant, Journey
from domain.models.voices.annotations import Annotation
from domain.models.voices.replies import Reply
from domain.queries.identity.seeing import granted
from domain.queries.voices.visibility import told_to
from domain.words import GrantRole

AUTHOR = func.coalesce(Annotation.author_id, Annotation.hidden_author_id)
"""Who wrote it, by name or for their group. It decides who is told; it is never shown."""
REPLIER = func.coalesce(Reply.author_id, Reply.hidden_author_id)

SEES_ANNOTATION = or_(
    AUTHOR == Member.id,
    and_(
        told_to(Member.group),
        or_(
            Annotation.hidden_at.is_(None),
            Journey.owner_id == Member.id,
            granted(Grant.role == GrantRole.MODERATOR.value),
        ),
    ),
)
"""As annotation_visible says it of the reader, where the member sees the journey (SEES_IT).

The journey, the member and, outer, the member's department are joined."""
