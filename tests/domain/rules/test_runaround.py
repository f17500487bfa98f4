"""Following a customer from department to department."""

from uuid import UUID

import pytest

from domain.rules.runaround import Contact, Runaround, runaround

DEPARTMENTS = {name: UUID(int=place) for place, name in enumerate("abc", 1)}


def through(names: str) -> Runaround:
    """One touchpoint per letter: a department, or a dot for none; a capital is a repeat contact."""
    return runaround(
        [Contact(DEPARTMENTS.get(name.lower()), repeat=name.isupper()) for name in names]
    )


@pytest.mark.parametrize(
    ("names", "departments", "handoffs", "returns"),
    [
        ("", 0, 0, 0),
        ("..", 0, 0, 0),
        ("a", 1, 0, 0),
        ("aaa", 1, 0, 0),
        ("aab", 2, 1, 0),
        ("aba", 2, 2, 1),
        ("abcab", 3, 4, 2),
        ("a.a", 1, 0, 0),
        ("a.b", 2, 1, 0),
        (".ab.", 2, 1, 0),
    ],
)
def test_handoffs_are_changes_of_the_department_that_is_known(
    names: str, departments: int, handoffs: int, returns: int
) -> None:
    found = through(names)
    assert (found.departments, found.handoffs, found.returns) == (departments, handoffs, returns)


def test_each_step_tells_where_the_customer_comes_from() -> None:
    found = through("a.ba")
    a, b = DEPARTMENTS["a"], DEPARTMENTS["b"]
    assert [step.handed_over_from for step in found.steps] == [None, None, a, b]
    assert [step.returned for step in found.steps] == [False, False, False, True]


def test_repeat_contacts_and_gaps_are_counted() -> None:
    found = through("aA.B")
    assert (found.repeats, found.without_department) == (2, 1)


def test_the_figure_can_be_checked_by_hand() -> None:
    assert through("aab.b").explanation == (
        "handoffs 1 = 3 passes between 4 touchpoints in the order of the map"
        " - 2 that stay with the same department; passed over: 1 without a department"
    )
    assert through("...").explanation == (
        "no figure: none of the 3 touchpoints has a responsible department"
    )
