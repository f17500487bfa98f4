"""What the operations of two documents do, by method and address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from api.openapi.shapes import METHODS
from api.openapi.stability import rules
from api.openapi.stability.bodies import request
from api.openapi.stability.pair import Difference, Differences, Json, Pair, Side
from api.openapi.stability.parameters import parameters
from api.openapi.stability.replies import answers, replies
from api.openapi.stability.security import security

Places = dict[str, "Operation"]


@dataclass(frozen=True)
class Operation:
    """One operation, and where it stands."""

    place: str
    says: Json

    @property
    def name(self) -> str:
        """Its operationId."""
        return str(self.says.get("operationId", self.place))

    @property
    def where(self) -> str:
        """Its name and its place, for whoever looks for it."""
        return f"{self.name} ({self.place})"


def operations(documents: Pair) -> Differences:
    """Everything that differs between the operations of two documents, webhooks included."""
    for part, side in (("paths", Side.SENT), ("webhooks", Side.RECEIVED)):
        before, after = placed(documents.old, part), placed(documents.new, part)
        yield from moves(before, after)
        for key in sorted(before.keys() & after.keys()):
            old, new = before[key], after[key]
            yield from operation(documents.at(old.says, new.says, side, new.where), old, new)


def moves(before: Places, after: Places) -> Differences:
    """Operations that went and came."""
    homes = {one.name: one for one in after.values()}
    known = {one.name for one in before.values()}
    for key in before.keys() - after.keys():
        yield gone(before[key], homes.get(before[key].name))
    for key in after.keys() - before.keys():
        if after[key].name not in known:
            yield came(after[key])


def placed(document: Json, part: str) -> Places:
    """Every operation by its place; how parameters of the path are called makes no place."""
    return {
        re.sub(r"{[^}]*}", "{}", f"{method} {path}"): Operation(_place(part, method, path), says)
        for path, item in document.get(part, {}).items()
        for method, says in _methods(item)
    }


def _place(part: str, method: str, path: str) -> str:
    return f"{method.upper()} {path}" if part == "paths" else f"webhook {path}"


def _methods(item: Json) -> Iterator[tuple[str, Json]]:
    shared = item.get("parameters", [])
    for method in METHODS:
        if method in item:
            own = item[method]
            yield method, own | {"parameters": [*shared, *own.get("parameters", [])]}


def gone(old: Operation, home: Operation | None) -> Difference:
    """An operation that is not where it was."""
    webhook = old.place.startswith("webhook ")
    if home is not None and not webhook:
        return Difference(old.where, f"is at {home.place} now", rules.OPERATION_MOVED)
    rule = rules.EVENT_REMOVED if webhook else rules.OPERATION_REMOVED
    return Difference(old.where, "is gone", rule)


def came(new: Operation) -> Difference:
    """An operation that was not there."""
    webhook = new.place.startswith("webhook ")
    rule = rules.EVENT_ADDED if webhook else rules.OPERATION_ADDED
    return Difference(new.where, f"is new: {new.says.get('summary', new.name)}", rule)


def operation(pair: Pair, old: Operation, new: Operation) -> Differences:
    """Everything that differs within one operation."""
    if old.name != new.name:
        yield Difference(old.where, f"is called {new.name} now", rules.OPERATION_RENAMED)
    before, after = (str(next(iter(one.says.get("tags", ())), "")) for one in (old, new))
    if before != after:
        yield pair.differs(rules.TAG_RENAMED, f"is among {after} now, was among {before}")
    if new.says.get("deprecated") and not old.says.get("deprecated"):
        yield pair.differs(rules.DEPRECATED, "is deprecated")
    yield from parameters(pair)
    yield from request(pair)
    yield from security(pair)
    yield from replies(pair) if pair.sent else answers(pair)
