"""From the JSON of an import to the domain's document, with every fault on the way."""

from collections.abc import Iterator, Mapping
from typing import Any

from api.schemas.base import Body
from api.schemas.exchange.metrics import ImportMetric, ImportMetricLink
from api.schemas.exchange.results import (
    ImportAction,
    ImportEvidence,
    ImportFinding,
    ImportOpportunity,
    ImportOutcome,
    ImportPlaybook,
    ImportRelation,
)
from api.schemas.loose import Object, read
from api.schemas.maps.import_parts import (
    ImportAnnotation,
    ImportChannel,
    ImportDepartment,
    ImportElsewhere,
    ImportEmotion,
    ImportPersona,
    ImportReply,
    ImportSource,
)
from api.schemas.maps.import_results import ImportCount, ImportResult
from api.schemas.maps.imports import (
    ImportCell,
    ImportDocument,
    ImportJourney,
    ImportLane,
    ImportMoment,
    ImportStage,
    ImportTouchpoint,
)
from domain.errors import FieldError, Invalid
from domain.services.maps.imports import Document, Node, Outcome
from domain.words import SubjectKind

MOST_OBJECTS = 2_000
LABEL = 500

KINDS: Mapping[type[Body], SubjectKind] = {
    ImportDepartment: SubjectKind.DEPARTMENT,
    ImportChannel: SubjectKind.CHANNEL,
    ImportPersona: SubjectKind.PERSONA,
    ImportJourney: SubjectKind.JOURNEY,
    ImportStage: SubjectKind.STAGE,
    ImportTouchpoint: SubjectKind.TOUCHPOINT,
    ImportLane: SubjectKind.LANE,
    ImportCell: SubjectKind.CELL,
    ImportEmotion: SubjectKind.EMOTION,
    ImportMoment: SubjectKind.MOMENT,
    ImportAnnotation: SubjectKind.ANNOTATION,
    ImportReply: SubjectKind.REPLY,
    ImportElsewhere: SubjectKind.ANNOTATION,
    ImportPlaybook: SubjectKind.PLAYBOOK,
    ImportFinding: SubjectKind.FINDING,
    ImportEvidence: SubjectKind.EVIDENCE,
    ImportOpportunity: SubjectKind.OPPORTUNITY,
    ImportAction: SubjectKind.ACTION,
    ImportMetric: SubjectKind.METRIC,
    ImportMetricLink: SubjectKind.METRIC_LINK,
    ImportOutcome: SubjectKind.OUTCOME,
    ImportRelation: SubjectKind.SOURCE,
}
PLACED = (
    SubjectKind.CELL,
    SubjectKind.EMOTION,
    SubjectKind.ANNOTATION,
    SubjectKind.REPLY,
    SubjectKind.METRIC_LINK,
)
"""Whose keys begin with that of what they stand at."""
TOLD = ("exported", "observed")
"""What is left aside, but for its faults."""


def document(raw: Any, most: int = MOST_OBJECTS) -> Document:
    """Read an import of so many objects at most; what is wrong with it is in `faults`."""
    _refuse_masses(raw, most)
    faults: list[FieldError] = []
    root = read(raw, ImportDocument, faults)
    for name in TOLD:
        root.inside.pop(name, None)
    nodes = list(_nodes(root, None))
    source = next(iter(root.inside.get("source", ())), Object(ImportSource, "#/source")).said
    credit = (source.get("title"), source.get("publisher"), source.get("licence"))
    told = [text for text in (*credit, *source.get("urls", ())) if text]
    return Document(nodes, "\n".join(told), str(source.get("title", ""))[:LABEL], faults)


def _refuse_masses(raw: Any, most: int) -> None:
    """Invalid when there is more in it than is read, compared and written while others wait."""
    own = {k: v for k, v in raw.items() if k not in TOLD} if isinstance(raw, dict) else raw
    count, waiting = 0, [own]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list | dict):
            count += isinstance(one, dict)
            waiting += one if isinstance(one, list) else one.values()
    if count > most:
        detail = f"At most {most} objects fit into one document, not {count}: divide it."
        if most == MOST_OBJECTS:
            detail += " Or import it as a job, which takes more."
        raise Invalid(detail, code="invalid_document", errors=[FieldError(detail, "too_many", "#")])


def _nodes(found: Object, parent: Node | None) -> Iterator[Node]:
    kind = KINDS.get(found.kind)
    node = parent
    if points := found.inside.pop("data_points", None):
        found.said["data_points"] = [one.said for one in points]
    if kind is not None:
        node = Node(kind, _key(found, kind, parent), found.pointer, found.said, parent)
        yield node
    for objects in found.inside.values():
        for one in objects:
            yield from _nodes(one, node)


def _key(found: Object, kind: SubjectKind, parent: Node | None) -> str:
    """The key that is unique for its kind; empty where it, or the one above, cannot be read."""
    own = _own(found, kind)
    if kind not in PLACED or not own:
        return own
    if found.kind is ImportElsewhere:
        return f"{found.said['about']}/{own}" if _has(found, "about") else ""
    return f"{parent.kind}:{parent.key}/{own}" if parent and parent.key else ""


def _own(found: Object, kind: SubjectKind) -> str:
    """The key that it is given; what has none goes by what it is about."""
    said = {name: str(value) for name, value in found.said.items() if value is not None}
    if kind is SubjectKind.CELL:
        return "/".join(f"{name}:{said[name]}" for name in ("stage", "touchpoint") if name in said)
    if kind is SubjectKind.OUTCOME:
        return said.get("action", "")
    if kind is SubjectKind.SOURCE:
        return f"{said['of']}<{said['follows']}" if {"of", "follows"} <= said.keys() else ""
    if kind is SubjectKind.METRIC_LINK:
        return f"{said['about']}/{said.get('aspect', 'general')}" if "about" in said else ""
    return said.get("key", "")


def _has(found: Object, name: str) -> bool:
    return found.said.get(name) is not None


def result(outcome: Outcome) -> ImportResult:
    """What an import did, or would do."""
    kinds = sorted({kind for kind, _ in outcome.counts}, key=list(SubjectKind).index)
    counts = [
        ImportCount(
            kind=kind.value,
            created=outcome.counts[(kind, "created")],
            updated=outcome.counts[(kind, "updated")],
            unchanged=outcome.counts[(kind, "unchanged")],
        )
        for kind in kinds
    ]
    return ImportResult(
        journey_id=outcome.journey_id,
        dry_run=outcome.dry_run,
        entries=outcome.entries,
        counts=counts,
    )
