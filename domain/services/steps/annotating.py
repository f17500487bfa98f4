"""Saying something about a subject, with all the rules that hold for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Row, Transaction
from domain.errors import NotFound
from domain.facts import Verb
from domain.ledger import Locked
from domain.models.voices.annotations import Annotation
from domain.policy import require
from domain.queries.maps.places import Place
from domain.queries.voices.anchors import anchor_of
from domain.queries.voices.subjects import subject_beside
from domain.roles import May
from domain.rules.audience import audience
from domain.services.steps.mentioning import Place as Shown
from domain.services.steps.mentioning import mentioning
from domain.services.steps.places import enter, enter_of
from domain.services.steps.refusing import impossible
from domain.services.steps.speaking import by_author, spoken
from domain.talk import Voice
from domain.words import SubjectKind, Visibility

ANNOTATABLE = frozenset(
    {
        SubjectKind.PERSONA,
        SubjectKind.JOURNEY,
        SubjectKind.STAGE,
        SubjectKind.LANE,
        SubjectKind.CELL,
        SubjectKind.TOUCHPOINT,
        SubjectKind.EMOTION,
        SubjectKind.MOMENT,
        SubjectKind.FINDING,
        SubjectKind.OPPORTUNITY,
        SubjectKind.ACTION,
    }
)


@dataclass(frozen=True, slots=True)
class Said:
    """A new annotation, where it was said, what it is about (queries/voices/anchors.py), and whom
    it mentions, by name.
    """

    annotation: Annotation
    place: Place
    anchor: Row
    names: Mapping[UUID, str]

    @property
    def cover(self) -> bool | None:
        """Whether its author, where they are not named, would see it all the same."""
        said = self.annotation
        if said.voice == Voice.MEMBER:
            return None
        return said.author_group in audience(said.visibility, said.author_group)


async def write(
    tx: Transaction,
    actor: Actor,
    subject_id: UUID,
    journey_id: UUID | None,
    fields: Mapping[str, Any],
) -> Said:
    """Say something about a subject; about a persona, in one of the journeys it is on."""
    head, place = await _enter(tx, actor, subject_id, journey_id)
    require(actor, May.ANNOTATE, place.standing(actor))
    _check_subject(place)
    told = await spoken(tx, actor, fields, group_voice=place.group_voice)
    words = await mentioning(tx, actor, told["body"], _shown(place, told))
    said = Annotation(
        organization_id=actor.organization_id,
        journey_id=place.journey_id,
        subject_id=subject_id,
        touchpoint_id=place.touchpoint_id,
        **told,
        **words.columns,
    )
    await ledger.write(tx, actor, head, by_author(Verb.ANNOTATION_WRITTEN, said))
    anchor = await anchor_of(tx, actor, subject_id, place.journey_id)
    return Said(said, place, anchor, words.names)


def _shown(place: Place, told: Mapping[str, Any]) -> Shown:
    visibility = told.get("visibility", Visibility.EVERYONE)
    return Shown(place.journey_id, visibility, told["author_group"], told["author_id"])


async def _enter(
    tx: Transaction, actor: Actor, subject_id: UUID, journey_id: UUID | None
) -> tuple[Locked, Place]:
    """The journey that is spoken in: the subject's own, or for a persona the one that is named."""
    if journey_id is None:
        try:
            return await enter_of(tx, actor, subject_id)
        except NotFound:
            await _ask_for_journey(tx, actor, subject_id)
            raise
    head, place = await enter(tx, actor, journey_id)
    subject = await subject_beside(tx, actor, subject_id, journey_id)
    if subject is None or subject["journey_id"] not in (None, journey_id):
        raise NotFound
    if subject["journey_id"] is not None:
        return await enter_of(tx, actor, subject_id)
    if subject["kind"] == SubjectKind.PERSONA and not subject["on_journey"]:
        raise impossible("This persona is not on that journey.", "persona_elsewhere", "journey_id")
    return head, place.about(subject["kind"], removed=subject["removed_at"] is not None)


async def _ask_for_journey(tx: Transaction, actor: Actor, subject_id: UUID) -> None:
    subject = await subject_beside(tx, actor, subject_id, None)
    if subject is not None and subject["kind"] == SubjectKind.PERSONA:
        detail = "A persona is on many journeys: say in which one with journey_id."
        raise impossible(detail, "journey_required", "journey_id")


def _check_subject(place: Place) -> None:
    """Refuse what has been removed, and what nobody speaks about directly."""
    if place.subject_removed:
        raise NotFound
    if place.subject_kind not in ANNOTATABLE:
        detail = f"A {place.subject_kind} cannot be annotated: name what it is about."
        raise impossible(detail, "not_annotatable", "subject_id")
