"""What the members of the demo say and how they rate: each for themselves."""

from collections.abc import Mapping
from uuid import UUID

from api.commands.demo.people import Cast, Told
from api.commands.demo.reading import document
from domain.queries.maps.imports import Keys
from domain.services.voices import annotations, ratings, replies, supports
from domain.words import Axis, SubjectKind


async def let_speak(cast: Cast, journeys: Mapping[str, Keys]) -> None:
    """Everybody says and rates what the documents have them say, where there is a journey."""
    if not journeys:
        return
    for told in document("voices.json")["voices"]:
        kind, _, key = told["about"].partition(":")
        await _say(cast, journeys[told["journey"]][(kind, key)], told)
    for told in document("ratings.json")["ratings"]:
        touchpoint = (SubjectKind.TOUCHPOINT.value, told["touchpoint"])
        await _rate(cast, journeys[told["journey"]][touchpoint], told)


async def _say(cast: Cast, subject_id: UUID, told: Told) -> None:
    fields = {name: told[name] for name in ("kind", "body", "visibility")}
    said = await annotations.write(cast.tx, cast.actors[told["by"]], subject_id, None, fields)
    for reply in told["replies"]:
        words = {"body": reply["body"]}
        await replies.write(cast.tx, cast.actors[reply["by"]], said.annotation.id, words)
    for supporter in told["supported_by"]:
        await supports.give(cast.tx, cast.actors[supporter], said.annotation.id)


async def _rate(cast: Cast, touchpoint_id: UUID, told: Told) -> None:
    reason = told.get("abstention_reason", "")
    answers = {axis.value: told.get(axis.value) for axis in Axis}
    answers |= {"abstained": bool(reason), "abstention_reason": reason}
    await ratings.rate(cast.tx, cast.actors[told["by"]], touchpoint_id, answers)
