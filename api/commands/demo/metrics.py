"""What was measured of customers in the demo: the published figures, linked to each touchpoint."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from api.commands.demo.people import Cast, Told
from api.commands.demo.reading import document
from domain.models.maps.journeys import Journey
from domain.queries.maps.imports import Keys
from domain.rules.measured import Point
from domain.services.metrics import data_points, links, metrics


async def let_measure(cast: Cast, journeys: Mapping[str, Keys]) -> None:
    """Set up, record and link what the document has, where there is a journey."""
    if not journeys:
        return
    for told in document("metrics.json")["metrics"]:
        await _measure(cast, journeys[told["journey"]], told)


async def _measure(cast: Cast, keys: Keys, told: Told) -> None:
    by = cast.actors[told["by"]]
    made = await metrics.create(cast.tx, by, told["metric"] | {"journey_id": _journey(keys)})
    points = [_point(told, step, value) for step, value in told["touchpoints"].items()]
    await data_points.record(cast.tx, by, made.id, points, told["source"])
    for step in told["touchpoints"]:
        part = {"dimension": told["dimension"], "value": step, "aspect": "general"}
        await links.link(cast.tx, by, made.id, part | {"subject_id": keys["touchpoint", step]})


def _journey(keys: Keys) -> UUID:
    [found] = [one for (kind, _), one in keys.items() if kind == Journey.subject_kind]
    return found


def _point(told: Told, step: str, value: int) -> Point:
    components: dict[str, Any] = {"number": Decimal(value), "respondents": told["respondents"]}
    begins, ends = (date.fromisoformat(told[name]) for name in ("period_from", "period_to"))
    return Point(begins, ends, {told["dimension"]: step}, components)
