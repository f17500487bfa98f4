"""From the nodes of a document to the columns of its entities, kind by kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.clock import now
from domain.facts import Verb
from domain.ids import new_id
from domain.models.accountability.playbooks import Playbook
from domain.models.base import Recorded
from domain.models.findings.evidence import Evidence
from domain.models.findings.findings import Finding, Source
from domain.models.identity.departments import Department
from domain.models.maps.channels import Channel
from domain.models.maps.journeys import Journey
from domain.models.maps.lanes import Cell, Lane
from domain.models.maps.personas import Persona
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Emotion, Touchpoint
from domain.models.metrics.metrics import Metric, MetricLink
from domain.models.moments.moments import Moment
from domain.models.outcomes.actions import Action, Outcome
from domain.models.outcomes.opportunities import Opportunity
from domain.models.voices.annotations import Annotation
from domain.models.voices.replies import Reply
from domain.services.maps.imports import fill_results as results
from domain.services.maps.imports.document import Node
from domain.services.maps.imports.draft import Draft
from domain.services.maps.imports.pointing import reference
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
    fields |= {"persona_ids": sorted(personas)}
    if draft.document.attribution:
        fields["attribution"] = draft.document.attribution
    return fields | reference(draft, node, "department", Kind.DEPARTMENT, "department_id")


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
    return fields | reference(draft, node, "responsible_department", Kind.DEPARTMENT, column)


def _emotion(draft: Draft, node: Node) -> Fields:
    assert node.parent is not None
    fields = node.fields("persona") | {"touchpoint_id": draft.of(node.parent)}
    return fields | reference(draft, node, "persona", Kind.PERSONA, "persona_id")


def _cell(draft: Draft, node: Node) -> Fields:
    assert node.parent is not None
    fields: Fields = {"lane_id": draft.of(node.parent), "body": node.said["body"]}
    fields |= {"stage_id": None, "touchpoint_id": None}
    fields |= reference(draft, node, "stage", Kind.STAGE, "stage_id")
    fields |= reference(draft, node, "touchpoint", Kind.TOUCHPOINT, "touchpoint_id")
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


def _annotation(_: Draft, node: Node) -> Fields:
    return node.fields("about", "said_at", "resolution", "resolution_note")


def _reply(_: Draft, node: Node) -> Fields:
    return node.fields("said_at")


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
    Kind.PLAYBOOK: Filling(
        Playbook, results.playbook, Verb.PLAYBOOK_DRAFTED, Verb.PLAYBOOK_UPDATED
    ),
    Kind.FINDING: Filling(Finding, results.finding, Verb.FINDING_ADDED, Verb.FINDING_UPDATED),
    Kind.OPPORTUNITY: Filling(
        Opportunity, results.opportunity, Verb.OPPORTUNITY_CREATED, Verb.OPPORTUNITY_UPDATED
    ),
    Kind.ACTION: Filling(Action, results.action, Verb.ACTION_CREATED, Verb.ACTION_UPDATED),
    Kind.METRIC: Filling(Metric, results.metric, Verb.METRIC_CREATED, Verb.METRIC_UPDATED),
    Kind.OUTCOME: Filling(Outcome, results.outcome, Verb.OUTCOME_RECORDED, Verb.OUTCOME_RECORDED),
    Kind.METRIC_LINK: Filling(
        MetricLink, results.metric_link, Verb.METRIC_LINKED, Verb.METRIC_LINKED
    ),
    Kind.ANNOTATION: Filling(
        Annotation, _annotation, Verb.ANNOTATION_WRITTEN, Verb.ANNOTATION_EDITED
    ),
    Kind.EVIDENCE: Filling(Evidence, results.evidence, Verb.EVIDENCE_ADDED, Verb.EVIDENCE_UPDATED),
    Kind.SOURCE: Filling(Source, results.relation, Verb.SOURCE_LINKED, None),
    Kind.REPLY: Filling(Reply, _reply, Verb.REPLY_WRITTEN, None),
}
"""Every kind in the order it must be made: what others point at comes first."""
