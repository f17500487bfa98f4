"""Departments and chains of managers never run in circles."""

from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Invalid
from domain.rules import departments, managers

A, B, C, D = (UUID(int=number) for number in range(1, 5))
TREE = {A: None, B: A, C: B, D: A}


@pytest.mark.parametrize("climb", [departments.ancestors, managers.chain])
def test_climbing(climb: Callable[..., tuple[UUID, ...]]) -> None:
    assert climb(TREE, C) == (B, A)
    assert climb(TREE, A) == ()
    assert climb(TREE, UUID(int=9)) == ()
    assert climb({A: B, B: C, C: B}, A) == (B, C)
    assert climb({A: A}, A) == ()


@pytest.mark.parametrize("would_cycle", [departments.would_cycle, managers.would_cycle])
@pytest.mark.parametrize(
    ("moved", "parent", "cycle"),
    [(A, C, True), (A, A, True), (A, B, True), (C, D, False), (C, None, False), (A, None, False)],
)
def test_cycles(
    would_cycle: Callable[..., bool], moved: UUID, parent: UUID | None, cycle: bool
) -> None:
    assert would_cycle(TREE, moved, parent) is cycle


@pytest.mark.parametrize(
    ("refuse", "code", "pointer"),
    [
        (departments.refuse_cycle, "department_cycle", "#/parent_id"),
        (managers.refuse_cycle, "manager_cycle", "#/manager_id"),
    ],
)
def test_a_cycle_is_refused(refuse: Callable[..., None], code: str, pointer: str) -> None:
    refuse(TREE, C, D)
    with pytest.raises(Invalid) as refusal:
        refuse(TREE, A, C)
    assert refusal.value.code == code
    assert [error.pointer for error in refusal.value.errors] == [pointer]


def test_who_manages_whom() -> None:
    assert managers.manages(TREE, A, C)
    assert not managers.manages(TREE, C, A)
    assert not managers.manages(TREE, C, C)


@given(st.lists(st.tuples(st.integers(0, 7), st.none() | st.integers(0, 7)), max_size=40))
def test_a_tree_stays_a_tree(moves: list[tuple[int, int | None]]) -> None:
    parents: dict[UUID, UUID | None] = {UUID(int=number): None for number in range(8)}
    for moved, above in moves:
        parent = None if above is None else UUID(int=above)
        if not departments.would_cycle(parents, UUID(int=moved), parent):
            parents[UUID(int=moved)] = parent
    for node in parents:
        top = (node, *departments.ancestors(parents, node))[-1]
        assert parents[top] is None
