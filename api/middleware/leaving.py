"""What is on its way out: a route says `leaving=Deprecation(...)`, and every reply tells.

`Deprecation` is after RFC 9745, `Sunset` after RFC 8594. A client that worked has half a year at
the least to go elsewhere; the operation answers as ever until it is taken out, in a major version.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from functools import cached_property
from typing import Any

from litestar.types import Scope
from msgspec import Meta

MONTHS = 6
"""Between being deprecated and the end, at the least."""
REFERENCE = "/docs"


class HastyDeprecation(Exception):
    """Something is to end before its clients can have gone elsewhere, or leads nowhere."""


@dataclass(frozen=True)
class Deprecation:
    """Since when something is deprecated, when it ends, what to use instead, and why."""

    since: date
    sunset: date
    instead: str = ""
    """The operationId of what to use, or the name of the field or parameter beside it."""
    why: str = ""

    def __post_init__(self) -> None:
        if self.sunset < (earliest := later(self.since, MONTHS)):
            raise HastyDeprecation(
                f"What is deprecated since {self.since} can end on {earliest} at the earliest,"
                f" not on {self.sunset}."
            )

    @property
    def sentence(self) -> str:
        """What the document says of it."""
        use = f" Use `{self.instead}` instead." if self.instead else ""
        why = f" {self.why}" if self.why else ""
        return f"Deprecated since {self.since}, gone after {self.sunset}.{use}{why}"

    @property
    def field(self) -> Meta:
        """What a field of a struct has in its annotation: `Annotated[str, LEAVING.field]`."""
        return Meta(description=self.sentence, extra_json_schema={"deprecated": True})

    @cached_property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """What every reply carries, errors included."""
        link = f'<{REFERENCE}>; rel="deprecation"; type="text/html"'
        return [
            (b"deprecation", f"@{int(midnight(self.since).timestamp())}".encode()),
            (b"sunset", format_datetime(midnight(self.sunset), usegmt=True).encode()),
            (b"link", link.encode()),
        ]


def midnight(day: date) -> datetime:
    """When a day begins, in UTC."""
    return datetime.combine(day, time(), UTC)


def later(day: date, months: int) -> date:
    """The same day so many months on, or the first of the next month where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + years, month=month + 1)
    except ValueError:
        return later(day.replace(day=1), months + 1)


def leaving(scope: Scope) -> Deprecation | None:
    """How the operation that a request is for takes its leave, if it does."""
    handler: Any = scope.get("route_handler")
    return handler.opt.get("leaving") if handler else None
