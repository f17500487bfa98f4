"""Putting siblings into a wanted order by moving as few of them as possible."""

from bisect import bisect_left
from collections.abc import Sequence
from uuid import UUID

from domain.rules.ordering import End, place


def longest_rising(keys: Sequence[str]) -> set[int]:
    """Return the places of a longest strictly rising subsequence: what may stay where it is."""
    ends: list[int] = []
    before: list[int | None] = []
    for index, key in enumerate(keys):
        length = bisect_left([keys[end] for end in ends], key)
        before.append(ends[length - 1] if length else None)
        ends[length : length + 1] = [index]
    stays: set[int] = set()
    at = ends[-1] if ends else None
    while at is not None:
        stays.add(at)
        at = before[at]
    return stays


def arrange(siblings: Sequence[tuple[UUID, str]], wanted: Sequence[UUID]) -> dict[UUID, str]:
    """Return the position of every wanted one so that they stand in that order.

    Those not among the siblings are new; siblings that are not wanted keep their keys. Of the
    siblings as few as possible get a new key.
    """
    keys = dict(siblings)
    known = [one for one in wanted if one in keys]
    stays = {known[index] for index in longest_rising([keys[one] for one in known])}
    before: UUID | End = End.FIRST
    for one in wanted:
        if one not in stays:
            others = [(id_, key) for id_, key in keys.items() if id_ != one]
            keys[one] = place(others, None, before)
        before = one
    return {one: keys[one] for one in wanted}
