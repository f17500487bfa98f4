"""Four models, each checked by hand."""

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.roles import Group
from domain.rules.ranking import RANGES, Candidate, Feeling, rank, score
from domain.rules.ratings import Aggregates, GroupTally, Tally, aggregate
from domain.words import Axis
from domain.words import RankingModel as Model

F, S, D, X = Group
NOBODY = aggregate([])


def rated(group: Group = X, **numbers: int) -> Aggregates:
    axes = {Axis(axis): Tally(number, 1) for axis, number in numbers.items()}
    return aggregate([GroupTally(group, 1, 0, axes)])


def candidate(
    number: int, ratings: Aggregates, place: str = "a0", feelings: tuple[Feeling, ...] = ()
) -> Candidate:
    return Candidate(UUID(int=number), (place,), ratings, feelings)


@pytest.mark.parametrize(
    ("model", "numbers", "value"),
    [
        (Model.IMPACT_GAP, {"emotional": 5, "business": 5, "performance": 1}, 9),
        (Model.IMPACT_GAP, {"emotional": 5, "business": 4, "performance": 2}, 7),
        (Model.IMPACT_GAP, {"emotional": 3, "business": 3, "performance": 5}, 1),
        (Model.IMPACT_GAP, {"emotional": 1, "business": 1, "performance": 5}, -3),
        (Model.IMPORTANCE_GAP, {"importance": 5, "performance": 2}, 3),
        (Model.IMPORTANCE_GAP, {"importance": 5, "performance": 1}, 4),
        (Model.IMPORTANCE_GAP, {"importance": 1, "performance": 5}, -4),
        (Model.EMOTIONAL_IMPACT, {"emotional": 4}, 4),
    ],
)
def test_published_vectors(model: Model, numbers: Mapping[str, int], value: int) -> None:
    assert score(model, candidate(1, rated(**numbers))).value == value


@pytest.mark.parametrize(
    ("feelings", "value"),
    [
        ([Feeling(-2, 5)], Fraction(5)),
        ([Feeling(1, 4)], Fraction(2)),
        ([Feeling(1, 4), Feeling(-1, 5)], Fraction(5, 2)),
        ([Feeling(0, 5)], Fraction(0)),
    ],
)
def test_emotion_intensity(feelings: list[Feeling], value: Fraction) -> None:
    found = score(Model.EMOTION_INTENSITY, candidate(1, NOBODY, feelings=tuple(feelings)))
    assert (found.value, found.n) == (value, len(feelings))


def test_the_explanation_adds_up_by_hand() -> None:
    emotional = aggregate(
        [
            GroupTally(F, 3, 0, {Axis.EMOTIONAL: Tally(14, 3)}),
            GroupTally(S, 2, 0, {Axis.EMOTIONAL: Tally(2, 2)}),
            GroupTally(X, 3, 0, {Axis.EMOTIONAL: Tally(13, 3)}),
        ]
    )
    found = score(Model.EMOTIONAL_IMPACT, candidate(1, emotional))
    assert (found.value, found.n) == (Fraction(9, 2), 6)
    assert found.explanation == (
        "emotional 4.50 = mean of group means (frontline staff 4.67 = 14/3 n=3, "
        "executive 4.33 = 13/3 n=3); left out: "
        "support staff on emotional (too few to show)"
    )


def test_the_explanation_of_a_gap_shows_every_term() -> None:
    found = score(Model.IMPACT_GAP, candidate(1, rated(emotional=5, business=4, performance=2)))
    assert found.explanation == (
        "impact gap 7.00 = emotional 5.00 + business 4.00 - performance 2.00, rounded only here; "
        "emotional 5.00 = mean of group means (executive 5.00 = 5/1 n=1); "
        "business 4.00 = mean of group means (executive 4.00 = 4/1 n=1); "
        "performance 2.00 = mean of group means (executive 2.00 = 2/1 n=1)"
    )
    assert found.inputs == {"emotional": 5, "business": 4, "performance": 2}


def test_the_explanation_of_an_emotion() -> None:
    feelings = (Feeling(1, 5, "joy"), Feeling(-1, 5, "anger"))
    found = score(Model.EMOTION_INTENSITY, candidate(1, NOBODY, feelings=feelings))
    assert found.explanation == (
        "emotion intensity 2.50 = |-1|/2 x 5 (anger: valence -1, intensity 5), the strongest of 2"
    )
    assert found.inputs == {"valence": -1, "intensity": 5}


def test_no_score_says_why() -> None:
    assert score(Model.EMOTION_INTENSITY, candidate(1, NOBODY)).explanation == (
        "no score: no emotion recorded"
    )
    few = aggregate([GroupTally(F, 2, 0, {Axis.IMPORTANCE: Tally(10, 2)})])
    found = score(Model.IMPORTANCE_GAP, candidate(1, few))
    assert (found.value, found.n, found.inputs) == (None, 0, {})
    assert found.explanation == (
        "no score: no group to show on importance, performance; left out: frontline staff on "
        "importance (too few to show), frontline staff on performance (too few to show)"
    )


def test_who_is_left_out_on_one_axis_is_told_without_counting() -> None:
    three_of_whom_two = GroupTally(F, 3, 0, {Axis.IMPORTANCE: Tally(10, 2)})
    three_silent = GroupTally(S, 3, 0, {Axis.EMOTIONAL: Tally(12, 3)})
    one_leader = GroupTally(Group.DECISION_MAKER, 1, 0, {Axis.EMOTIONAL: Tally(4, 1)})
    tallies = [three_of_whom_two, three_silent, one_leader]
    for leaders_from, leader in ((1, "said nothing"), (3, "too few to show")):
        view = aggregate(tallies, leaders_from=leaders_from)
        assert score(Model.IMPORTANCE_GAP, candidate(1, view)).explanation.startswith(
            "no score: no group to show on importance, performance; left out: "
            "frontline staff on importance (too few to show), "
            "support staff on importance (too few to show), "
            f"decision maker on importance ({leader}), "
        )


def test_ties_share_a_rank_and_stand_by_position_then_id() -> None:
    ranked = rank(
        Model.EMOTIONAL_IMPACT,
        [
            candidate(6, NOBODY, "a0"),
            candidate(5, rated(emotional=2), "a0"),
            candidate(4, rated(emotional=4), "a2"),
            candidate(3, rated(emotional=4), "a1"),
            candidate(2, rated(emotional=4), "a1"),
            candidate(1, rated(emotional=5), "a9"),
            candidate(7, NOBODY, "Zz"),
        ],
    )
    assert [(one.id.int, one.rank, one.tied) for one in ranked] == [
        (1, 1, False),
        (2, 2, True),
        (3, 2, True),
        (4, 2, True),
        (5, 5, False),
        (7, None, False),
        (6, None, False),
    ]
    assert {(one.model, one.model_version) for one in ranked} == {(Model.EMOTIONAL_IMPACT, 1)}


def test_ties_are_judged_on_exact_scores() -> None:
    nearly = aggregate([GroupTally(X, 300, 0, {Axis.EMOTIONAL: Tally(1001, 300)})])
    third = aggregate([GroupTally(X, 3, 0, {Axis.EMOTIONAL: Tally(10, 3)})])
    ranked = rank(Model.EMOTIONAL_IMPACT, [candidate(1, third), candidate(2, nearly)])
    assert [(one.id.int, one.tied) for one in ranked] == [(2, False), (1, False)]


def test_a_score_of_zero_is_a_score() -> None:
    ranked = rank(
        Model.IMPORTANCE_GAP,
        [
            candidate(1, NOBODY),
            candidate(2, rated(importance=1, performance=5)),
            candidate(3, rated(importance=3, performance=3)),
        ],
    )
    assert [(one.id.int, one.rank) for one in ranked] == [(3, 1), (2, 2), (1, None)]


one_to_five = st.integers(1, 5)
views = st.builds(
    lambda group, *numbers: rated(group, **dict(zip(Axis, numbers, strict=True))),
    st.sampled_from([D, X]),
    one_to_five,
    one_to_five,
    one_to_five,
    one_to_five,
)
feelings = st.lists(st.builds(Feeling, st.integers(-2, 2), one_to_five), max_size=3).map(tuple)
candidates = st.lists(
    st.tuples(views | st.just(NOBODY), st.sampled_from(["a0", "a1"]), feelings), max_size=8
).map(lambda rows: [candidate(n, *row) for n, row in enumerate(rows)])


@given(st.sampled_from(list(RANGES)), candidates, st.randoms())
def test_ranking_properties(model: Model, field: list[Candidate], random: Random) -> None:
    ranked = rank(model, field)
    shuffled = list(field)
    random.shuffle(shuffled)
    assert rank(model, shuffled) == ranked
    assert sorted(one.id for one in ranked) == [one.id for one in field]
    low, high = RANGES[model]
    values = [one.score.value for one in ranked if one.score.value is not None]
    assert all(low <= value <= high for value in values)
    assert values == sorted(values, reverse=True)
    for one in ranked:
        above = [value for value in values if one.rank and value > (one.score.value or 0)]
        assert one.rank is None or one.rank == 1 + len(above)
        assert one.tied == (values.count(one.score.value or Fraction(0)) > 1 and bool(one.rank))
