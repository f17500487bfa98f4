"""Keys between which there is always room."""

from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.errors import Invalid
from domain.rules import ordering
from domain.rules.ordering import DIGITS, End, between, place, spread

A, B, C, D = (UUID(int=number) for number in range(1, 5))


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        (None, None, "a0"),
        ("a0", None, "a1"),
        ("az", None, "b00"),
        (None, "a0", "Zz"),
        (None, "a1", "a0"),
        (None, "a0V", "a0"),
        (None, "Z0", "Yzz"),
        ("Zz", "a0", "ZzV"),
        ("a0", "a1", "a0V"),
        ("a0", "a0V", "a0F"),
        ("a0z", "a1", "a0zV"),
        ("a0", "a01", "a00V"),
        ("a0", "a2", "a1"),
        ("a0", "b01", "a1"),
        ("Zz", "a1", "a0"),
        ("a1", "a25", "a2"),
        ("zzzzzzzzzzzzzzzzzzzzzzzzzzz", None, "zzzzzzzzzzzzzzzzzzzzzzzzzzzV"),
        (None, "A00000000000000000000000001", "A00000000000000000000000000V"),
    ],
)
def test_between(before: str | None, after: str | None, key: str) -> None:
    assert between(before, after) == key


@pytest.mark.parametrize("key", ["", "0", "a", "b0", "a00", "a!", "é0", "A" + "0" * 26])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="no position key"):
        between(key, None)


@pytest.mark.parametrize(("before", "after"), [("a1", "a0"), ("a0", "a0")])
def test_the_order_of_neighbors_is_checked(before: str, after: str) -> None:
    with pytest.raises(ValueError, match="does not stand before"):
        between(before, after)


@st.composite
def any_key(draw: st.DrawFn) -> str:
    head = draw(st.sampled_from("ABYZabyz"))
    width = ord(head) - 96 if head >= "a" else 91 - ord(head)
    integer = draw(st.text(DIGITS, min_size=width, max_size=width))
    fraction = draw(st.text(DIGITS, max_size=6)).rstrip("0")
    assume(head + integer != "A" + "0" * 26)
    return head + integer + fraction


@given(any_key(), any_key())
def test_between_is_strictly_between_and_a_key_again(first: str, second: str) -> None:
    assume(first != second)
    low, high = sorted((first, second))
    key = between(low, high)
    assert low < key < high
    assert low < between(low, key) < key < between(key, high) < high


@given(any_key())
def test_there_is_room_at_both_ends(key: str) -> None:
    assert between(None, between(None, key)) < key < between(between(key, None), None)


@given(st.lists(st.integers(min_value=0), min_size=1, max_size=80))
def test_keys_stay_sorted_and_short_wherever_things_are_put(choices: list[int]) -> None:
    keys: list[str] = []
    for choice in choices:
        spot = choice % (len(keys) + 1)
        before = keys[spot - 1] if spot else None
        keys.insert(spot, between(before, keys[spot] if spot < len(keys) else None))
    assert keys == sorted(set(keys))
    assert max(map(len, keys)) <= 3 + len(keys) // 5


@pytest.mark.parametrize("side", [0, 1])
def test_the_worst_gap_grows_by_one_character_in_five_steps(side: int) -> None:
    gap = ["a0", "a1"]
    for _ in range(300):
        gap[side] = between(*gap)
    assert len(gap[side]) <= 3 + 300 // 5
    assert not ordering.crowded(gap[side])
    assert ordering.crowded("a0" + "V" * 63)


def test_spread_is_short_and_in_order() -> None:
    keys = spread(2000)
    assert keys == sorted(set(keys))
    assert max(map(len, keys)) == 3
    assert spread(0) == []


ROW = [(A, "a0"), (B, "a1"), (C, "a2")]


@pytest.mark.parametrize(
    ("moving", "after", "order"),
    [
        (A, C, [B, C, A]),
        (A, B, [B, A, C]),
        (C, None, [C, A, B]),
        (C, End.FIRST, [C, A, B]),
        (A, End.LAST, [B, C, A]),
        (B, A, [A, B, C]),
        (A, None, [A, B, C]),
        (C, End.LAST, [A, B, C]),
        (D, B, [A, B, D, C]),
        (D, None, [D, A, B, C]),
    ],
)
def test_place(moving: UUID, after: UUID | End | None, order: list[UUID]) -> None:
    row = dict(ROW) | {moving: place(ROW, moving, after)}
    assert sorted(row, key=lambda id_: (row[id_], id_)) == order


def test_what_stands_there_already_keeps_its_key() -> None:
    assert [place(ROW, B, A), place(ROW, A, None), place(ROW, C, End.LAST)] == ["a1", "a0", "a2"]


def test_siblings_may_come_in_any_order() -> None:
    row = list(reversed(ROW))
    assert (place(row, D, A), place(row, D, None), place(row, D, End.LAST)) == ("a0V", "Zz", "a3")


def test_the_first_of_all() -> None:
    assert place([], None, None) == place([], A, End.LAST) == "a0"
    assert place([(A, "a5")], A, End.LAST) == "a5"


def test_siblings_with_one_key_are_passed_together() -> None:
    row = [(A, "a0"), (B, "a0"), (C, "a1")]
    assert "a0" < place(row, D, A) < "a1"


@pytest.mark.parametrize(
    ("siblings", "moving", "after", "code"),
    [
        (ROW, A, A, "moved_after_itself"),
        (ROW, A, D, "no_such_sibling"),
        ([], None, A, "no_such_sibling"),
        ([(A, "a0")], A, B, "no_such_sibling"),
    ],
)
def test_impossible_places(
    siblings: list[tuple[UUID, str]], moving: UUID | None, after: UUID, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        place(siblings, moving, after)
    assert refusal.value.code == code
    assert [(error.code, error.pointer) for error in refusal.value.errors] == [(code, "#/after")]
