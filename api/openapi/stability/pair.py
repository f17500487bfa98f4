"""The same part of two documents, on its way to being compared."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Self

from api.openapi.stability.rules import Rule, Weight

Json = dict[str, Any]


class Side(StrEnum):
    """Who sends it, seen from the client."""

    SENT = "sent"
    RECEIVED = "received"


@dataclass(frozen=True, order=True)
class Difference:
    """What differs, and where."""

    where: str
    what: str
    rule: Rule = field(compare=False)

    @property
    def weight(self) -> Weight:
        """Which part of the version it raises."""
        return self.rule.weight


Differences = Iterator[Difference]


@dataclass(frozen=True)
class Pair:
    """A part as it was and as it is, in its documents; what is shared is compared once a side."""

    old: Json
    new: Json
    side: Side
    where: str
    documents: tuple[Json, Json]
    seen: set[tuple[str, Side]] = field(default_factory=set)

    @property
    def sent(self) -> bool:
        """Whether clients send it."""
        return self.side is Side.SENT

    def inner(self, old: Json, new: Json, below: str = "") -> Self:
        """A part of this part."""
        return replace(self, old=old, new=new, where=f"{self.where}{below}")

    def at(self, old: Json, new: Json, side: Side, where: str) -> Self:
        """A part elsewhere in the same documents."""
        return replace(self, old=old, new=new, side=side, where=where)

    def shared(self, reference: str) -> Self | None:
        """What both refer to, by its own name; None when it was compared already."""
        key = (reference, self.side)
        if key in self.seen:
            return None
        self.seen.add(key)
        old, new = (referred(document, reference) for document in self.documents)
        return self.at(old, new, self.side, reference.rpartition("/")[2])

    def common(self) -> Self | None:
        """The same without references; None when both refer to what was compared already."""
        reference = self.old.get("$ref")
        if reference and reference == self.new.get("$ref"):
            return self.shared(reference)
        return self.resolved()

    def resolved(self) -> Self:
        """The same without references at its top."""
        old, new = (
            whole(document, node)
            for document, node in zip(self.documents, (self.old, self.new), strict=True)
        )
        return replace(self, old=old, new=new)

    def differs(self, rule: Rule, what: str) -> Difference:
        """Say that it differs here; of what is shared, also which way it goes."""
        way = "" if " " in self.where else f" ({self.side})"
        return Difference(f"{self.where}{way}", what, rule)


def referred(document: Json, reference: str) -> Json:
    """What a reference such as #/components/schemas/Stage refers to; empty when it is gone."""
    found: Any = document
    for part in reference.removeprefix("#/").split("/"):
        found = found.get(part, {})
    return dict(found)


def whole(document: Json, node: Json) -> Json:
    """A node, or what it refers to in the end."""
    while "$ref" in node:
        node = referred(document, node["$ref"])
    return node
