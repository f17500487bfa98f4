"""How long a session lives, and what a refresh token of some generation is worth."""

from datetime import datetime, timedelta
from enum import Enum, auto

IDLE = timedelta(days=7)
ABSOLUTE = timedelta(days=30)


class Worth(Enum):
    """What to do with a refresh token that is genuine."""

    NEXT = auto()
    """It is the newest: a new generation follows."""
    AGAIN = auto()
    """The reply that carried its successor may be lost: give the same one again."""
    STOLEN = auto()
    """It was replaced twice over: somebody else holds the others."""


def expires_at(created_at: datetime, used_at: datetime) -> datetime:
    """When a session ends by itself, if nothing more is done with it."""
    return min(created_at + ABSOLUTE, used_at + IDLE)


def worth(generation: int, presented: int) -> Worth:
    """What the token of generation `presented` is worth when `generation` is the newest.

    The one before the newest stays good until the newest is used for the first time: no clock is
    asked, because whoever lost a reply may come back the day after. A generation from the future
    comes from before a restore and is no better than an old one.
    """
    known = {0: Worth.NEXT, 1: Worth.AGAIN}
    return known.get(generation - presented, Worth.STOLEN)
