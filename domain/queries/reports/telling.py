"""What an entry tells its reader: the content of its revision, and names."""

import json
from collections.abc import Sequence
from typing import Any

from domain.actor import Actor
from domain.database import Row
from domain.queries.voices.revisions import content_for
from domain.rules import phrases
from domain.rules.canonical import ActorKind
from domain.rules.phrases import Telling
from domain.words import SubjectKind

_PEOPLE = frozenset({SubjectKind.MEMBER, SubjectKind.INVITATION})
_UNTOLD = frozenset({"updated_at", "edited_at", "position"})


def content_told(row: Row, actor: Actor) -> dict[str, Any]:
    """What the revision says; nothing once erased, and no words that were not for the reader."""
    if row["subject_kind"] != SubjectKind.ANNOTATION:
        if row["actor_kind"] == ActorKind.HIDDEN:
            return {}
        told: dict[str, Any] = json.loads(row["content"] or "{}")
        return told
    told = content_for(row, row, actor)
    if told.get("body") is None and "resolution_note" in told:
        told["resolution_note"] = ""
    return told


def fields_changed(row: Row) -> list[str]:
    """In which fields the revision differs from the one before, as far as both are still there.

    Of a rating nobody is told: which axis moved is as much as what it moved to.
    """
    is_rating = row["subject_kind"] == SubjectKind.RATING
    if is_rating or row["before"] is None or row["content"] is None:
        return []
    before, now = json.loads(row["before"]), json.loads(row["content"])
    return [name for name in now if name not in _UNTOLD and now[name] != before.get(name)]


def subject_named(row: Row, told: dict[str, Any]) -> str:
    """What it is about, by name: the nearest thing on the map, the journey, or the thing itself."""
    if row["touchpoint_name"] or row["stage_name"]:
        return str(row["touchpoint_name"] or row["stage_name"])
    if row["lane_question"]:
        return f"“{row['lane_question']}”"
    if row["journey_title"]:
        return str(row["journey_title"])
    if row["subject_kind"] in _PEOPLE:
        return phrases.named(told.get("name"))
    return told.get("name") or phrases.NAMELESS


def telling(row: Row, told: dict[str, Any], changed: Sequence[str], what: str) -> Telling:
    """The entry with everybody by name, ready to be said."""
    return Telling(
        verb=row["verb"],
        what=what,
        who=phrases.actor(row["actor_kind"], row["who"], row["speakers"]),
        whom=phrases.named(row["whom"]),
        about=phrases.named(row["about"]),
        told={**told, "metric_name": row.get("metric_name")},
        changed=changed,
    )
