"""Two journeys side by side, on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from api.schemas.base import Body, Reply, present
from api.schemas.life.differences import FieldDifference
from domain.queries.maps.comparisons import Comparison
from domain.rules.comparing import Told
from domain.rules.differences import Change
from domain.services.maps.comparisons import MOST, Draft, Drafts
from domain.words import JourneyState, JourneyStatus, SubjectKind

DifferenceId = Annotated[str, Meta(min_length=1, max_length=150)]


class ComparedJourney(Reply):
    """One of the two journeys."""

    id: UUID
    title: str
    state: JourneyState
    status: JourneyStatus


class JourneyDifference(Reply):
    """Something that only one of two journeys has, or that differs.

    `id` stays as long as the difference does; `draftOpportunities` takes it. `was_id` and `now_id`
    are of the piece in either. `touchpoint_id`: the touchpoint of the first that it is at.
    """

    id: str
    subject_kind: SubjectKind
    name: str
    was_id: UUID | None
    now_id: UUID | None
    touchpoint_id: UUID | None


class JourneyChange(JourneyDifference):
    """Something that says other things in either, field by field."""

    fields: list[FieldDifference]


class JourneyMovement(JourneyDifference):
    """Something that stands elsewhere: in which stage, after which neighbor; null is first.

    `was_in` and `was_after` are ids of the first journey, the others of the second.
    """

    was_in: UUID | None
    now_in: UUID | None
    was_after: UUID | None
    now_after: UUID | None


class JourneyComparison(Reply):
    """What became of the journey `was` in the journey `now`; all empty where they say the same.

    Pieces are paired by what they were first copied from. Of a new order the fewest that must move
    to make it are told as moved. Titles and states of the journeys are not compared.
    """

    was: ComparedJourney
    now: ComparedJourney
    added: list[JourneyDifference]
    removed: list[JourneyDifference]
    changed: list[JourneyChange]
    moved: list[JourneyMovement]


class DifferencesChosen(Body):
    """Which differences are to be drafted; without them all are."""

    differences: Annotated[list[DifferenceId], Meta(max_length=MOST)] | UnsetType = UNSET


class DraftedOpportunity(Reply):
    """The opportunity of a difference; `new` unless it had been drafted before."""

    difference_id: str
    opportunity_id: UUID
    title: str
    touchpoint_id: UUID | None
    new: bool


class DraftedOpportunities(Reply):
    """One opportunity of `journey_id` for each difference, in the order of the comparison."""

    journey_id: UUID
    items: list[DraftedOpportunity]


def comparison(found: Comparison) -> JourneyComparison:
    """The reply."""
    of = {change: [one for one in found.found if one.difference.change is change]
          for change in Change}  # fmt: skip
    return JourneyComparison(
        was=present(ComparedJourney, found.was),
        now=present(ComparedJourney, found.now),
        added=[present(JourneyDifference, one, **_named(one)) for one in of[Change.ADDED]],
        removed=[present(JourneyDifference, one, **_named(one)) for one in of[Change.REMOVED]],
        changed=[_changed(one) for one in of[Change.CHANGED]],
        moved=[_moved(one, found) for one in of[Change.MOVED]],
    )


def _named(one: Told) -> dict[str, object]:
    return {"subject_kind": SubjectKind(one.difference.kind), "name": one.difference.name}


def _changed(one: Told) -> JourneyChange:
    fields = [present(FieldDifference, field) for field in one.difference.fields]
    return present(JourneyChange, one, **_named(one), fields=fields)


def _moved(one: Told, found: Comparison) -> JourneyMovement:
    parent, after = one.difference.fields
    return present(
        JourneyMovement,
        one,
        **_named(one),
        was_in=found.was_ids.get(parent.was),
        now_in=found.now_ids.get(parent.now),
        was_after=found.was_ids.get(after.was),
        now_after=found.now_ids.get(after.now),
    )


def drafted(found: Drafts) -> DraftedOpportunities:
    """The reply."""
    items = [_draft(one) for one in found.drafts]
    return DraftedOpportunities(journey_id=found.journey_id, items=items)


def _draft(one: Draft) -> DraftedOpportunity:
    touchpoint_id = one.told.touchpoint_id
    return present(DraftedOpportunity, one, difference_id=one.told.id, touchpoint_id=touchpoint_id)
