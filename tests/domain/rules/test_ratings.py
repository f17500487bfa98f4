"""Means, gaps and who is too few to show."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.roles import Group
from domain.rules.ratings import Aggregates, GroupTally, Tally, aggregate, hundredths
from domain.words import Axis

F, S, D, X = Group
SHIELDED = (F, S)


def tally(group: Group, numbers: list[int], axis: Axis = Axis.EMOTIONAL) -> GroupTally:
    return GroupTally(group, len(numbers), 0, {axis: Tally(sum(numbers), len(numbers))})


def emotional(*tallies: GroupTally) -> Aggregates:
    return aggregate(tallies)


def test_the_mean_is_the_mean_of_group_means() -> None:
    summary = emotional(tally(F, [5] * 60), tally(X, [1, 2])).axes[Axis.EMOTIONAL]
    assert (summary.mean, summary.plain_mean, summary.n) == (
        Fraction(13, 4),
        Fraction(303, 62),
        62,
    )


@pytest.mark.parametrize("group", SHIELDED)
@pytest.mark.parametrize("raters", [0, 1, 2])
def test_frontline_and_support_staff_below_three_show_only_n(group: Group, raters: int) -> None:
    few = GroupTally(group, raters, 4, {Axis.EMOTIONAL: Tally(raters, raters)})
    seen = emotional(few, tally(X, [5]))
    view = next(view for view in seen.groups if view.group is group)
    assert (view.n, view.too_few, view.abstained, dict(view.axes)) == (raters, True, None, {})
    summary = seen.axes[Axis.EMOTIONAL]
    assert (summary.mean, summary.plain_mean, summary.n, summary.gap) == (5, 5, 1, None)
    assert seen.n == raters + 1


@pytest.mark.parametrize("group", SHIELDED)
def test_three_raters_are_shown(group: Group) -> None:
    view = emotional(tally(group, [5, 5, 4])).groups[0]
    assert (view.too_few, view.axes[Axis.EMOTIONAL].mean) == (False, Fraction(14, 3))


@pytest.mark.parametrize("group", SHIELDED)
def test_an_axis_on_which_most_do_not_know_is_hidden_too(group: Group) -> None:
    axes = {Axis.EMOTIONAL: Tally(12, 3), Axis.BUSINESS: Tally(2, 2), Axis.IMPORTANCE: Tally(0, 0)}
    seen = aggregate([GroupTally(group, 3, 0, axes)])
    assert set(seen.groups[0].axes) == set(seen.axes) == {Axis.EMOTIONAL}


@pytest.mark.parametrize("group", [D, X])
def test_leaders_show_from_one_unless_the_organization_decides_otherwise(group: Group) -> None:
    one = tally(group, [4])
    assert aggregate([one]).groups[0].axes[Axis.EMOTIONAL].mean == 4
    assert aggregate([one], leaders_from=2).groups[0].too_few
    assert aggregate([one], leaders_from=0).axes[Axis.EMOTIONAL].mean == 4


def test_the_shield_of_staff_cannot_be_lowered() -> None:
    assert aggregate([tally(F, [1, 5])], leaders_from=1).groups[0].too_few


def test_leaders_who_only_abstain_are_counted() -> None:
    view = aggregate([GroupTally(X, 0, 2, {})]).groups[0]
    assert (view.n, view.too_few, view.abstained) == (0, False, 2)


def test_nobody() -> None:
    assert aggregate([]) == aggregate([GroupTally(F, 0, 0, {})]) == Aggregates(0, (), {}, None)


@pytest.mark.parametrize(
    ("low", "gap", "flagged"),
    [([2], 3, True), ([4], 1, True), ([4, 4, 5], Fraction(2, 3), False), ([5], 0, False)],
)
def test_the_perception_gap(low: list[int], gap: Fraction, flagged: bool) -> None:
    seen = emotional(tally(D, [5]), tally(X, low))
    assert seen.widest is not None
    assert (seen.widest.difference, seen.widest.flagged) == (gap, flagged)
    assert (seen.widest.high, seen.widest.low) == (D, X)
    assert (seen.widest.high_mean.n, seen.widest.low_mean.n) == (1, len(low))


def test_the_widest_gap_names_its_axis_and_both_groups() -> None:
    seen = aggregate(
        [
            GroupTally(F, 3, 0, {Axis.EMOTIONAL: Tally(15, 3), Axis.PERFORMANCE: Tally(6, 3)}),
            GroupTally(D, 1, 0, {Axis.EMOTIONAL: Tally(4, 1), Axis.PERFORMANCE: Tally(3, 1)}),
            GroupTally(X, 2, 0, {Axis.EMOTIONAL: Tally(9, 2), Axis.PERFORMANCE: Tally(10, 2)}),
        ]
    )
    assert seen.widest is not None
    assert (seen.widest.axis, seen.widest.high, seen.widest.low) == (Axis.PERFORMANCE, X, F)
    assert seen.widest.difference == 3


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(14, 3), "4.67"),
        (Fraction(9, 2), "4.50"),
        (Fraction(1, 200), "0.00"),
        (Fraction(3, 200), "0.02"),
        (Fraction(5, 200), "0.02"),
        (Fraction(-3), "-3.00"),
    ],
)
def test_hundredths_round_half_to_even(value: Fraction, shown: str) -> None:
    assert hundredths(value) == Decimal(shown)
    assert str(hundredths(value)) == shown


numbers = st.lists(st.integers(1, 5), max_size=7)


@st.composite
def groups(draw: st.DrawFn) -> list[GroupTally]:
    return [
        GroupTally(
            group,
            max(len(a), len(b)),
            draw(st.integers(0, 3)),
            {Axis.EMOTIONAL: Tally(sum(a), len(a)), Axis.BUSINESS: Tally(sum(b), len(b))},
        )
        for group in Group
        for a, b in [(draw(numbers), draw(numbers))]
    ]


@given(groups(), st.permutations(range(4)))
def test_the_order_of_groups_does_not_matter(tallies: list[GroupTally], order: list[int]) -> None:
    assert aggregate([tallies[place] for place in order]) == aggregate(tallies)


@given(groups())
def test_figures_stay_in_range(tallies: list[GroupTally]) -> None:
    for summary in aggregate(tallies).axes.values():
        means = [one.mean for one in summary.groups.values()]
        assert min(means) <= summary.mean <= max(means)
        assert min(means) <= summary.plain_mean <= max(means)
        assert summary.gap is None or summary.gap.difference == max(means) - min(means)


@given(groups(), st.integers(1, 5))
def test_nothing_shown_depends_on_what_the_hidden_said(
    tallies: list[GroupTally], other: int
) -> None:
    def rewritten(one: GroupTally) -> GroupTally:
        axes = {
            axis: Tally(other * known.count, known.count)
            if one.group in SHIELDED and (one.raters < 3 or known.count < 3)
            else known
            for axis, known in one.axes.items()
        }
        return GroupTally(one.group, one.raters, one.abstained, axes)

    assert aggregate(map(rewritten, tallies)) == aggregate(tallies)
