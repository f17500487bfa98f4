"""Who is acting: one member of one organization, for the length of one request."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from domain.roles import Condition, Group, Relation, Scope


@dataclass(frozen=True, slots=True)
class Standing:
    """How one actor stands towards one object: what ties them to it, and what holds for it."""

    relations: frozenset[Relation] = frozenset()
    conditions: frozenset[Condition] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A signed-in member. `department_ids` holds their department and everything above it.

    `name`, `title` and `department_name` are for telling what they have just said. `scopes` is what
    the access token allows that they came with; None for a session, which allows everything.
    `answered_by` is the manager who answers for a service member; None for a person.
    """

    account_id: UUID
    organization_id: UUID
    member_id: UUID
    session_id: UUID
    group: Group
    department_id: UUID | None
    department_ids: frozenset[UUID]
    administrator: bool
    may_create_journeys: bool
    name: str = ""
    title: str = ""
    department_name: str | None = None
    scopes: frozenset[Scope] | None = None
    answered_by: UUID | None = None

    @property
    def answerable(self) -> UUID:
        """Whose what they make is: a person, because a program answers for nothing."""
        return self.answered_by or self.member_id

    def standing(self, *relations: Relation, conditions: Iterable[Condition] = ()) -> Standing:
        """Their standing towards an object: the relations given, and those they always carry."""
        carried = set(relations)
        if self.administrator:
            carried.add(Relation.ADMINISTRATOR)
        if self.may_create_journeys:
            carried.add(Relation.ALLOWED_TO_CREATE)
        return Standing(frozenset(carried), frozenset(conditions))
