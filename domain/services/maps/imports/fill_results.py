"""From the nodes of a document to the columns of what follows from a map."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.clock import now
from domain.ids import new_id
from domain.results import MetricAspect
from domain.services.maps.imports.document import Node
from domain.services.maps.imports.draft import Draft
from domain.services.maps.imports.pointing import reference
from domain.words import SubjectKind

Kind = SubjectKind
Fields = dict[str, Any]


def touchpoint_of(draft: Draft, node: Node | None) -> UUID | None:
    """The touchpoint that a node belongs to: itself, or that of what it stands at or names."""
    if node is None:
        return None
    if node.kind is Kind.TOUCHPOINT:
        return draft.of(node)
    if key := node.said.get("touchpoint"):
        return draft.id_of(Kind.TOUCHPOINT, key)
    if about := node.said.get("about"):
        return touchpoint_of(draft, draft.document.named(about))
    inside = node.kind in (Kind.EMOTION, Kind.ANNOTATION)
    return touchpoint_of(draft, node.parent) if inside else None


def playbook(draft: Draft, node: Node) -> Fields:
    moment = draft.document.keyed(Kind.MOMENT)[node.said["moment"]]
    own = {"moment_id": draft.of(moment), "touchpoint_id": touchpoint_of(draft, moment)}
    return node.fields("moment") | own


def finding(draft: Draft, node: Node) -> Fields:
    fields = node.fields("touchpoint", "department", "caused_by", "merged_into")
    fields |= {"touchpoint_id": touchpoint_of(draft, node)}
    fields |= reference(draft, node, "department", Kind.DEPARTMENT, "department_id")
    fields |= reference(draft, node, "caused_by", Kind.FINDING, "caused_by_id")
    return fields | reference(draft, node, "merged_into", Kind.FINDING, "merged_into_id")


def evidence(draft: Draft, node: Node) -> Fields:
    about = draft.document.named(node.said["about"])
    assert about is not None, "it is looked for before"
    own = {"subject_id": draft.of(about), "touchpoint_id": touchpoint_of(draft, about)}
    return node.fields("about") | own


def opportunity(draft: Draft, node: Node) -> Fields:
    fields = node.fields("touchpoint", "merged_into")
    fields |= reference(draft, node, "touchpoint", Kind.TOUCHPOINT, "touchpoint_id")
    return fields | reference(draft, node, "merged_into", Kind.OPPORTUNITY, "merged_into_id")


def action(draft: Draft, node: Node) -> Fields:
    fields = node.fields("touchpoint", "opportunity", "moment", "department")
    for name, kind in (
        ("touchpoint", Kind.TOUCHPOINT),
        ("opportunity", Kind.OPPORTUNITY),
        ("moment", Kind.MOMENT),
        ("department", Kind.DEPARTMENT),
    ):
        fields |= reference(draft, node, name, kind, f"{name}_id")
    return fields


def outcome(draft: Draft, node: Node) -> Fields:
    done = draft.document.keyed(Kind.ACTION)[node.said["action"]]
    fields = node.fields("action", "metric", "baseline", "target", "actual")
    for name in ("baseline", "target", "actual"):
        fields |= number(node, name)
    fields |= {"action_id": draft.of(done), "touchpoint_id": touchpoint_of(draft, done)}
    _settle(draft, node, draft.of(done))
    return fields | reference(draft, node, "metric", Kind.METRIC, "metric_id")


def relation(draft: Draft, node: Node) -> Fields:
    of, follows = (draft.document.named(node.said[name]) for name in ("of", "follows"))
    assert of is not None
    assert follows is not None
    _settle(draft, node, draft.of(of), draft.of(follows))
    return {"subject_id": draft.of(of), "from_id": draft.of(follows), "removed_at": None}


def metric(_: Draft, node: Node) -> Fields:
    return node.fields("target", "data_points") | number(node, "target")


def metric_link(draft: Draft, node: Node) -> Fields:
    about = draft.document.named(node.said["about"])
    assert about is not None
    assert node.parent is not None
    metric_id, aspect = draft.of(node.parent), node.said.get("aspect", MetricAspect.GENERAL)
    _settle(draft, node, metric_id, draft.of(about), str(aspect))
    return node.fields("about") | {
        "metric_id": metric_id,
        "removed_at": None,
        "subject_id": draft.of(about),
        "touchpoint_id": touchpoint_of(draft, about),
    }


def _settle(draft: Draft, node: Node, *ends: UUID | str) -> None:
    """Give what connects these its id: that of what connects them already, or a new one."""
    present = draft.there.ends.get((node.kind, *ends))
    draft.ids.setdefault((node.kind, node.key), present or new_id())


def number(node: Node, name: str) -> Fields:
    """A column that holds a decimal number; absent keeps, null clears."""
    if name not in node.said:
        return {}
    said = node.said[name]
    return {name: None if said is None else Decimal(said)}


def born(draft: Draft, node: Node) -> Fields:
    """What a new one has beside what the document says of it: it is the importer's."""
    me, group = draft.actor.member_id, draft.actor.group.value
    wrote = {"author_id": me, "author_group": group}
    closed = {"closed_by": me, "closed_at": now()}
    delivered = {"delivered_at": now()} if node.said.get("status") == "delivered" else {}
    own: dict[Kind, Fields] = {
        Kind.FINDING: wrote | (closed if node.said.get("status", "open") != "open" else {}),
        Kind.OPPORTUNITY: wrote,
        Kind.EVIDENCE: {"author_id": me},
        Kind.ACTION: {"owner_id": draft.actor.answerable, "created_by": me} | delivered,
        Kind.METRIC: {"owner_id": me, "created_by": me},
    }
    if node.kind is Kind.OUTCOME:
        return {"recorded_by": me} | owned(draft, node)
    return own[node.kind]


def owned(draft: Draft, node: Node) -> Fields:
    """Who owns the action of an outcome as it is recorded; a new action is the importer's."""
    action = draft.present(draft.document.keyed(Kind.ACTION)[node.said["action"]])
    return {"owner_id": getattr(action, "owner_id", draft.actor.answerable)}
