"""Journeys as tables: what each has for columns, and its rows as plain values."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from api.schemas.exchange.keys import Keys
from api.schemas.exchange.map_parts import MapParts
from api.schemas.exchange.observed import ratings
from api.schemas.exchange.result_parts import ResultParts
from api.schemas.exchange.voices import Voices, label
from domain.database import Row
from domain.queries.exchange.parts import Parts
from domain.results import ExportTable
from domain.rules.measured import COUNTS
from domain.words import Axis

Cell = str | int | float | Decimal | date | datetime | bool | None
Line = Sequence[Cell]

TOUCHPOINT = (
    "name", "description", "purchase_phase", "contact_context", "optional", "customer_actions",
    "business_actions", "interaction", "thoughts", "perspective", "quote", "expectation",
    "reality", "first_expectation", "repeat_expectation", "process", "monthly_volume",
    "evidence_grade",
)  # fmt: skip
"""What a touchpoint says of itself; the columns that can be read back as well."""
ACTION = ("title", "kind", "status", "status_note", "process", "due_on", "description")
OUTCOME = (
    "measure", "unit", "better", "baseline", "baseline_from", "baseline_to", "baseline_n",
    "target", "actual", "actual_from", "actual_to", "actual_n",
)  # fmt: skip
_MEANS = tuple(f"{axis.value}_{what}" for axis in Axis for what in ("mean", "n"))


class Book:
    """A journey with the keys of its parts, to make rows from."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.keys = parts, Keys(parts)
        MapParts(parts, self.keys)
        ResultParts(parts, self.keys)
        Voices(parts, self.keys)
        self.stages = {row["id"]: row["name"] for row in parts["stages"]}
        self.departments = {row["id"]: row["name"] for row in parts["departments"]}
        self.touchpoints = {row["id"]: row["name"] for row in parts["touchpoints"]}

    def ref(self, one: Any) -> str | None:
        """What a row points at, by kind and key."""
        return self.keys.ref(one) if one in self.keys else None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the parts it is read from, its columns and its rows."""

    parts: tuple[str, ...]
    columns: tuple[str, ...]
    rows: Callable[[Book], Iterator[Line]]


def _touchpoints(book: Book) -> Iterator[Line]:
    order = {row["id"]: number for number, row in enumerate(book.parts["stages"])}
    for row in sorted(book.parts["touchpoints"], key=lambda one: order[one["stage_id"]]):
        own = (row[name] for name in TOUCHPOINT)
        department = book.departments.get(row["responsible_department_id"])
        where = (book.keys.own(row["id"]), book.stages[row["stage_id"]])
        evidence = "\n".join(row["evidence"])
        yield (*where, *own, ", ".join(sorted(row["channels"])), department, evidence)


def _annotations(book: Book) -> Iterator[Line]:
    supports: dict[Any, int] = {}
    for row in book.parts["supports"]:
        supports[row["id"]] = supports.get(row["id"], 0) + row["n"]
    replies: dict[Any, list[Row]] = {}
    for row in book.parts["replies"]:
        replies.setdefault(row["annotation_id"], []).append(row)
    for row in book.parts["annotations"]:
        answers = "\n".join(f"{label(one)}: {one['body']}" for one in replies.get(row["id"], ()))
        yield (
            book.ref(row["id"]), book.ref(row["subject_id"]), row["kind"], row["body"],
            label(row), row["visibility"], row["resolution"], row["resolution_note"],
            supports.get(row["id"], 0), len(replies.get(row["id"], ())), answers,
            row["created_at"],
        )  # fmt: skip


def _ratings(book: Book) -> Iterator[Line]:
    for row in book.parts["ratings"]:
        if row["touchpoint_id"] not in book.touchpoints:
            continue
        key = book.keys.own(row["touchpoint_id"])
        found = ratings(row["tallies"], key, book.parts.names_leaders)
        for group in found["groups"]:
            means = {one["axis"]: (one["mean"], one["n"]) for one in group["axes"]}
            shown = (cell for axis in Axis for cell in means.get(axis, (None, None)))
            name = book.touchpoints[row["touchpoint_id"]]
            yield (key, name, group["group"], group["n"], group["too_few"], *shown)


def _actions(book: Book) -> Iterator[Line]:
    outcomes = {row["action_id"]: row for row in book.parts["outcomes"]}
    for row in book.parts["actions"]:
        moved = outcomes.get(row["id"])
        measured = [moved[name] for name in (*OUTCOME, "status")] if moved else [None] * 13
        yield (
            book.keys.own(row["id"]), *(row[name] for name in ACTION), row["owner_name"],
            book.departments.get(row["department_id"]),
            book.touchpoints.get(row["touchpoint_id"]), *measured,
        )  # fmt: skip


def _points(book: Book) -> Iterator[Line]:
    metrics = {row["id"]: row for row in book.parts["metrics"]}
    for row in book.parts["points"]:
        metric = metrics[row["metric_id"]]
        counted = (row[name] for name in COUNTS)
        when = (row["period_from"], row["period_to"])
        yield (metric["name"], metric["kind"], *when, row["dimensions"], *counted, row["number"])


_KEYED = ("stages", "touchpoints", "lanes", "moments", "emotions", "cells", "departments",
          "findings", "opportunities", "actions", "personas")  # fmt: skip
TABLES: Mapping[ExportTable, Table] = {
    ExportTable.TOUCHPOINTS: Table(
        ("stages", "touchpoints", "departments"),
        ("key", "stage", *TOUCHPOINT, "channels", "responsible_department", "evidence"),
        _touchpoints,
    ),
    ExportTable.ANNOTATIONS: Table(
        (*_KEYED, "annotations", "replies", "supports"),
        ("key", "about", "kind", "body", "said_by", "visibility", "resolution", "resolution_note",
         "supports", "replies", "answers", "said_at"),
        _annotations,
    ),
    ExportTable.RATINGS: Table(
        ("stages", "touchpoints", "ratings", "departments"),
        ("touchpoint", "name", "group", "n", "too_few", *_MEANS),
        _ratings,
    ),
    ExportTable.ACTIONS: Table(
        ("touchpoints", "stages", "departments", "actions", "outcomes"),
        ("key", *ACTION, "owner", "department", "touchpoint", *OUTCOME, "outcome_status"),
        _actions,
    ),
    ExportTable.DATA_POINTS: Table(
        ("links", "outcomes", "metrics", "departments"),
        ("metric", "kind", "from", "to", "dimensions", *COUNTS, "number"),
        _points,
    ),
}  # fmt: skip
ALL_PARTS = tuple(sorted({name for table in TABLES.values() for name in table.parts}))
