"""Gaps over a whole journey, and how they stand to each other."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.roles import SHIELDED, Group
from domain.rules.perception import Overall, overall, places
from domain.rules.ratings import Aggregates, GroupTally, Tally, aggregate
from domain.words import Axis

F, S, D, X = Group


def rated(axis: Axis = Axis.EMOTIONAL, **numbers: list[int]) -> Aggregates:
    """What is shown of a touchpoint that the groups rated so."""
    return aggregate(
        GroupTally(Group(group), len(told), 0, {axis: Tally(sum(told), len(told))})
        for group, told in numbers.items()
    )


def of(axis: Axis, found: list[Overall]) -> Overall:
    return next(one for one in found if one.axis is axis)


def test_each_touchpoint_counts_once_however_many_rated_it() -> None:
    found = overall(
        [
            rated(frontline_staff=[5] * 60, executive=[2]),
            rated(frontline_staff=[1, 1, 1], executive=[2, 3]),
        ]
    )
    emotional = of(Axis.EMOTIONAL, found)
    assert emotional.groups[F].mean == 3
    assert (emotional.groups[F].n, emotional.groups[X].mean) == (63, Fraction(9, 4))
    assert emotional.gap is not None
    assert (emotional.gap.difference, emotional.gap.flagged) == (Fraction(3, 4), False)
    assert emotional.explanation == (
        "emotional 0.75 = frontline staff 3.00 - executives 2.25, rounded only here; frontline "
        "staff 3.00 = mean of their means at 2 touchpoints, n=63; executives 2.25 = mean of their "
        "means at 2 touchpoints, n=3"
    )


def test_a_gap_of_one_is_flagged() -> None:
    [one] = overall([rated(decision_maker=[4], executive=[3])])
    assert one.gap is not None
    assert (one.gap.flagged, one.gap.high, one.gap.low) == (True, D, X)


def test_one_group_alone_disagrees_with_nobody() -> None:
    [one] = overall([rated(executive=[3])])
    assert one.gap is None
    assert one.explanation.startswith("no gap on emotional: one group to show; executives 3.00")
    assert overall([rated(frontline_staff=[1, 1])]) == []


def test_the_widest_axis_comes_first() -> None:
    found = overall(
        [
            rated(Axis.EMOTIONAL, decision_maker=[4], executive=[3]),
            rated(Axis.PERFORMANCE, decision_maker=[5], executive=[1]),
            rated(Axis.BUSINESS, executive=[1]),
        ]
    )
    assert [one.axis for one in found] == [Axis.PERFORMANCE, Axis.EMOTIONAL, Axis.BUSINESS]


NUMBERS = st.lists(st.integers(1, 5), max_size=5)


@given(st.lists(st.fixed_dictionaries({group.value: NUMBERS for group in Group}), max_size=5))
def test_too_few_move_nothing_over_the_whole_journey(told: list[dict[str, list[int]]]) -> None:
    without = [
        {
            group: numbers
            for group, numbers in one.items()
            if Group(group) not in SHIELDED or len(numbers) >= 3
        }
        for one in told
    ]
    assert overall(rated(**one) for one in told) == overall(rated(**one) for one in without)


def test_equal_gaps_share_a_rank_and_say_so() -> None:
    found = places([Fraction(1), None, Fraction(3), Fraction(1), Fraction(0)])
    assert [(one.rank, one.tied) for one in found] == [
        (2, True),
        (None, False),
        (1, False),
        (2, True),
        (4, False),
    ]
