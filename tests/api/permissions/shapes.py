"""How an operation is tried: the shape of a probe, and short ways to write one."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.roles import May, Scope
from tests.api.permissions.cast import Cast
from tests.world import Caller

Body = Mapping[str, Any] | Callable[[Cast], Mapping[str, Any]] | None
Fresh = Callable[[Cast, Caller], Awaitable[dict[str, str]]]

STALE = '"999"'
"""Whoever may change a thing is told 412 and changes nothing; whoever may not, 403."""


@dataclass(frozen=True)
class Probe:
    """A request that shows whether somebody may.

    `about` is the kind of object in stage.TIES, or "" where the rule knows no object. `stale` sends
    an outdated If-Match. `fresh` makes what the request uses up. `own`
    is for what everybody may do with what is theirs, tried by somebody new. `may` is asked where a
    route asks more than one thing, depending on what it is sent. `scopes` are those that a token
    needs beside the route's own.
    """

    method: str
    path: str
    body: Body = None
    about: str = ""
    stale: bool = False
    fresh: Fresh | None = None
    own: bool = False
    may: May | None = None
    scopes: tuple[Scope, ...] = ()

    def payload(self, cast: Cast) -> Any:
        """The body for one request."""
        return self.body(cast) if callable(self.body) else self.body


def get(path: str, about: str = "") -> Probe:
    return Probe("GET", path, about=about)


def change(method: str, path: str, body: Body = None, about: str = "journey") -> Probe:
    return Probe(method, path, body, about, stale=True)


def make(path: str, body: Body, about: str = "journey") -> Probe:
    return Probe("POST", path, body, about)


def own(method: str, path: str, body: Body = None, fresh: Fresh | None = None) -> Probe:
    return Probe(method, path, body, own=True, fresh=fresh)
