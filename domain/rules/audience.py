"""Who an annotation is for, beside its author."""

from domain.roles import LEADERS, Group
from domain.words import Visibility


def audience(visibility: str, author_group: str) -> frozenset[Group]:
    """The groups that see an annotation with this visibility."""
    seen_by = {
        Visibility.EVERYONE: frozenset(Group),
        Visibility.MY_GROUP: frozenset({Group(author_group)}),
        Visibility.LEADERSHIP: frozenset(LEADERS),
        Visibility.PRIVATE: frozenset[Group](),
    }
    return seen_by[Visibility(visibility)]


def widens(before: str, after: str, author_group: str) -> bool:
    """Whether somebody sees it afterwards who did not before."""
    return not audience(after, author_group) <= audience(before, author_group)
