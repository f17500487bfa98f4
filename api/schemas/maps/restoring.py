"""What was brought back, on the wire."""

from uuid import UUID

from api.schemas.base import Reply, Version
from domain.words import SubjectKind


class Restored(Reply):
    """What came back, and the version it has now; a persona is of no journey."""

    id: UUID
    subject_kind: SubjectKind
    journey_id: UUID | None
    version: Version
