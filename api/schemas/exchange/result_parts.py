"""From finding to outcome in a journeymap/1 document: from rows to what is written."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from api.schemas.exchange.keys import Keys, slugs
from api.schemas.exchange.map_parts import Written, grouped, plain
from api.schemas.exchange.metrics import COMPONENTS, ImportMetric
from api.schemas.exchange.results import (
    ImportAction,
    ImportEvidence,
    ImportFinding,
    ImportOpportunity,
    ImportOutcome,
    ImportPlaybook,
)
from domain.database import Row
from domain.queries.exchange.parts import Parts
from domain.results import ActionStatus
from domain.words import SubjectKind

Kind = SubjectKind
KEYED: Mapping[str, Kind] = {
    "playbooks": Kind.PLAYBOOK,
    "findings": Kind.FINDING,
    "opportunities": Kind.OPPORTUNITY,
    "actions": Kind.ACTION,
}


def digits(value: Decimal | None) -> str | None:
    """A number as text, without zeros that say nothing."""
    return None if value is None else format(value.normalize() + 0, "f")


class ResultParts:
    """Writes what follows from a map. Making it gives every such part its key."""

    def __init__(self, parts: Parts, keys: Keys) -> None:
        self.parts, self.keys = parts, keys
        for name, kind in KEYED.items():
            for row in parts[name]:
                if name != "playbooks" or row["moment_id"] in keys:
                    keys.add(kind, row["id"])
        names = {row["id"]: row["name"] for row in parts["metrics"]}
        for one, key in slugs(Kind.METRIC, names).items():
            keys.name(Kind.METRIC, one, key)

    def add_evidence(self) -> None:
        """Give evidence its keys: of all parts it is the last, for it can be about any."""
        for row in self.parts["evidence"]:
            if row["subject_id"] in self.keys:
                self.keys.add(Kind.EVIDENCE, row["id"])

    def _keyed(self, name: str, struct: type[Any], **links: str) -> Iterator[tuple[Row, Written]]:
        for row in self.parts[name]:
            if row["id"] in self.keys:
                pointing = {at: self.keys.own(row[column]) for at, column in links.items()}
                yield row, {"key": self.keys.own(row["id"])} | plain(struct, row) | pointing

    def playbooks(self) -> Iterator[Written]:
        """How moments are recovered."""
        return (made for _, made in self._keyed("playbooks", ImportPlaybook, moment="moment_id"))

    def findings(self) -> Iterator[Written]:
        """What was found."""
        links = {"touchpoint": "touchpoint_id", "department": "department_id",
                 "caused_by": "caused_by_id", "merged_into": "merged_into_id"}  # fmt: skip
        for row, made in self._keyed("findings", ImportFinding, **links):
            if row["merged_into_id"] is None or made["merged_into"]:
                yield made

    def evidence(self) -> Iterator[Written]:
        """What statements rest on."""
        for row, made in self._keyed("evidence", ImportEvidence):
            yield made | {"about": self.keys.ref(row["subject_id"])}

    def opportunities(self) -> Iterator[Written]:
        """What could be gained."""
        links = {"touchpoint": "touchpoint_id", "merged_into": "merged_into_id"}
        for row, made in self._keyed("opportunities", ImportOpportunity, **links):
            if row["merged_into_id"] is None or made["merged_into"]:
                yield made

    def actions(self) -> Iterator[Written]:
        """What is done about it; that it is done is a judgment, and no part of this."""
        links = {"touchpoint": "touchpoint_id", "opportunity": "opportunity_id",
                 "moment": "moment_id", "department": "department_id"}  # fmt: skip
        for row, made in self._keyed("actions", ImportAction, **links):
            done = row["status"] == ActionStatus.DONE
            yield made | ({"status": ActionStatus.DELIVERED.value} if done else {})

    def outcomes(self) -> Iterator[Written]:
        """What moved afterwards."""
        for row in self.parts["outcomes"]:
            yield plain(ImportOutcome, row) | {
                "action": self.keys.own(row["action_id"]),
                "metric": self.keys.own(row["metric_id"]),
                **{name: digits(row[name]) for name in ("baseline", "target", "actual")},
            }

    def relations(self) -> Iterator[Written]:
        """What follows from what."""
        for row in self.parts["sources"]:
            if row["subject_id"] in self.keys and row["from_id"] in self.keys:
                of, follows = self.keys.ref(row["subject_id"]), self.keys.ref(row["from_id"])
                yield {"of": of, "follows": follows}

    def metrics(self) -> Iterator[Written]:
        """What is measured, with what it says something of, and its data points."""
        links = grouped(self.parts["links"], "metric_id")
        points = grouped(self.parts["points"], "metric_id")
        for row in self.parts["metrics"]:
            yield {
                "key": self.keys.own(row["id"]),
                **plain(ImportMetric, row),
                "target": digits(row["target"]),
                "links": [
                    {
                        "about": self.keys.ref(one["subject_id"]),
                        "aspect": one["aspect"],
                        "dimension": one["dimension"],
                        "value": one["value"],
                    }
                    for one in links.get(row["id"], ())
                    if one["subject_id"] in self.keys
                ],
                "data_points": [point(one) for one in points.get(row["id"], ())],
            }


def point(row: Row) -> Written:
    """One measurement, with the components that its metric has."""
    counted = {name: row[name] for name in COMPONENTS if row[name] is not None}
    number = {} if row["number"] is None else {"number": digits(row["number"])}
    return {
        "from": row["period_from"],
        "to": row["period_to"],
        "dimensions": msgspec.json.decode(row["dimensions"]),
        **counted,
        **number,
    }
