"""Keys: by what name each part of an exported journey goes inside its document."""

import re
import unicodedata
from collections.abc import Mapping
from uuid import UUID

from domain.queries.exchange.parts import Parts
from domain.queries.maps.imports import given_key
from domain.words import SubjectKind

Kind = SubjectKind

LONGEST = 80
PLACED = (Kind.EMOTION, Kind.ANNOTATION, Kind.REPLY)
"""Whose keys are unique only at what they stand at."""


def slug(name: str) -> str:
    """A key made of a name: `Front desk` is front-desk; empty when nothing of it is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST - 10].rstrip("-")


def slugs(kind: Kind, names: Mapping[UUID, str]) -> dict[UUID, str]:
    """Keys made of names; those of equal ones are numbered, in the order of the names."""
    found: dict[UUID, str] = {}
    taken: set[str] = set()
    for one, name in sorted(names.items(), key=lambda item: (item[1].lower(), item[1])):
        base = slug(name) or str(kind)
        key, number = base, 1
        while key in taken:
            number += 1
            key = f"{base}-{number}"
        taken.add(key)
        found[one] = key
    return found


class Keys:
    """The keys of one document: what an import called it, or its kind and id.

    `own(id)` is what it is called where it stands, `full(id)` what it is called in the whole
    document, `ref(id)` the same with its kind; all but `own` raise KeyError for what is left out.
    """

    def __init__(self, parts: Parts) -> None:
        self._imported = {(kind, one): key for (kind, key), one in parts.keys.items()}
        self._own: dict[UUID, str] = {}
        self._full: dict[UUID, tuple[Kind, str]] = {}
        self._taken: set[tuple[Kind, str]] = set()

    def add(self, kind: Kind, one: UUID, at: UUID | None = None) -> str:
        """Take a part into the document, `at` what it stands at; its own key."""
        made = given_key(kind, one)
        own = self._imported.get((kind.value, one), made).rsplit("/", 1)[-1]
        if (kind, self._whole(kind, own, at)) in self._taken:
            own = made  # it was moved to where another goes by that name
        self.name(kind, one, own, self._whole(kind, own, at))
        return own

    def name(self, kind: Kind, one: UUID, own: str, full: str = "") -> None:
        """Take a part into the document under a key that is made elsewhere."""
        self._own[one], self._full[one] = own, (kind, full or own)
        self._taken.add((kind, full or own))

    def _whole(self, kind: Kind, own: str, at: UUID | None) -> str:
        return f"{self.ref(at)}/{own}" if kind in PLACED and at is not None else own

    def __contains__(self, one: object) -> bool:
        return one in self._full

    def own(self, one: UUID | None) -> str | None:
        """The key of a part; None of nothing, or of what is not in the document."""
        return None if one is None else self._own.get(one)

    def ref(self, one: UUID) -> str:
        """A part of the document by its kind and its key."""
        kind, full = self._full[one]
        return f"{kind.value}:{full}"
