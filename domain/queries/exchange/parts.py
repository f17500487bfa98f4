"""Everything of one journey that a member may take along, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.clock import now
from domain.database import Hot, Row, Transaction
from domain.queries.exchange import drawn, followed, said
from domain.queries.maps.imports import Keys, imported
from domain.queries.maps.places import place
from domain.queries.readers import reader
from domain.words import SubjectKind

Kind = SubjectKind

STATEMENTS: Mapping[str, Hot] = {
    "personas": drawn.PERSONAS,
    "stages": drawn.STAGES,
    "touchpoints": drawn.TOUCHPOINTS,
    "lanes": drawn.LANES,
    "cells": drawn.CELLS,
    "emotions": drawn.EMOTIONS,
    "moments": drawn.MOMENTS,
    "departments": drawn.DEPARTMENTS,
    "channels": drawn.CHANNELS,
    "playbooks": followed.PLAYBOOKS,
    "annotations": said.ANNOTATIONS,
    "replies": said.REPLIES,
    "supports": said.SUPPORTS,
    "ratings": said.RATINGS,
    "findings": followed.FINDINGS,
    "evidence": followed.EVIDENCE,
    "opportunities": followed.OPPORTUNITIES,
    "sources": followed.SOURCES,
    "votes": followed.VOTES,
    "actions": followed.ACTIONS,
    "outcomes": followed.OUTCOMES,
    "links": followed.LINKS,
}


@dataclass(frozen=True, slots=True)
class Parts:
    """The rows of each part, the keys that imports gave them, and the names they mention."""

    actor: Actor
    journey: Row
    rows: Mapping[str, Sequence[Row]]
    keys: Keys
    names: Mapping[UUID, str]
    names_leaders: bool
    at: Any = field(default_factory=now)

    def __getitem__(self, name: str) -> Sequence[Row]:
        return self.rows[name]


async def gather(
    tx: Transaction, actor: Actor, journey_id: UUID, wanted: Sequence[str] = ()
) -> Parts:
    """The parts of a journey that the actor may see, all of them or those wanted.

    NotFound when they may not see the journey. The number of statements does not depend on how
    much there is.
    """
    await place(tx, actor, journey_id)
    given = {**reader(actor), "journey_id": journey_id}
    journey = await tx.row(drawn.JOURNEYS, **_fitting(drawn.JOURNEYS, given))
    assert journey is not None, "it has just been seen"
    rows: dict[str, Sequence[Row]] = {}
    for name, statement in STATEMENTS.items():
        take = not wanted or name in wanted
        rows[name] = await tx.rows(statement, **_fitting(statement, given)) if take else ()
    rows |= await _measured(tx, given, rows["links"], rows["outcomes"], wanted)
    names = await _names(tx, given, journey, rows)
    leaders = await tx.value(said.NAMES_LEADERS, organization_id=actor.organization_id)
    return Parts(actor, journey, rows, await imported(tx, actor, journey_id), names, leaders)


def _fitting(statement: Hot, given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name in statement.names}


async def _measured(
    tx: Transaction,
    given: Mapping[str, Any],
    links: Sequence[Row],
    outcomes: Sequence[Row],
    wanted: Sequence[str],
) -> dict[str, Sequence[Row]]:
    if wanted and "metrics" not in wanted:
        return {"metrics": (), "points": ()}
    ids = {row["metric_id"] for row in (*links, *outcomes) if row["metric_id"]}
    found = await tx.rows(
        followed.METRICS, **_fitting(followed.METRICS, {**given, "ids": list(ids)})
    )
    of_them = {**given, "ids": [row["id"] for row in found]}
    points = await tx.rows(followed.POINTS, **_fitting(followed.POINTS, of_them))
    return {"metrics": found, "points": points}


async def _names(
    tx: Transaction, given: Mapping[str, Any], journey: Row, rows: Mapping[str, Sequence[Row]]
) -> dict[UUID, str]:
    spoken = (*rows["annotations"], *rows["replies"])
    members = {one for row in spoken for one in row["mentioned_member_ids"]}
    members |= {journey["owner_id"], given["me"]}
    departments = {one for row in spoken for one in row["mentioned_department_ids"]}
    organization = {"organization_id": given["organization_id"]}
    found = await tx.rows(said.MEMBERS, **organization, ids=list(members))
    found += await tx.rows(said.NAMED_DEPARTMENTS, **organization, ids=list(departments))
    return {row["id"]: row["name"] for row in found}
