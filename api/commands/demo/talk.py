"""How the members of the demo talk: for their group, with mentions, in proposals, to an end."""

import re
from collections.abc import Mapping
from uuid import UUID

from api.commands.demo.people import Cast, Told
from api.commands.demo.reading import document
from domain.models.maps.journeys import Journey
from domain.queries.maps.imports import Keys
from domain.services.maps import journeys
from domain.services.steps.closing import End
from domain.services.steps.proposable import Target
from domain.services.voices import annotations, proposals, replies, supports, threads
from domain.talk import Proposable, Voice
from domain.words import Resolution

_MENTION = re.compile(r"@\[member:(\w+)\]")


async def let_talk(cast: Cast, brought: Mapping[str, Keys]) -> None:
    """Everybody talks as the document has them, where there is a journey."""
    if not brought:
        return
    told = document("talk.json")
    for key in told["group_voice"]:
        await _allow_group_voice(cast, brought[key])
    for one in told["annotations"]:
        await _annotate(cast, brought[one["journey"]], one)
    for one in told["resolved"]:
        await _settle(cast, brought[one["journey"]], one)
    for one in told["proposals"]:
        await _propose(cast, brought[one["journey"]], one)


async def _allow_group_voice(cast: Cast, keys: Keys) -> None:
    [journey_id] = [one for (kind, _), one in keys.items() if kind == Journey.subject_kind]
    journey = await cast.tx.entity(Journey, (cast.administrator.organization_id, journey_id))
    assert journey is not None
    changes = {"group_voice": True}
    await journeys.update(cast.tx, cast.administrator, journey_id, changes, journey.version)


async def _annotate(cast: Cast, keys: Keys, told: Told) -> UUID:
    fields = {"kind": told["kind"], "body": _named(cast, told["body"])}
    fields["voice"] = Voice(told.get("voice", "member"))
    by = cast.actors[told["by"]]
    said = await annotations.write(cast.tx, by, _place(keys, told["about"]), None, fields)
    for one in told.get("replies", ()):
        words = {"body": _named(cast, one["body"])}
        await replies.write(cast.tx, cast.actors[one["by"]], said.annotation.id, words)
    for supporter in told.get("supported_by", ()):
        await supports.give(cast.tx, cast.actors[supporter], said.annotation.id)
    return said.annotation.id


async def _settle(cast: Cast, keys: Keys, told: Told) -> None:
    annotation_id = await _annotate(cast, keys, told)
    end = End(Resolution(told["resolution"]), told["resolution_note"])
    by = cast.actors[told["resolved_by"]]
    await threads.resolve(cast.tx, by, annotation_id, end, 1)


async def _propose(cast: Cast, keys: Keys, told: Told) -> None:
    target = Target(Proposable(told["about"]), _place(keys, told["subject"]))
    said = {"changes": told["changes"], "reason": told["reason"]}
    made = await proposals.propose(cast.tx, cast.actors[told["by"]], target, 1, said)
    if "rejected_by" in told:
        by = cast.actors[told["rejected_by"]]
        await proposals.reject(cast.tx, by, made, told["rejection"], 1)


def _place(keys: Keys, about: str) -> UUID:
    kind, _, key = about.partition(":")
    return keys[kind, key]


def _named(cast: Cast, body: str) -> str:
    """The words with members mentioned by their ids."""
    return _MENTION.sub(lambda found: f"@[member:{cast.actors[found[1]].member_id}]", body)
