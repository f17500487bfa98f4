"""What contradicts itself in what follows from a map."""

from collections.abc import Callable, Iterator
from datetime import date

from domain.errors import FieldError
from domain.results import FindingKind, MetricKind
from domain.rules import findings
from domain.rules.outcomes import check_periods
from domain.rules.point_faults import faults as point_faults
from domain.services.maps.imports.document import Document, Node
from domain.services.maps.imports.measuring import points
from domain.words import SubjectKind

Kind = SubjectKind
COLUMNS = {"department": "department_id", "caused_by": "caused_by_id"}
ELSEWHERE = ("key", "touchpoint", "kind", "status", "status_note", "merged_into")
DAYS = ("baseline_from", "baseline_to", "actual_from", "actual_to")


def sound_faults(document: Document, today: date) -> Iterator[FieldError]:
    """Every contradiction inside of one part, or of it and today."""
    for node in document.nodes:
        if check := CHECKS.get(node.kind):
            yield from check(node, today)


def _finding(node: Node, _: date) -> Iterator[FieldError]:
    if "kind" not in node.said:
        return
    said = {
        name: value
        for name, value in node.said.items()
        if name not in ELSEWHERE and value not in (None, "")
    }
    foreign = findings.foreign(
        FindingKind(node.said["kind"]), (COLUMNS.get(name, name) for name in said)
    )
    for name in foreign:
        detail = f"A finding of kind {node.said['kind']} has no {name.removesuffix('_id')}."
        yield node.fault(detail, "not_of_kind", name.removesuffix("_id"))
    for name, detail in findings.faults(said):
        yield node.fault(detail, "contradiction", name)


def _outcome(node: Node, today: date) -> Iterator[FieldError]:
    if node.said.keys() >= set(DAYS):
        for fault in check_periods(today, *(node.said[name] for name in DAYS)):
            yield node.fault(fault.detail, fault.code, (fault.pointer or "").removeprefix("#/"))


def _link(node: Node, _: date) -> Iterator[FieldError]:
    if bool(node.said.get("dimension")) is not bool(node.said.get("value")):
        yield node.fault("Name a dimension and its value, or neither.", "contradiction", "value")


def _metric(node: Node, today: date) -> Iterator[FieldError]:
    given = node.said.get("data_points", ())
    whole = all({"from", "to"} <= one.keys() for one in given)
    if "kind" not in node.said or not whole:
        return  # which are faults already
    for fault in point_faults(MetricKind(node.said["kind"]), points(node), today):
        at = (fault.pointer or "").removeprefix("#/points/").replace("period_", "")
        yield node.fault(fault.detail, fault.code, f"data_points/{at}")


CHECKS: dict[Kind, Callable[[Node, date], Iterator[FieldError]]] = {
    Kind.FINDING: _finding,
    Kind.OUTCOME: _outcome,
    Kind.METRIC_LINK: _link,
    Kind.METRIC: _metric,
}
