"""What a problem looks like on the wire."""

from contextvars import ContextVar
from typing import Annotated

import msgspec

from api.problems.catalogue import CATALOGUE

MEDIA_TYPE = "application/problem+json"

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The request under way in this task: problems and log lines carry it."""


Code = Annotated[
    str,
    msgspec.Meta(
        extra_json_schema={
            "x-extensible-enum": sorted({c for cs in CATALOGUE.values() for c in cs})
        }
    ),
]


class ProblemError(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong, and where: a JSON pointer into the body, or a parameter."""

    detail: str
    code: str
    pointer: str | None
    parameter: str | None


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Why a request was refused and what to do about it (RFC 9457)."""

    type: str
    """A URI reference that names this kind of problem: `/problems/` and the code."""
    title: str
    """The kind of problem in a few words, the same every time."""
    status: int
    """The HTTP status of the answer."""
    detail: str
    """A sentence about this very request that says what to do."""
    instance: str
    """The path that was asked for."""
    code: Code
    """What programs should look at; new ones may be added."""
    request_id: str
    """The number to quote when reporting it; it stands in the log as well."""
    errors: list[ProblemError]
    """Every place that is wrong, as far as one can say."""
