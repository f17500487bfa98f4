"""From the JSON of an import to the domain's document, with every fault on the way."""

from collections.abc import Iterator, Mapping
from typing import Any

from api.schemas.base import Body
from api.schemas.loose import Object, read
from api.schemas.maps.import_parts import (
    ImportAnnotation,
    ImportChannel,
    ImportDepartment,
    ImportEmotion,
    ImportPersona,
    ImportReply,
    ImportSource,
)
from api.schemas.maps.imports import (
    ImportCell,
    ImportCount,
    ImportDocument,
    ImportJourney,
    ImportLane,
    ImportMoment,
    ImportResult,
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
}


def document(raw: Any) -> Document:
    """Read an import; what is wrong with it is in `faults`."""
    _refuse_masses(raw)
    faults: list[FieldError] = []
    root = read(raw, ImportDocument, faults)
    nodes = list(_nodes(root, None))
    source = next(iter(root.inside.get("source", ())), Object(ImportSource, "#/source")).said
    credit = (source.get("title"), source.get("publisher"), source.get("licence"))
    told = [text for text in (*credit, *source.get("urls", ())) if text]
    return Document(nodes, "\n".join(told), str(source.get("title", ""))[:LABEL], faults)


def _refuse_masses(raw: Any) -> None:
    """Invalid when there is more in it than is read, compared and written while others wait."""
    count, waiting = 0, [raw]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list | dict):
            count += isinstance(one, dict)
            waiting += one if isinstance(one, list) else one.values()
    if count > MOST_OBJECTS:
        detail = f"At most {MOST_OBJECTS} objects fit into one document, not {count}: divide it."
        raise Invalid(detail, code="invalid_document", errors=[FieldError(detail, "too_many", "#")])


def _nodes(found: Object, parent: Node | None) -> Iterator[Node]:
    kind = KINDS.get(found.kind)
    node = parent
    if kind is not None:
        node = Node(kind, _key(found, kind, parent), found.pointer, found.said, parent)
        yield node
    for objects in found.inside.values():
        for one in objects:
            yield from _nodes(one, node)


def _key(found: Object, kind: SubjectKind, parent: Node | None) -> str:
    """The key that is unique for its kind; empty where it, or the one above, cannot be read."""
    own = str(found.said.get("key", ""))
    if kind is SubjectKind.CELL:
        place = [
            f"{name}:{found.said[name]}" for name in ("stage", "touchpoint") if _has(found, name)
        ]
        own = "/".join(place)
    if kind not in (
        SubjectKind.CELL,
        SubjectKind.EMOTION,
        SubjectKind.ANNOTATION,
        SubjectKind.REPLY,
    ):
        return own
    return f"{parent.kind}:{parent.key}/{own}" if own and parent and parent.key else ""


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
