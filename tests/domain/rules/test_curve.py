"""The curve as drawn: one value per touchpoint, happiness, peak and end."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import new_id
from domain.rules.curve import Mood, happiness, mean, peak, peak_end, point
from domain.rules.ranking import Candidate, Feeling, score
from domain.rules.ratings import aggregate
from domain.words import RankingModel

# Shares of passengers with negative feelings, as published (SITA 2015), in the order of the trip.
SITA = [Fraction(n) for n in (9, 14, 11, 21, 36, 25, 5, 12, 9, 31)]
FEELINGS = st.builds(
    Feeling, st.integers(-2, 2), st.integers(1, 5), st.sampled_from(["joy", "anger"])
)


def test_what_is_remembered_of_air_travel_is_twice_as_bad_as_the_mean() -> None:
    assert (peak(SITA), SITA[peak(SITA)], SITA[-1]) == (4, 36, 31)
    assert peak_end(SITA).value == Fraction(67, 2)
    assert peak_end(SITA).explanation == (
        "as drawn: peak-end 33.50 = (most intense 36.00 + last 31.00) / 2, "
        "of 10 values in map order"
    )
    assert mean(SITA).value == Fraction(173, 10)


def test_half_are_happy_where_ten_of_twenty_are_positive() -> None:
    found = happiness([Mood.POSITIVE] * 10 + [Mood.NEGATIVE] * 5 + [Mood.NEUTRAL] * 5)
    assert (found.value, found.n) == (50, 20)
    assert "50.00 % = 10 positive / 20 touchpoints with a mood" in found.explanation
    assert found.inputs == {"positive": 10, "neutral": 5, "negative": 5, "touchpoints": 20}


@pytest.mark.parametrize(
    ("feelings", "value", "mood"),
    [
        ([(2, 5)], 2, Mood.POSITIVE),
        ([(-2, 4), (1, 1)], Fraction(-8, 5), Mood.NEGATIVE),
        ([(2, 2), (-1, 4)], Fraction(-4, 5), Mood.NEGATIVE),
        ([(0, 5)], 0, Mood.NEUTRAL),
        ([], None, None),
    ],
)
def test_the_strongest_emotion_is_what_is_drawn(
    feelings: list[tuple[int, int]], value: Fraction | None, mood: Mood | None
) -> None:
    found = point([Feeling(*felt) for felt in feelings])
    assert (found.value, found.mood, found.n) == (value, mood, len(feelings))


def test_a_value_can_be_checked_by_hand() -> None:
    found = point([Feeling(-2, 4, "anger"), Feeling(1, 1, "trust")])
    assert found.explanation == (
        "as drawn: anger -1.60 = valence -2 x intensity 4 / 5, the strongest of 2"
    )


def test_the_peak_is_furthest_from_neutral_the_negative_first_then_the_earlier() -> None:
    assert peak([Fraction(1), Fraction(-2), Fraction(2), Fraction(-2)]) == 1
    assert peak_end([Fraction(2), Fraction(0)]).value == 1


def test_where_nothing_is_drawn_there_is_no_figure() -> None:
    for found in (happiness([]), peak_end([]), mean([])):
        assert (found.value, found.n) == (None, 0)


@given(st.lists(FEELINGS, min_size=1, max_size=6))
def test_the_curve_draws_the_emotion_that_the_ranking_counts(feelings: list[Feeling]) -> None:
    drawn = point(feelings)
    ranked = score(
        RankingModel.EMOTION_INTENSITY,
        Candidate(id=new_id(), position=(), ratings=aggregate([]), feelings=feelings),
    )
    assert drawn.feeling is not None
    assert ranked.inputs == {
        "valence": drawn.feeling.valence,
        "intensity": drawn.feeling.intensity,
    }
    assert drawn.value is not None
    assert abs(drawn.value) <= 2
