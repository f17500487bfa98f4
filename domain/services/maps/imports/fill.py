"""From the nodes of a document to the columns of its entities, kind by kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.clock import now
from domain.facts import Verb
from domain.ids import new_id
from domain.models.base import Recorded
from domain.models.identity.departments import Department
from domain.models.maps.channels import Channel
from domain.models.maps.journeys import Journey
from domain.models.maps.lanes import Cell, Lane
from domain.models.maps.personas import Persona
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Emotion, Touchpoint
from domain.models.moments.moments import Moment
from domain.models.voices.annotations import Annotation
from domain.models.voices.replies import Reply
from domain.services.maps.imports.document import Node
from domain.services.maps.imports.draft import Draft
from domain.words import MomentStatus, SubjectKind

Kind = SubjectKind
Fields = dict[str, Any]


def _department(draft: Draft, node: Node) -> Fields:
    above = node.said.get("parent")
    parent_id = draft.id_of(Kind.DEPARTMENT, above) if above else None
    return node.fields("parent") | {"parent_id": parent_id}


def _channel(_: Draft, node: Node) -> Fields:
    return {"key": node.key, "name": node.said["name"]}


def _plain(_: Draft, node: Node) -> Fields:
    return node.fields()


def _journey(draft: Draft, node: Node) -> Fields:
    fields = node.fields("department")
    before = draft.present(node)
    personas = set(getattr(before, "persona_ids", ()))
    personas |= {draft.of(one) for one in draft.document.of(Kind.PERSONA)}
    fields |= {"persona_ids": sorted(personas), "attribution": draft.document.attribution}
    return fields | _reference(draft, node, "department", Kind.DEPARTMENT, "department_id")


def _placed(draft: Draft, node: Node) -> Fields:
    return node.fields() | {"position": draft.positions[draft.of(node)]}


def _touchpoint(draft: Draft, node: Node) -> Fields:
    assert node.parent is not None
    fields = node.fields("channels", "responsible_department")
    fields |= {"stage_id": draft.of(node.parent), "position": draft.positions[draft.of(node)]}
    if "channels" in node.said:
        ids = {draft.id_of(Kind.CHANNEL, key) for key in node.said["channels"]}
        fields["channel_ids"] = sorted(ids)
    column = "responsible_department_id"
    return fields | _reference(draft, node, "responsible_department", Kind.DEPARTMENT, column)


def _emotion(draft: Draft, node: Node) -> Fields:
    assert node.parent is not None
    fields = node.fields("persona") | {"touchpoint_id": draft.of(node.parent)}
    return fields | _reference(draft, node, "persona", Kind.PERSONA, "persona_id")


def _cell(draft: Draft, node: Node) -> Fields:
    assert node.parent is not None
    fields: Fields = {"lane_id": draft.of(node.parent), "body": node.said["body"]}
    fields |= {"stage_id": None, "touchpoint_id": None}
    fields |= _reference(draft, node, "stage", Kind.STAGE, "stage_id")
    fields |= _reference(draft, node, "touchpoint", Kind.TOUCHPOINT, "touchpoint_id")
    place = (fields["lane_id"], fields["stage_id"], fields["touchpoint_id"])
    draft.ids.setdefault((Kind.CELL, node.key), draft.there.cells.get(place) or new_id())
    return fields


def _moment(draft: Draft, node: Node) -> Fields:
    fields = node.fields("touchpoint", "status")
    before = getattr(draft.present(node), "status", MomentStatus.NOMINATED)
    if (
        node.said.get("status") == MomentStatus.CONFIRMED
        and draft.may_confirm
        and before == MomentStatus.NOMINATED
    ):
        decided = {"confirmed_by": draft.actor.member_id, "confirmed_at": now()}
        fields |= {"status": MomentStatus.CONFIRMED.value} | decided
    return fields | {"touchpoint_id": draft.id_of(Kind.TOUCHPOINT, node.said["touchpoint"])}


def _reference(draft: Draft, node: Node, name: str, kind: Kind, column: str) -> Fields:
    """A column that names something by its id; absent keeps, null clears."""
    if name not in node.said:
        return {}
    key = node.said[name]
    return {column: None if key is None else draft.id_of(kind, key)}


@dataclass(frozen=True, slots=True)
class Filling:
    """How one kind of node becomes an entity."""

    model: type[Recorded]
    fields: Callable[[Draft, Node], Fields]
    added: Verb
    changed: Verb | None


FILLINGS: Mapping[SubjectKind, Filling] = {
    Kind.DEPARTMENT: Filling(Department, _department, Verb.DEPARTMENT_CREATED, None),
    Kind.CHANNEL: Filling(Channel, _channel, Verb.CHANNEL_CREATED, None),
    Kind.PERSONA: Filling(Persona, _plain, Verb.PERSONA_CREATED, Verb.PERSONA_UPDATED),
    Kind.JOURNEY: Filling(Journey, _journey, Verb.JOURNEY_CREATED, Verb.JOURNEY_UPDATED),
    Kind.STAGE: Filling(Stage, _placed, Verb.STAGE_ADDED, Verb.STAGE_UPDATED),
    Kind.TOUCHPOINT: Filling(
        Touchpoint, _touchpoint, Verb.TOUCHPOINT_ADDED, Verb.TOUCHPOINT_UPDATED
    ),
    Kind.LANE: Filling(Lane, _placed, Verb.LANE_ADDED, Verb.LANE_UPDATED),
    Kind.CELL: Filling(Cell, _cell, Verb.CELL_WRITTEN, Verb.CELL_WRITTEN),
    Kind.EMOTION: Filling(Emotion, _emotion, Verb.EMOTION_ADDED, Verb.EMOTION_UPDATED),
    Kind.MOMENT: Filling(Moment, _moment, Verb.MOMENT_NOMINATED, Verb.MOMENT_UPDATED),
    Kind.ANNOTATION: Filling(Annotation, _plain, Verb.ANNOTATION_WRITTEN, Verb.ANNOTATION_EDITED),
    Kind.REPLY: Filling(Reply, _plain, Verb.REPLY_WRITTEN, None),
}
"""Every kind in the order it must be made: what others point at comes first."""
