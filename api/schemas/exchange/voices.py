"""What was said, in a journeymap/1 document: who said it is a label, for people only."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from api.schemas.exchange.keys import Keys
from domain.database import Row
from domain.queries.exchange.parts import Parts
from domain.roles import Group
from domain.rules.mentions import TOKEN
from domain.words import SubjectKind

Kind = SubjectKind
LONGEST = 10_000
NESTED = (Kind.JOURNEY, Kind.STAGE, Kind.TOUCHPOINT)
"""Where annotations are written inside what they are about; all others name it."""


def label(row: Row) -> str:
    """Who said it: as an import told, or name and group; of who spoke for it the group alone."""
    if row["attributed_to"]:
        return str(row["attributed_to"])
    group = Group(row["author_group"]).value.replace("_", " ")
    return f"{row['author_name']} ({group})" if row["author_name"] else f"({group})"


class Voices:
    """The annotations of the document, each with its replies, by what they are about."""

    def __init__(self, parts: Parts, keys: Keys) -> None:
        self.names, self.keys = parts.names, keys
        self._at: dict[UUID, list[Row]] = {}
        self._replies: dict[UUID, list[Row]] = {}
        for row in parts["annotations"]:
            if row["subject_id"] in keys:
                keys.add(Kind.ANNOTATION, row["id"], row["subject_id"])
                self._at.setdefault(row["subject_id"], []).append(row)
        for row in parts["replies"]:
            if row["annotation_id"] in keys:
                keys.add(Kind.REPLY, row["id"], row["annotation_id"])
                self._replies.setdefault(row["annotation_id"], []).append(row)

    def at(self, subject_id: UUID) -> list[dict[str, Any]]:
        """What was said of one subject."""
        return [self._annotation(row) for row in self._at.get(subject_id, ())]

    def elsewhere(self) -> Iterator[dict[str, Any]]:
        """What was said of what has no place for it inside."""
        for subject_id, rows in self._at.items():
            if rows[0]["subject_kind"] not in NESTED:
                about = self.keys.ref(subject_id)
                yield from ({"about": about, **self._annotation(row)} for row in rows)

    def _annotation(self, row: Row) -> dict[str, Any]:
        return self._spoken(row) | {
            "kind": row["kind"],
            "visibility": row["visibility"],
            "resolution": row["resolution"],
            "resolution_note": row["resolution_note"],
            "replies": [self._spoken(one) for one in self._replies.get(row["id"], ())],
        }

    def _spoken(self, row: Row) -> dict[str, Any]:
        return {
            "key": self.keys.own(row["id"]),
            "body": named(row["body"], self.names),
            "attributed_to": label(row),
            "said_at": row["created_at"],
        }


def named(body: str, names: Mapping[UUID, str]) -> str:
    """A text with the names of those it mentions: elsewhere their ids mean nobody."""
    if "@[" not in body:
        return body

    def name(token: re.Match[str]) -> str:
        known = names.get(UUID(token["id"])) if token["id"] else None
        return f"@{known}" if known else token[0]

    return TOKEN.sub(name, body)[:LONGEST]
