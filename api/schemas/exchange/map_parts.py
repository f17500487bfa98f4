"""The map in a journeymap/1 document: from rows to what is written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from api.schemas.exchange.keys import Keys, slugs
from api.schemas.exchange.voices import Voices
from api.schemas.maps.import_parts import ImportEmotion, ImportPersona
from api.schemas.maps.imports import (
    ImportJourney,
    ImportMoment,
    ImportStage,
    ImportTouchpoint,
)
from domain.database import Row
from domain.queries.exchange.parts import Parts
from domain.words import LaneKind, SubjectKind

Kind = SubjectKind
Written = dict[str, Any]


def plain(struct: type[Any], row: Row) -> Written:
    """The fields of a part that its row has under the same name."""
    columns = set(row.keys())
    return {name: row[name] for name in struct.__struct_fields__ if name in columns}


def grouped(rows: Iterable[Row], column: str) -> Mapping[UUID, Sequence[Row]]:
    """Rows by what they point at, in their order."""
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


class MapParts:
    """Writes the map. Making it gives every part of the map its key."""

    def __init__(self, parts: Parts, keys: Keys) -> None:
        self.parts, self.keys = parts, keys
        self.known = {row["id"]: row for row in parts["departments"]}
        keys.add(Kind.JOURNEY, parts.journey["id"])
        self._add(Kind.PERSONA, "personas")
        self._add(Kind.STAGE, "stages")
        self._add(Kind.TOUCHPOINT, "touchpoints")
        self._add(Kind.LANE, "lanes")
        self._add(Kind.MOMENT, "moments")
        for row in parts["emotions"]:
            keys.add(Kind.EMOTION, row["id"], row["touchpoint_id"])
        self.cells = self._cells()
        for one, key in slugs(Kind.DEPARTMENT, self._named()).items():
            keys.name(Kind.DEPARTMENT, one, key)

    def _add(self, kind: Kind, name: str) -> None:
        for row in self.parts[name]:
            self.keys.add(kind, row["id"])

    def _named(self) -> dict[UUID, str]:
        """The departments that the document speaks of, with all that stand above them."""
        used = {self.parts.journey["department_id"]}
        used |= {row["responsible_department_id"] for row in self.parts["touchpoints"]}
        used |= {row["department_id"] for row in self.parts["findings"]}
        used |= {row["department_id"] for row in self.parts["actions"]}
        paths = [self.known[one]["path"] for one in used if one is not None]
        return {one: self.known[one]["name"] for path in paths for one in path}

    def _cells(self) -> Mapping[UUID, Sequence[Row]]:
        """The cells that stand on the map, by lane, in the order of their places."""
        custom = {r["id"] for r in self.parts["lanes"] if r["kind"] == LaneKind.CUSTOM}
        places = [row["id"] for name in ("stages", "touchpoints") for row in self.parts[name]]
        order = {one: number for number, one in enumerate(places)}
        here = [
            row
            for row in self.parts["cells"]
            if row["lane_id"] in custom and (row["stage_id"] or row["touchpoint_id"]) in order
        ]
        here.sort(key=lambda row: order[row["stage_id"] or row["touchpoint_id"]])
        for row in here:
            full = f"{self.keys.ref(row['lane_id'])}/{self._place(row)}"
            self.keys.name(Kind.CELL, row["id"], full)
        return grouped(here, "lane_id")

    def _place(self, row: Row) -> str:
        name = "stage" if row["stage_id"] else "touchpoint"
        return f"{name}:{self.keys.own(row[f'{name}_id'])}"

    def journey(self, voices: Voices) -> Written:
        """What the map is of."""
        row = self.parts.journey
        return plain(ImportJourney, row) | {
            "key": self.keys.own(row["id"]),
            "department": self.keys.own(row["department_id"]),
            "annotations": voices.at(row["id"]),
        }

    def personas(self) -> Iterator[Written]:
        """Whose journey it is."""
        for row in self.parts["personas"]:
            yield {"key": self.keys.own(row["id"]), **plain(ImportPersona, row)}

    def departments(self) -> Iterator[Written]:
        """Who answers for something in it, by name, each with what it stands below."""
        for one, row in sorted(self.known.items(), key=lambda item: item[1]["name"].lower()):
            if one in self.keys:
                above = row["path"][-2] if row["path"][1:] else None
                yield {
                    "key": self.keys.own(one),
                    "name": row["name"],
                    "external": row["external"],
                    "parent": self.keys.own(above),
                }

    def channels(self) -> Iterator[Written]:
        """Where contacts happen."""
        used = {key for row in self.parts["touchpoints"] for key in row["channels"]}
        for row in sorted(self.parts["channels"], key=lambda one: str(one["key"])):
            if row["key"] in used:
                yield {"key": row["key"], "name": row["name"]}

    def stages(self, voices: Voices) -> Iterator[Written]:
        """The periods, each with its touchpoints."""
        touchpoints = grouped(self.parts["touchpoints"], "stage_id")
        emotions = grouped(self.parts["emotions"], "touchpoint_id")
        for row in self.parts["stages"]:
            yield plain(ImportStage, row) | {
                "key": self.keys.own(row["id"]),
                "touchpoints": [
                    self._touchpoint(one, emotions.get(one["id"], ()), voices)
                    for one in touchpoints.get(row["id"], ())
                ],
                "annotations": voices.at(row["id"]),
            }

    def _touchpoint(self, row: Row, emotions: Sequence[Row], voices: Voices) -> Written:
        return plain(ImportTouchpoint, row) | {
            "key": self.keys.own(row["id"]),
            "channels": sorted(row["channels"]),
            "responsible_department": self.keys.own(row["responsible_department_id"]),
            "emotions": [self._emotion(one) for one in emotions],
            "annotations": voices.at(row["id"]),
        }

    def _emotion(self, row: Row) -> Written:
        own, persona = self.keys.own(row["id"]), self.keys.own(row["persona_id"])
        return {"key": own, **plain(ImportEmotion, row), "persona": persona}

    def lanes(self) -> Iterator[Written]:
        """The rows, with the cells of those that have some."""
        for row in self.parts["lanes"]:
            yield {
                "key": self.keys.own(row["id"]),
                "question": row["question"],
                "kind": row["kind"],
                "cells": [
                    {
                        "body": cell["body"],
                        "stage": self.keys.own(cell["stage_id"]),
                        "touchpoint": self.keys.own(cell["touchpoint_id"]),
                    }
                    for cell in self.cells.get(row["id"], ())
                ],
            }

    def moments(self) -> Iterator[Written]:
        """What is decisive."""
        for row in self.parts["moments"]:
            yield plain(ImportMoment, row) | {
                "key": self.keys.own(row["id"]),
                "touchpoint": self.keys.own(row["touchpoint_id"]),
            }
