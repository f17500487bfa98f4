"""What things follow from: the links, what may be linked, and whether they go in a circle."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, and_, bindparam, literal_column, or_, select, text

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.models.findings.findings import Source
from domain.models.maps.journeys import Journey
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.queries.maps.places import SUBJECT_GONE
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.voices.visibility import annotation_shows
from domain.words import SubjectKind

FOLLOWED = (
    SubjectKind.ANNOTATION,
    SubjectKind.FINDING,
    SubjectKind.OPPORTUNITY,
    SubjectKind.MOMENT,
    SubjectKind.TOUCHPOINT,
)
"""What something may follow from."""
_IDS = bindparam("ids", type_=ARRAY(Uuid()))
_ITS_ANNOTATION = and_(
    Annotation.organization_id == Subject.organization_id, Annotation.id == Subject.id
)
_SEEN = or_(
    Subject.kind != literal_column(f"'{SubjectKind.ANNOTATION}'"),
    and_(annotation_shows(), Annotation.withdrawn_at.is_(None)),
)
_LINKABLE = hot(
    select(Subject.id)
    .join(
        Journey,
        (Journey.organization_id == Subject.organization_id) & (Journey.id == Subject.journey_id),
    )
    .outerjoin(Annotation, _ITS_ANNOTATION)
    .where(
        journey_visible(),
        Subject.organization_id == ORGANIZATION,
        Subject.journey_id == bindparam("journey_id", type_=Uuid()),
        Subject.id == _IDS.any_(),
        or_(*(Subject.kind == literal_column(f"'{kind}'") for kind in FOLLOWED)),
        ~SUBJECT_GONE,
        _SEEN,
    )
)
# Every link that can be reached is in the same journey, whose head is held.
_CIRCULAR = hot(
    text(
        """
        WITH RECURSIVE reached AS (
            SELECT from_id FROM sources
            WHERE organization_id = CAST(:organization_id AS uuid)
              AND subject_id = CAST(:subject_id AS uuid) AND removed_at IS NULL
            UNION
            SELECT one.from_id FROM sources one JOIN reached ON one.subject_id = reached.from_id
            WHERE one.organization_id = CAST(:organization_id AS uuid) AND one.removed_at IS NULL
        )
        SELECT EXISTS (SELECT FROM reached WHERE from_id = CAST(:subject_id AS uuid))
        """
    )
)


async def linkable(
    tx: Transaction, actor: Actor, journey_id: UUID, ids: Sequence[UUID]
) -> set[UUID]:
    """Those of the ids that something in the journey may follow from, as the actor sees them.

    What they wrote unnamed they see as anybody does: naming it would tell that it was them.
    """
    given = {"journey_id": journey_id, "ids": list(ids)}
    return {row["id"] for row in await tx.rows(_LINKABLE, **reader(actor), **given)}


async def links_of(
    tx: Transaction, actor: Actor, subject_id: UUID, from_ids: Sequence[UUID]
) -> list[Source]:
    """The links from something to these, also those taken away, for changing them."""
    session = await tx.session()
    found = select(Source).where(
        Source.organization_id == actor.organization_id,
        Source.subject_id == subject_id,
        Source.from_id == _IDS.any_(),
    )
    return list(await session.scalars(found, {"ids": list(from_ids)}))


async def circular(tx: Transaction, actor: Actor, subject_id: UUID) -> bool:
    """Whether something follows from itself, however far around."""
    await tx.flush()
    given = {"organization_id": actor.organization_id, "subject_id": subject_id}
    return bool(await tx.value(_CIRCULAR, **given))
