"""Which problems an operation can answer with: their codes, by status."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from api.openapi.headers import repeatable
from api.openapi.operations import Operation
from api.openapi.reach import Reach
from api.problems import CONSTRAINTS
from api.problems.catalogue import CATALOGUE
from domain.models.base import Base
from domain.services.steps.references import REFERENCES

# What any operation of a shape can answer, wherever in the code it is raised.
BY_SHAPE: Mapping[int, tuple[str, ...]] = {
    400: ("malformed", "malformed_query", "nul_character", "unstorable_value"),
    401: ("unauthenticated",),
    403: ("forbidden", "scope_missing"),
    404: ("not_found", "no_such_address"),
    409: ("conflict",),
    412: ("stale",),
    413: ("body_too_large",),
    415: ("unsupported_media_type",),
    422: ("invalid",),
    428: ("precondition_required",),
    429: ("throttled",),
    500: ("unexpected",),
    503: ("unavailable",),
}
# What one that can be repeated safely can answer beside it.
REPEATED = {409: ("idempotency_key_in_flight",), 422: ("idempotency_key_reused",)}
ANYWHERE = {
    404: "no_such_address",
    405: "method_not_allowed",
    414: "address_too_long",
    431: "headers_too_large",
}
# Words that stand for a fault of a field as well, or for a shape: never read off the code.
NOT_READ = {"missing", "session_only"}
GENERAL = {code for table in (BY_SHAPE, REPEATED) for codes in table.values() for code in codes}
STATUSES = {code: status for status, codes in CATALOGUE.items() for code in codes}


class Refusals:
    """Reads the codes of operations off the code they run."""

    def __init__(self) -> None:
        self.reach = Reach(set(STATUSES) - GENERAL - NOT_READ - set(ANYWHERE.values()), _stored())

    def of(self, op: Operation, statuses: set[int]) -> dict[int, tuple[str, ...]]:
        """Give the codes that an operation can answer with, for each of its statuses."""
        special = self.reach.codes(roots(op), kinds(op)) | said(op)
        return {
            status: general(op, status) + tuple(sorted(special & CATALOGUE[status].keys()))
            for status in sorted(statuses)
        }


def _stored() -> Mapping[str, frozenset[str]]:
    """The codes of constraints by their table, whose name is part of theirs."""
    tables = [str(mapper.class_.__tablename__) for mapper in Base.registry.mappers]
    return {
        table: frozenset(
            meaning.code
            for name, meaning in CONSTRAINTS.items()
            if name[3:] == table or name[3:].startswith(f"{table}_")
        )
        for table in tables
    }


def general(op: Operation, status: int) -> tuple[str, ...]:
    """Give the codes that operations of this shape have in common."""
    if status == 403 and (op.public or op.session_only):
        return ("forbidden",) if op.public else ("forbidden", "session_only")
    again = REPEATED.get(status, ()) if repeatable(op) else ()
    return BY_SHAPE[status] + again


def said(op: Operation) -> set[str]:
    """Give the codes that the route says itself."""
    return {one for one in op.handler.opt.get("problems", ()) if isinstance(one, str)}


def roots(op: Operation) -> Iterator[Any]:
    """What runs for an operation: its handler, what that depends on, the reading of its body."""
    given = op.handler.resolve_dependencies()
    needed, waiting = set[str](), list(op.handler.parsed_fn_signature.parameters)
    while waiting:
        name = waiting.pop()
        if name in given and name not in needed:
            needed.add(name)
            waiting += given[name].parsed_fn_signature.parameters
    yield op.handler.fn
    yield from (given[name].dependency for name in sorted(needed))
    yield from op.request_structs


def kinds(op: Operation) -> set[str]:
    """What the body names by id, of which there may be none: `unknown_` and the kind."""
    structs: set[Any] = op.request_structs
    fields = {field for struct in structs for field in struct.__struct_fields__}
    known = {REFERENCES[field].subject_kind.value for field in fields & set(REFERENCES)}
    return known | {re.sub("_ids?$", "", field) for field in fields if re.search("_ids?$", field)}
