"""What things follow from: the links, what may be linked, and whether they go in a circle."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Uuid,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    text,
)

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.findings.findings import Finding, Source
from domain.models.maps.journeys import Journey
from domain.models.maps.touchpoints import Touchpoint
from domain.models.outcomes.opportunities import Opportunity
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.queries.findings.seen_sources import ITS_ANNOTATION, ITS_SUBJECT, source_shown
from domain.queries.listing import newest
from domain.queries.maps.places import SUBJECT_GONE, place_of
from domain.queries.outcomes.drafts import unseen_draft
from domain.queries.page import Page, PageRequest
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
FOLLOWERS = (SubjectKind.FINDING, SubjectKind.OPPORTUNITY, SubjectKind.ACTION)
"""What follows from something."""
_NAME = 120
"""How many characters of a text are its name."""
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
        ~unseen_draft(Subject.id),
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


def _begins(column: Any) -> ColumnElement[Any]:
    return func.left(column, literal_column(str(_NAME)))


def _named(model: Any, its_id: Any) -> Any:
    return (model.organization_id == Source.organization_id) & (model.id == its_id)


_TOLD = func.coalesce(
    case((Annotation.withdrawn_at.is_(None), _begins(Annotation.body))),
    _begins(Finding.text),
    Opportunity.title,
    case((Annotation.id.is_(None), Touchpoint.name)),
)
_SOURCES = (
    select(
        *Source.__table__.c,
        Subject.kind.label("from_kind"),
        Subject.touchpoint_id.label("from_touchpoint_id"),
        _TOLD.label("name"),
    )
    .select_from(Source)
    .join(Journey, _named(Journey, Source.journey_id))
    .join(Subject, ITS_SUBJECT)
    .outerjoin(Annotation, ITS_ANNOTATION)
    .outerjoin(Finding, _named(Finding, Source.from_id))
    .outerjoin(Opportunity, _named(Opportunity, Source.from_id))
    .outerjoin(Touchpoint, _named(Touchpoint, Subject.touchpoint_id))
    .where(
        Source.organization_id == ORGANIZATION,
        Source.subject_id == bindparam("subject", type_=Uuid()),
        Source.removed_at.is_(None),
        Subject.removed_at.is_(None),
        journey_visible(),
        source_shown(),
    )
)
_ONE = hot(_SOURCES.where(Source.from_id == bindparam("from_id", type_=Uuid())))


@cache
def list_statement(_: frozenset[str], paged: bool) -> Hot:
    """The statement behind the list, from its beginning or further on."""
    found = _SOURCES.where(Source.id < bindparam("before", type_=Uuid())) if paged else _SOURCES
    return hot(found.order_by(Source.id.desc()).limit(bindparam("limit")))


async def list_sources(tx: Transaction, actor: Actor, subject_id: UUID, page: PageRequest) -> Page:
    """A page of what something follows from, linked last first, as far as the actor sees it."""
    place = await place_of(tx, actor, subject_id)
    if place.subject_removed or place.subject_kind not in FOLLOWERS:
        raise NotFound
    return await newest(tx, actor, "sources", list_statement, {"subject": subject_id}, page)


async def source(tx: Transaction, actor: Actor, subject_id: UUID, from_id: UUID) -> Row:
    """One link; NotFound when there is none that the actor may know of."""
    row = await tx.row(_ONE, subject=subject_id, from_id=from_id, **reader(actor))
    if row is None:
        raise NotFound("There is no such source that you can see.")
    return row


async def link_between(tx: Transaction, actor: Actor, subject_id: UUID, from_id: UUID) -> Source:
    """The link from something to what it follows from, for changing it."""
    (found,) = await links_of(tx, actor, subject_id, [from_id])
    return found
