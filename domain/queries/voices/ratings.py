"""Ratings of one touchpoint: added up, one's own, and those that carry a name."""

from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, exists, or_, select, true

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.errors import NotFound
from domain.models.identity.organizations import Organization
from domain.models.records.ledger import Entry
from domain.models.voices.ratings import Rating
from domain.queries.maps.places import place_of
from domain.queries.readers import ME, ORGANIZATION
from domain.queries.voices.tallies import tallies
from domain.roles import LEADERS
from domain.rules.canonical import ActorKind
from domain.words import SubjectKind

_AT = bindparam("touchpoint_id", type_=Uuid())
_HERE = and_(Rating.organization_id == ORGANIZATION, Rating.touchpoint_id == _AT)
_LEADER = or_(*(Rating.member_group == group.value for group in LEADERS))
_HIDDEN = exists(
    select(Entry.subject_id).where(
        Entry.organization_id == ORGANIZATION,
        Entry.subject_id == Rating.id,
        Entry.actor_kind == ActorKind.HIDDEN.value,
    )
)
_TALLIED = tallies(_HERE)
_MINE = hot(
    select(*Rating.__table__.c, _HIDDEN.label("hidden_before"), Organization.names_leaders)
    .select_from(Organization)
    .outerjoin(Rating, and_(_HERE, Rating.member_id == ME))
    .where(Organization.id == ORGANIZATION)
)
_SUM = hot(
    select(Organization.names_leaders, _TALLIED.c.tallies)
    .outerjoin(_TALLIED, true())
    .where(Organization.id == ORGANIZATION)
)
# Only what shows by name is ever read with one, in an order that does not tell when.
_NAMED = hot(
    select(*Rating.__table__.c)
    .join(Organization, Organization.id == Rating.organization_id)
    .where(_HERE, or_(Rating.member_id == ME, and_(_LEADER, Organization.names_leaders)))
    .order_by(Rating.member_id)
)


async def own_rating(tx: Transaction, actor: Actor, touchpoint_id: UUID) -> Row:
    """One's own rating of a touchpoint, null all through without one.

    Beside it, whether an entry ever hid who gave it, and whether leaders go by name here.
    """
    row = await tx.row(
        _MINE,
        organization_id=actor.organization_id,
        touchpoint_id=touchpoint_id,
        me=actor.member_id,
    )
    assert row is not None, "an organization outlives the requests in it"
    return row


async def ratings(tx: Transaction, actor: Actor, touchpoint_id: UUID) -> tuple[Row, list[Row]]:
    """The tallies of a touchpoint that the actor sees, and the ratings that may carry a name."""
    place = await place_of(tx, actor, touchpoint_id, SubjectKind.TOUCHPOINT)
    if place.subject_removed:
        raise NotFound
    here = {"organization_id": actor.organization_id, "touchpoint_id": touchpoint_id}
    summed = await tx.row(_SUM, **here)
    assert summed is not None
    return summed, await tx.rows(_NAMED, **here, me=actor.member_id)
