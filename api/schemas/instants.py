"""Instants among the query parameters: in a time zone, of our days, and over."""

from datetime import datetime

from api.schemas.base import YEARS
from domain.clock import now
from domain.errors import FieldError, Malformed


def passed(parameter: str, given: datetime | None) -> datetime | None:
    """The instant; Malformed when it says no time zone or has not passed."""
    if given is None:
        return None
    if given.tzinfo is None:
        detail = "Say which time zone, as in 2026-01-31T12:00:00Z."
        raise _refused(detail, "no_time_zone", parameter)
    if given.year < YEARS.start:
        raise _refused(f"Choose an instant from {YEARS.start} on.", "too_early", parameter)
    if given > now():
        raise _refused("Choose an instant that has passed.", "too_late", parameter)
    return given


def _refused(detail: str, code: str, parameter: str) -> Malformed:
    return Malformed(detail, code=code, errors=[FieldError(detail, code, parameter=parameter)])
