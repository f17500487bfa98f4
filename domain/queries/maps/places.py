"""A journey as somebody stands in it: what it is, and what ties them to it."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, func, literal_column, or_, select

from domain.actor import Actor, Standing
from domain.database import Transaction, hot
from domain.errors import NotFound
from domain.ledger import Locked
from domain.models.maps.journeys import Grant, Journey
from domain.models.maps.lanes import Cell, Lane
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.records.subjects import Subject
from domain.queries.accountability.answering import answering, i_answer_for
from domain.queries.held import held, hold
from domain.queries.outcomes.drafts import unseen_draft
from domain.queries.readers import ORGANIZATION, granted_to_me, journey_visible, reader
from domain.roles import Condition, Relation
from domain.words import GrantRole, JourneyStatus, SubjectKind

ROLES = (
    select(func.coalesce(func.array_agg(Grant.role.distinct()), literal_column("'{}'::text[]")))
    .where(granted_to_me())
    .correlate(Journey)
    .scalar_subquery()
)
_COLUMNS = (
    Journey.id,
    Journey.owner_id,
    Journey.status,
    Journey.status_before,
    Journey.locked_at,
    Journey.restricted,
    Journey.group_voice,
    Journey.version,
)
_IN_JOURNEY = select(*_COLUMNS, ROLES.label("roles")).where(
    journey_visible(), Journey.id == bindparam("journey_id")
)
# A touchpoint goes with its stage, and what belongs to a touchpoint with both.
_GONE = (
    select(Touchpoint.id)
    .join(
        Stage,
        (Stage.organization_id == Touchpoint.organization_id) & (Stage.id == Touchpoint.stage_id),
    )
    .where(
        Touchpoint.organization_id == Subject.organization_id,
        Touchpoint.id == Subject.touchpoint_id,
        or_(Touchpoint.removed_at.is_not(None), Stage.removed_at.is_not(None)),
    )
    .correlate(Subject)
)
# A cell goes with its lane too, and one at a stage with that.
_CELL_GONE = (
    select(Cell.id)
    .join(Lane, (Lane.organization_id == Cell.organization_id) & (Lane.id == Cell.lane_id))
    .outerjoin(Stage, (Stage.organization_id == Cell.organization_id) & (Stage.id == Cell.stage_id))
    .where(
        Cell.organization_id == Subject.organization_id,
        Cell.id == Subject.id,
        or_(Lane.removed_at.is_not(None), Stage.removed_at.is_not(None)),
    )
    .correlate(Subject)
)
_IS_CELL = Subject.kind == literal_column(f"'{SubjectKind.CELL}'")
SUBJECT_GONE = or_(
    Subject.removed_at.is_not(None), exists(_GONE), and_(_IS_CELL, exists(_CELL_GONE))
)
"""Whether a subject was removed, itself or with what it stands on."""
_OF_SUBJECT = (
    select(
        *_COLUMNS,
        ROLES.label("roles"),
        Subject.kind,
        Subject.touchpoint_id,
        SUBJECT_GONE.label("subject_removed"),
        *i_answer_for(Subject.touchpoint_id),
    )
    .join(
        Subject,
        (Subject.organization_id == Journey.organization_id) & (Subject.journey_id == Journey.id),
    )
    .where(
        journey_visible(),
        Subject.organization_id == ORGANIZATION,
        Subject.id == bindparam("subject_id"),
        ~unseen_draft(Subject.id),
    )
)
_PLACE, _PLACE_OF = hot(_IN_JOURNEY), hot(_OF_SUBJECT)
_HOLD = held(_IN_JOURNEY, Journey.organization_id, Journey.id)
_HOLD_OF = held(_OF_SUBJECT, Journey.organization_id, Journey.id)
_BY_ROLE = {
    GrantRole.EDITOR: Relation.EDITOR,
    GrantRole.MODERATOR: Relation.MODERATOR,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A journey the actor may see. `relations` is what the journey itself ties them with.

    `subject_kind`, `touchpoint_id`, `subject_removed` are of the subject it was found by, if any;
    the relations then hold as well what ties them to the moment of its touchpoint.
    """

    journey_id: UUID
    owner_id: UUID
    status: str
    status_before: str | None
    locked: bool
    restricted: bool
    group_voice: bool
    version: int
    relations: frozenset[Relation]
    subject_kind: str | None = None
    touchpoint_id: UUID | None = None
    subject_removed: bool = False

    def about(self, kind: str, *, removed: bool) -> "Place":
        """The same place, for a subject that belongs to no journey but is on this one."""
        return replace(self, subject_kind=kind, subject_removed=removed)

    @property
    def open(self) -> bool:
        """Neither archived nor locked."""
        return not self.locked and self.status != JourneyStatus.ARCHIVED

    def standing(
        self, actor: Actor, *relations: Relation, conditions: tuple[Condition, ...] = ()
    ) -> Standing:
        """The actor's standing towards something in this journey, given what ties them to it."""
        held = {*conditions, Condition.OPEN} if self.open else set(conditions)
        return actor.standing(*self.relations, *relations, conditions=held)


def place_from(row: object, actor: Actor) -> Place:
    """A place from a row that has the journey's columns and `roles`."""
    found = dict(row)  # type: ignore[call-overload]
    ties = {_BY_ROLE[role] for role in found["roles"] if role in _BY_ROLE}
    if found["owner_id"] == actor.member_id:
        ties.add(Relation.OWNER)
    if "responsible" in found:
        ties.update(answering(found))
    return Place(
        journey_id=found["id"],
        owner_id=found["owner_id"],
        status=found["status"],
        status_before=found.get("status_before"),
        locked=found["locked_at"] is not None,
        restricted=found.get("restricted", False),
        group_voice=found.get("group_voice", False),
        version=found.get("version", 0),
        relations=frozenset(ties),
        subject_kind=found.get("kind"),
        touchpoint_id=found.get("touchpoint_id"),
        subject_removed=found.get("subject_removed", False),
    )


async def place(tx: Transaction, actor: Actor, journey_id: UUID) -> Place:
    """The journey, if the actor may see it; else NotFound."""
    row = await tx.row(_PLACE, journey_id=journey_id, **reader(actor))
    if row is None:
        raise NotFound
    return place_from(row, actor)


async def place_of(
    tx: Transaction, actor: Actor, subject_id: UUID, kind: str | None = None
) -> Place:
    """The journey a subject belongs to, if the actor may see it; NotFound also for another kind."""
    row = await tx.row(_PLACE_OF, subject_id=subject_id, **reader(actor))
    if row is None or kind not in (None, row["kind"]):
        raise NotFound
    return place_from(row, actor)


async def hold_place(tx: Transaction, actor: Actor, journey_id: UUID) -> tuple[Locked, Place]:
    """Hold the journey's stream and find the journey as the actor may see it."""
    head, row = await hold(tx, _HOLD, _PLACE, journey_id=journey_id, **reader(actor))
    return head, place_from(row, actor)


async def hold_place_of(
    tx: Transaction, actor: Actor, subject_id: UUID, kind: str | None = None
) -> tuple[Locked, Place]:
    """Hold and find the journey that a subject belongs to; NotFound also for another kind."""
    head, row = await hold(tx, _HOLD_OF, _PLACE_OF, subject_id=subject_id, **reader(actor))
    if kind not in (None, row["kind"]):
        raise NotFound
    return head, place_from(row, actor)
