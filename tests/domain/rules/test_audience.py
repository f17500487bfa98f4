"""Which changes of visibility let more people see."""

import pytest

from domain.roles import Group
from domain.rules.audience import widens
from domain.words import Visibility

EVERYONE, MY_GROUP, LEADERSHIP, PRIVATE = Visibility


@pytest.mark.parametrize(
    ("before", "after", "group", "wider"),
    [
        (PRIVATE, MY_GROUP, Group.EXECUTIVE, True),
        (MY_GROUP, EVERYONE, Group.EXECUTIVE, True),
        (LEADERSHIP, EVERYONE, Group.EXECUTIVE, True),
        (LEADERSHIP, MY_GROUP, Group.EXECUTIVE, False),
        (LEADERSHIP, MY_GROUP, Group.FRONTLINE_STAFF, True),
        (MY_GROUP, LEADERSHIP, Group.DECISION_MAKER, True),
        (EVERYONE, LEADERSHIP, Group.SUPPORT_STAFF, False),
        (MY_GROUP, PRIVATE, Group.SUPPORT_STAFF, False),
        (PRIVATE, PRIVATE, Group.SUPPORT_STAFF, False),
    ],
)
def test_more_people_see_it(
    before: Visibility, after: Visibility, group: Group, wider: bool
) -> None:
    assert widens(before, after, group) is wider
