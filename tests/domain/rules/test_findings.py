"""What the kinds of findings say, and which problems are most common."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import new_id
from domain.results import FindingKind
from domain.rules.common import alike, ranked
from domain.rules.findings import COMMON, FIELDS, drop_off_rate, foreign


@pytest.mark.parametrize(
    ("entered", "left", "rate"),
    [(9, 3, 0.3333), (180, 42, 0.2333), (4, 4, 1.0), (4, 0, 0.0), (0, 0, None), (None, 3, None)],
)
def test_the_share_that_left(entered: int | None, left: int, rate: float | None) -> None:
    assert drop_off_rate(entered, left) == rate


@given(
    st.sampled_from(FindingKind), st.sets(st.sampled_from(sorted(set().union(*FIELDS.values()))))
)
def test_a_kind_says_its_own_and_no_more(kind: FindingKind, names: set[str]) -> None:
    assert set(foreign(kind, names | COMMON)) == names - FIELDS[kind]


def group(*counts: int) -> dict[str, Any]:
    names = ("touchpoints", "journeys", "votes")
    return dict(zip(names, counts, strict=True))


def test_equal_groups_share_a_rank_whatever_their_order() -> None:
    rows = [group(3, 1, 0), group(2, 2, 9), group(2, 2, 9), group(2, 1, 50)]
    for order in permutations(rows):
        told = [(one.rank, one.tied) for one in ranked(order)]
        assert told == [(1, False), (2, True), (2, True), (4, False)]


def test_what_is_said_alike_is_put_together() -> None:
    one, two, other = new_id(), new_id(), new_id()
    texts = {
        one: "Nobody calls back with the result.",
        other: "Parking is full before eight.",
        two: "With the result nobody calls back!",
    }
    assert alike(texts) == [[one, two]]
