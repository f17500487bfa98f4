"""The table of contents: areas and their nouns, in the order in which a newcomer meets them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from api.openapi.operations import Operation


class Area(NamedTuple):
    """A folder of controllers: its heading, and which nouns come first in it."""

    heading: str
    first: tuple[str, ...] = ()


AREAS = {
    "identity": Area(
        "Identity",
        (
            "sessions",
            "sign_ins",
            "accounts",
            "passwords",
            "identities",
            "organizations",
            "members",
            "invitations",
            "providers",
        ),
    ),
    "maps": Area(
        "Maps",
        ("journeys", "map", "stages", "lanes", "touchpoints", "emotions", "personas", "channels"),
    ),
    "voices": Area(
        "Voices", ("annotations", "threads", "replies", "reactions", "ratings", "proposals")
    ),
    "moments": Area("Moments of truth"),
    "accountability": Area("Accountability", ("responsibilities", "sign_offs", "escalations")),
    "participation": Area("Participation", ("input_requests", "input_links")),
    "inbox": Area("Inbox", ("notifications", "watches", "preferences")),
    "live": Area("Live", ("streams", "tickets", "presence")),
    "findings": Area("Findings", ("findings", "attachments", "evidence", "sources")),
    "outcomes": Area("Outcomes", ("opportunities", "actions", "outcomes")),
    "metrics": Area("Metrics", ("metrics", "data_points", "trends")),
    "reports": Area("Reports", ("work", "overview", "briefs", "pictures")),
    "life": Area("The life of a map", ("editions", "publications", "revisits")),
    "exchange": Area("Exchange", ("exports", "imports", "csv_imports", "jobs")),
    "integration": Area("Integration", ("webhooks",)),
    "records": Area("Records", ("search", "activity", "events", "moderation")),
    "service": Area("Service"),
}
"""What is not named here comes after what is, by its name."""


def tags(operations: Iterable[Operation]) -> list[dict[str, Any]]:
    """Describe each noun by what the controller of its name says."""
    found: dict[str, Operation] = {}
    for op in sorted(operations, key=_place):
        if op.tag not in found or op.noun == op.tag != found[op.tag].noun:
            found[op.tag] = op
    return [
        {"name": name, "x-displayName": shown, "description": op.tag_says or f"{shown}."}
        for name, op in found.items()
        if (shown := name.replace("_", " ").capitalize())
    ]


def tag_groups(operations: Iterable[Operation]) -> list[dict[str, Any]]:
    """Group the nouns by area."""
    groups: dict[str, list[str]] = {}
    for op in sorted(operations, key=_place):
        group = groups.setdefault(_area(op).heading, [])
        if op.tag not in group:
            group.append(op.tag)
    return [{"name": name, "tags": nouns} for name, nouns in groups.items()]


def _area(op: Operation) -> Area:
    return AREAS.get(op.area) or Area(op.area.replace("_", " ").capitalize())


def _place(op: Operation) -> tuple[int, int, str]:
    areas, first = list(AREAS), _area(op).first
    return (
        areas.index(op.area) if op.area in areas else len(areas),
        first.index(op.tag) if op.tag in first else len(first),
        op.tag,
    )
