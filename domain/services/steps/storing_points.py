"""Storing data points of a metric, all of them at once."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text

from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction, hot
from domain.ids import new_id
from domain.rules.measured import COUNTS, NUMBER, Point, canonical

_COMPONENTS = (*COUNTS, NUMBER)
_LISTED = ", ".join(_COMPONENTS)
_GIVEN = ", ".join(
    f"CAST(:{name} AS {'numeric' if name == NUMBER else 'bigint'}[])" for name in _COMPONENTS
)
# The system column tells whether a row was there before: an inserted one has never been updated.
_STORE = hot(
    text(
        f"""
        WITH stored AS (
            INSERT INTO data_points AS kept (organization_id, metric_id, recording_id, recorded_at,
                id, period_from, period_to, dimensions, {_LISTED})
            SELECT CAST(:organization_id AS uuid), CAST(:metric_id AS uuid),
                CAST(:recording_id AS uuid), CAST(:at AS timestamptz), news.*
            FROM unnest(CAST(:ids AS uuid[]), CAST(:period_from AS date[]),
                CAST(:period_to AS date[]), CAST(:dimensions AS text[]), {_GIVEN}) AS news
            ON CONFLICT (organization_id, metric_id, period_to, period_from, dimensions)
            DO UPDATE SET recording_id = excluded.recording_id, recorded_at = excluded.recorded_at,
                {", ".join(f"{name} = excluded.{name}" for name in _COMPONENTS)}
            WHERE ({", ".join(f"kept.{name}" for name in _COMPONENTS)}) IS DISTINCT FROM
                ({", ".join(f"excluded.{name}" for name in _COMPONENTS)})
            RETURNING xmax = 0 AS added
        )
        SELECT count(*) FILTER (WHERE added) AS recorded,
            count(*) FILTER (WHERE NOT added) AS changed FROM stored
        """  # noqa: S608  our own names
    )
)


class Stored(NamedTuple):
    """How many points are new, say something else than before, or say the same."""

    recorded: int
    changed: int
    unchanged: int


async def store(
    tx: Transaction, actor: Actor, metric_id: UUID, recording_id: UUID, points: Sequence[Point]
) -> Stored:
    """Insert or replace the points, one for each period and dimensions; one statement for all."""
    columns = {name: [one.components.get(name) for one in points] for name in _COMPONENTS}
    row = await tx.row(
        _STORE,
        organization_id=actor.organization_id,
        metric_id=metric_id,
        recording_id=recording_id,
        at=now(),
        ids=[new_id() for _ in points],
        period_from=[one.period_from for one in points],
        period_to=[one.period_to for one in points],
        dimensions=[canonical(one.dimensions) for one in points],
        **columns,
    )
    assert row is not None
    recorded, changed = int(row["recorded"]), int(row["changed"])
    return Stored(recorded, changed, len(points) - recorded - changed)
