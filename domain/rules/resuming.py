"""Where a stream begins: after what its reader has, or with word that this cannot be said."""

from typing import NamedTuple

MOST_BEHIND = 10_000
"""Further back it is cheaper, for both sides, to read the whole anew."""
_LONGEST = 16  # digits; no revision has more


class Beginning(NamedTuple):
    """The position to go on from; `reset` when the reader's own could not be gone on from."""

    position: int
    reset: bool


def beginning(head: int, last_event_id: str | None, after: int | None) -> Beginning:
    """Where to begin; what the client heard last wins over what its address says."""
    if last_event_id:
        return _after(head, _revision(last_event_id))
    return Beginning(head, reset=False) if after is None else _after(head, after)


def _revision(text: str) -> int | None:
    """The revision that an event id names; None when it is not one of ours."""
    known = text.isascii() and text.isdecimal() and len(text) <= _LONGEST
    return int(text) if known else None


def _after(head: int, position: int | None) -> Beginning:
    if position is None or not head - MOST_BEHIND <= position <= head:
        return Beginning(head, reset=True)
    return Beginning(position, reset=False)
