"""Scores of opportunities: exact, explained, and ties stand on one rank."""

from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.results import Quadrant, ScoringModel
from domain.roles import Group
from domain.rules.opportunities import Estimate, quadrant, rank, score

figure = st.none() | st.integers(1, 5)
estimates = st.builds(
    Estimate,
    id=st.uuids(),
    customer_value=figure,
    business_value=figure,
    effort=figure,
    votes=st.fixed_dictionaries({group.value: st.integers(0, 50) for group in Group}),
)


def one(customer: int | None, business: int | None, effort: int | None) -> Estimate:
    return Estimate(UUID(int=1), customer, business, effort, {})


@pytest.mark.parametrize(
    ("figures", "model", "value"),
    [
        ((5, 5, 1), "value_for_effort", Fraction(5)),
        ((1, 1, 5), "value_for_effort", Fraction(1, 5)),
        ((4, 3, 3), "value_for_effort", Fraction(7, 6)),
        ((5, 5, 1), "customer_first", Fraction(14)),
        ((1, 1, 5), "customer_first", Fraction(-2)),
        ((4, None, 3), "customer_first", None),
        ((None, None, None), "votes", Fraction(0)),
    ],
)
def test_the_formulas(
    figures: tuple[int | None, int | None, int | None], model: str, value: Fraction | None
) -> None:
    assert score(ScoringModel(model), one(*figures)).value == value


@pytest.mark.parametrize(
    ("figures", "where"),
    [
        ((3, 3, 2), Quadrant.QUICK_WIN),
        ((3, 3, 3), Quadrant.BIG_BET),
        ((3, 2, 2), Quadrant.MAYBE),
        ((5, 1, 5), Quadrant.BIG_BET),
        ((2, 3, 3), Quadrant.TIME_SINK),
        ((5, 5, None), None),
    ],
)
def test_three_is_high(
    figures: tuple[int | None, int | None, int | None], where: Quadrant | None
) -> None:
    assert quadrant(one(*figures)) == where


@given(st.sampled_from(ScoringModel), st.lists(estimates, unique_by=lambda e: e.id, max_size=12))
def test_ranks(model: ScoringModel, given: list[Estimate]) -> None:
    placed = rank(model, given)
    assert {one.estimate.id for one in placed} == {one.id for one in given}
    values = [one.score.value for one in placed if one.score.value is not None]
    assert values == sorted(values, reverse=True)
    for one in placed:
        if one.score.value is None:
            assert (one.rank, one.tied) == (None, False)
            assert one.score.missing
            continue
        assert one.rank == 1 + sum(value > one.score.value for value in values)
        assert one.tied == (values.count(one.score.value) > 1)
