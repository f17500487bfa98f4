"""Putting siblings into a wanted order by moving as few of them as possible."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from uuid import UUID

from domain.rules.ordering import among


def longest_rising(keys: Sequence[str]) -> set[int]:
    """Return the places of a longest strictly rising subsequence: what may stay where it is."""
    ends: list[int] = []
    last: list[str] = []
    before: list[int | None] = []
    for index, key in enumerate(keys):
        length = bisect_left(last, key)
        before.append(ends[length - 1] if length else None)
        ends[length : length + 1], last[length : length + 1] = [index], [key]
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
    moving = set(wanted) - stays
    taken = sorted({key for one, key in keys.items() if one not in moving})
    for before, run in _runs(wanted, stays):
        low = None if before is None else keys[before]
        at = 0 if low is None else bisect_right(taken, low)
        keys |= zip(run, among(len(run), low, taken[at] if at < len(taken) else None), strict=True)
    return {one: keys[one] for one in wanted}


def _runs(
    wanted: Sequence[UUID], stays: Collection[UUID]
) -> Iterator[tuple[UUID | None, list[UUID]]]:
    """Those that get a key, as they follow each other, after the one that stays before them."""
    before: UUID | None = None
    for staying, group in groupby(wanted, stays.__contains__):
        run = list(group)
        if staying:
            before = run[-1]
        else:
            yield before, run
