"""What an organization may set of its calendar and its chain of command."""

from collections.abc import Hashable, Mapping, Sequence
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from domain.errors import FieldError, Invalid

_OF_THE_MACHINE = frozenset({"localtime", "Factory"})


@cache
def timezones() -> frozenset[str]:
    """The names of the IANA time zones: `Europe/Vienna`, `UTC`, ..."""
    return frozenset(available_timezones()) - _OF_THE_MACHINE


SETS = ("working_days", "holidays")
"""Lists whose order says nothing."""


def possible(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings as they are stored, their sets in order.

    Raises Invalid, with a pointer to each fault: a zone nobody knows, or what is named twice. Only
    what is in `settings` is judged.
    """
    faults = [
        *_unknown_zone(settings.get("timezone")),
        *(fault for name in SETS for fault in _repeated(name, settings.get(name, ()))),
        *_repeated("escalation_chain", settings.get("escalation_levels", ()), "/level"),
    ]
    if faults:
        raise Invalid(faults[0].detail, code=faults[0].code, errors=faults)
    return {name: sorted(value) if name in SETS else value for name, value in settings.items()}


def _unknown_zone(name: str | None) -> list[FieldError]:
    if name is None or name in timezones():
        return []
    detail = "There is no such time zone: take a name of the IANA database, such as Europe/Vienna."
    return [FieldError(detail, "unknown_timezone", pointer="#/timezone")]


def _repeated(field: str, values: Sequence[Hashable], below: str = "") -> list[FieldError]:
    """Each value that has been named before."""
    return [
        FieldError(
            f"{value} is named twice: name it once.",
            "repeated",
            pointer=f"#/{field}/{place}{below}",
        )
        for place, value in enumerate(values)
        if value in values[:place]
    ]
