"""What one operation is, read from its handler: nobody describes an operation twice.

What cannot be read off, a route says itself: `problems=(409,)` for a status that its shape does not
suggest, `etag=True` for a tag that is not the `version` of the reply, `reply=SomeStruct` where it
sends bytes made earlier, `body=SomeStruct` where it takes plain values and reads them itself,
`or_reply=SomeStruct` where what is asked decides between two bodies, `also={204: "..."}` where
there is another good reply, without a body, `says={"kind": Struct}` where the reply is a stream of
events, `sends=("text/csv", ...)` where it is a file of one of several types, with `partial=True`
where a range of it may be asked for, and `form="file"` where the body is a form with a file of
this name. `leaving=Deprecation(...)` and `leaving_parameters={"name": Deprecation(...)}` say
what is on its way out.
"""

from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from inspect import cleandoc
from typing import Any

from litestar import MediaType, Response
from litestar.handlers import HTTPRouteHandler

from api.middleware.leaving import Deprecation
from api.openapi.structs import structs
from domain.policy import scope_of
from domain.roles import Scope

# Nouns of the area `maps` that belong to the organization, not to a journey.
OUTSIDE_JOURNEYS = {"personas", "channels"}
# Nouns whose operations a reader looks for, and a generated client has, under another one.
UNDER = {
    "adding": "findings",
    "anchoring": "annotations",
    "attachment_contents": "attachments",
    "chain": "actions",
    "common": "findings",
    "links": "metrics",
    "matrix": "opportunities",
    "nesting": "journeys",
    "overlay": "map",
    "ownership": "journeys",
    "ranking": "moments",
    "reply_states": "replies",
    "restoring": "journeys",
    "similar": "annotations",
    "supports": "annotations",
    "transitions": "journeys",
    "votes": "findings",
}
INSIDE_JOURNEYS = {
    "accountability",
    "exchange",
    "findings",
    "life",
    "maps",
    "metrics",
    "moments",
    "outcomes",
    "participation",
    "voices",
}


def operation_name(handler: HTTPRouteHandler) -> str:
    """Name an operation after its handler: add_stage is addStage."""
    head, *rest = handler.handler_name.split("_")
    return head + "".join(word.title() for word in rest)


@dataclass(frozen=True)
class Operation:
    """A handler, seen as what its clients may send and get."""

    handler: HTTPRouteHandler

    @property
    def method(self) -> str:
        """The HTTP method, in capitals."""
        return next(iter(sorted(self.handler.http_methods)))

    @property
    def public(self) -> bool:
        """Whether it answers without a token."""
        return bool(self.handler.opt.get("public"))

    @property
    def deprecation(self) -> Deprecation | None:
        """How it takes its leave, if it does."""
        found: Deprecation | None = self.handler.opt.get("leaving")
        return found

    @property
    def leaving(self) -> dict[str, Deprecation]:
        """The parameters that take their leave, by their names."""
        found: dict[str, Deprecation] = self.handler.opt.get("leaving_parameters", {})
        return found

    @property
    def may(self) -> Any:
        """The permission it asks for, if it asks for one."""
        return self.handler.opt.get("may")

    @property
    def scope(self) -> Scope | None:
        """What an access token must be for; None where none is taken or any will do."""
        free = self.public or self.session_only or self.handler.opt.get("any_scope")
        return None if free else scope_of(self.may)

    @property
    def session_only(self) -> bool:
        """Whether no access token may do it, whatever its scopes."""
        return bool(self.handler.opt.get("session_only"))

    @property
    def _place(self) -> list[str]:
        return self.handler.fn.__module__.split(".")

    @property
    def noun(self) -> str:
        """The name of the file that the handler is in."""
        return self._place[-1]

    @property
    def tag(self) -> str:
        """The noun that it is found under."""
        if (self.area, self.noun) == ("metrics", "reports"):
            return "metric_reports"
        return UNDER.get(self.noun, self.noun)

    @property
    def area(self) -> str:
        """The folder that the handler's file is in."""
        return self._place[-2] if len(self._place) > 3 else "service"

    @property
    def tag_says(self) -> str:
        """What the controller says of itself."""
        controller = self.handler.fn.__qualname__.partition(".")[0]
        found = getattr(import_module(self.handler.fn.__module__), controller, None)
        return cleandoc(getattr(found, "__doc__", None) or "")

    @cached_property
    def body(self) -> Any:
        """The annotation of the request body, or None; one that is read loosely says it itself."""
        if "body" in self.handler.opt:
            return self.handler.opt["body"]
        data = self.handler.parsed_data_field
        return data.annotation if data else None

    @cached_property
    def reply(self) -> Any:
        """What the reply's body is, or None when it has none; bytes made earlier need saying so."""
        if "reply" in self.handler.opt:
            return self.handler.opt["reply"]
        found = self.handler.parsed_return_field
        if found.is_subclass_of(Response):
            found = found.inner_types[0] if found.inner_types else found
        empty = found.annotation in (None, type(None), Any) or found.is_subclass_of(Response)
        return None if empty or "json" not in self.media_type else found.annotation

    @property
    def other_reply(self) -> type | None:
        """The struct of another body that it may answer with, depending on what it is asked."""
        found: type | None = self.handler.opt.get("or_reply")
        return found

    @property
    def also(self) -> dict[int, str]:
        """Other good replies, without a body, and what they mean."""
        found: dict[int, str] = self.handler.opt.get("also", {})
        return found

    @property
    def says(self) -> dict[str, type]:
        """The events of a stream by their kind; those of the ledger have their verb for one."""
        found: dict[str, type] = self.handler.opt.get("says", {})
        return found

    @property
    def sends(self) -> tuple[str, ...]:
        """The media types of a reply that is a file, where it can be of several."""
        found: tuple[str, ...] = self.handler.opt.get("sends", ())
        return found

    @property
    def partial(self) -> bool:
        """Whether a range of the file that it sends may be asked for."""
        return bool(self.handler.opt.get("partial"))

    @property
    def begins(self) -> bool:
        """Whether it begins something that goes on, and says where to look after it."""
        return bool(self.handler.status_code == 202) and self.reply is not None

    @property
    def form(self) -> str:
        """The name of the file in the form that is its body; empty for any other body."""
        found: str = self.handler.opt.get("form", "")
        return found

    @property
    def media_type(self) -> str:
        """The media type of a good reply."""
        media = self.handler.media_type or MediaType.JSON
        return media.value if isinstance(media, MediaType) else str(media)

    @property
    def takes_version(self) -> bool:
        """Whether it changes what others may change too, and so asks for If-Match."""
        return "expected" in self.handler.parsed_fn_signature.parameters

    @property
    def versioned(self) -> bool:
        """Whether its reply has an ETag: the reply carries a version, or the handler says so."""
        if "etag" in self.handler.opt:
            return bool(self.handler.opt["etag"])
        return (
            hasattr(self.reply, "__struct_fields__") and "version" in self.reply.__struct_fields__
        )

    @property
    def in_journey(self) -> bool:
        """Whether a write moves a journey's revision."""
        return self.area in INSIDE_JOURNEYS and self.noun not in OUTSIDE_JOURNEYS

    @property
    def writes(self) -> bool:
        """Whether it can change anything."""
        return self.method != "GET"

    @property
    def request_structs(self) -> set[type]:
        """Every struct of its request body."""
        return set(structs([self.body])) if self.body is not None else set()

    @property
    def reply_structs(self) -> set[type]:
        """Every struct of its reply."""
        replies = [self.reply] if self.reply is not None else []
        others = [self.other_reply] if self.other_reply is not None else []
        return set(structs([*replies])) | set(structs([*others, *self.says.values()]))
