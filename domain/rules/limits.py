"""How much a group may spend on a recovery without asking."""

from collections.abc import Mapping, Sequence

from domain.roles import Group

Limits = Mapping[Group, int | None]
"""Per group the most that one use may cost, in minor units; None: nothing."""


def within(limits: Limits, group: Group, amount: int) -> bool:
    """Whether a member of the group may spend the amount; what costs nothing is always within."""
    return amount <= (limits[group] or 0)


def groups_within(limits: Limits, amount: int) -> Sequence[Group]:
    """The groups whose limit is enough, in the order of their words."""
    return [group for group in Group if within(limits, group, amount)]
