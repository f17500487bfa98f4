"""The journeys of the demo: they come in through the same import that everybody has."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from api.commands.demo.people import Cast, Told
from api.commands.demo.reading import document
from api.schemas.maps.import_reading import document as read
from domain.actor import Actor
from domain.models.maps.journeys import Journey
from domain.queries.maps.imports import Keys, imported
from domain.services.maps import channels, grants, journeys, transitions
from domain.services.maps.imports import import_journey
from domain.services.steps.joining import CHANNELS
from domain.words import JourneyStatus

FORWARD = (JourneyStatus.IN_REVIEW, JourneyStatus.APPROVED, JourneyStatus.PUBLISHED)


async def bring_journeys(cast: Cast, told: Sequence[Told]) -> dict[str, Keys]:
    """Import every journey as its owner; what each key of each document has become."""
    documents = {one["document"]: document(one["document"]) for one in told}
    await _add_channels(cast, list(documents.values()))
    found: dict[str, Keys] = {}
    for one in told:
        raw = documents[one["document"]]
        owner = cast.actors[one["owner"]]
        made = await import_journey(cast.tx, owner, read(raw), dry_run=False)
        assert made.journey_id is not None
        found[raw["journey"]["key"]] = await imported(cast.tx, owner, made.journey_id)
        await _open(cast, owner, made.journey_id, one)
    return found


async def _add_channels(cast: Cast, documents: Sequence[Any]) -> None:
    """Whoever owns a journey may not add channels: the administrator does it first."""
    wanted = {c["key"]: c["name"] for raw in documents for c in raw.get("channels", ())}
    for key, name in wanted.items():
        if key not in CHANNELS:
            await channels.create(cast.tx, cast.administrator, key, name)


async def _open(cast: Cast, owner: Actor, journey_id: UUID, told: Told) -> None:
    """Grant what is to be granted and move the journey on, step by step."""
    for given in told["grants"]:
        grantee = {"member_id": cast.actors[given["member"]].member_id}
        await grants.grant(cast.tx, owner, journey_id, given["role"], grantee)
    if told["restricted"]:
        version = await _version(cast, owner, journey_id)
        await journeys.update(cast.tx, owner, journey_id, {"restricted": True}, version)
    for status in FORWARD[: _steps(told["status"])]:
        version = await _version(cast, owner, journey_id)
        await transitions.move(cast.tx, owner, journey_id, status, "", version)


def _steps(status: str) -> int:
    return 0 if status == JourneyStatus.DRAFT else FORWARD.index(JourneyStatus(status)) + 1


async def _version(cast: Cast, owner: Actor, journey_id: UUID) -> int:
    journey = await cast.tx.entity(Journey, (owner.organization_id, journey_id))
    assert journey is not None
    return journey.version
