"""From what ratings add up to, to what pictures show of the groups."""

from collections.abc import Sequence

from api.pictures.values import Dot, GroupLine
from api.schemas.maps.map import MapTouchpoint
from api.schemas.voices.aggregates import GroupRatings
from domain.roles import Group
from domain.words import Axis


def dots_of(group: GroupRatings, axis: Axis) -> list[Dot]:
    """A group with its n on the axis, if it says something there; too few to show has no mean."""
    if group.too_few:
        return [Dot(group.group, None, group.n)] if group.n else []
    return [Dot(group.group, one.mean, one.n) for one in group.axes if one.axis is axis]


def rated(touchpoints: Sequence[MapTouchpoint], axis: Axis) -> list[GroupLine]:
    """A line for each group that rated any of them on the axis; none when nobody did."""
    at = [_by_group(one, axis) for one in touchpoints]
    lines = [GroupLine(group, [dots.get(group) for dots in at]) for group in Group]
    return [one for one in lines if any(one.dots)]


def _by_group(touchpoint: MapTouchpoint, axis: Axis) -> dict[Group, Dot]:
    groups = touchpoint.ratings.groups if touchpoint.ratings is not None else []
    return {dot.group: dot for group in groups for dot in dots_of(group, axis)}
