"""Arranging moves as little as possible."""

import sys
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.rules.arranging import arrange, longest_rising
from domain.rules.ordering import spread

A, B, C, D, E = (UUID(int=number) for number in range(1, 6))


def standing(*ids: UUID) -> list[tuple[UUID, str]]:
    return list(zip(ids, spread(len(ids)), strict=True))


def moved(before: list[tuple[UUID, str]], after: dict[UUID, str]) -> set[UUID]:
    return {id_ for id_, key in before if after[id_] != key}


def test_the_present_order_moves_nothing() -> None:
    now = standing(A, B, C)
    assert arrange(now, [A, B, C]) == dict(now)


def test_one_that_moves_moves_alone() -> None:
    now = standing(A, B, C, D)
    for wanted, mover in [([D, A, B, C], D), ([B, C, D, A], A), ([A, C, B, D], B)]:
        after = arrange(now, wanted)
        assert sorted(wanted, key=lambda one, after=after: after[one]) == wanted
        assert len(moved(now, after)) == 1, mover


def test_a_new_one_goes_where_it_is_named_and_strangers_keep_their_keys() -> None:
    now = standing(A, B, C)
    after = arrange(now, [A, E, C])
    assert dict(now)[A] < after[E] < dict(now)[B]
    assert set(after) == {A, E, C}


@given(st.permutations(range(7)), st.integers(0, 7))
def test_any_order_comes_out(order: list[int], known: int) -> None:
    ids = [UUID(int=number + 1) for number in range(7)]
    now = standing(*ids[:known])
    wanted = [ids[place] for place in order]
    after = arrange(now, wanted)
    assert sorted(wanted, key=lambda one: after[one]) == wanted
    staying = longest_rising([dict(now)[one] for one in wanted if one in dict(now)])
    assert len(moved(now, after)) == known - len(staying)


@given(st.integers(0, 300), st.booleans())
def test_a_run_of_new_ones_stands_between_its_neighbors_in_short_keys(
    count: int, open_end: bool
) -> None:
    new = [UUID(int=number + 100) for number in range(count)]
    wanted = [A, *new] if open_end else [A, *new, B]
    after = arrange(standing(A, B), wanted)
    assert sorted(wanted, key=lambda one: after[one]) == wanted
    assert max(map(len, after.values())) <= 8


def test_thousands_of_new_ones_are_arranged_in_one_pass() -> None:
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    wanted = [UUID(int=number + 100) for number in range(5_000)]
    sys.setprofile(count)
    try:
        after = arrange(standing(A, B, C), [A, *wanted, B, C])
    finally:
        sys.setprofile(None)
    assert len(after) == 5_003
    assert calls < 5_000 * 250
