"""How rankings move between two instants."""

from fractions import Fraction
from uuid import UUID

from domain.rules.movement import movements
from domain.rules.ranking import Ranked, Score
from domain.words import RankingModel

A, B, C = (UUID(int=number) for number in (1, 2, 3))


def ranked(at: UUID, rank: int | None, value: Fraction | None, *, tied: bool = False) -> Ranked:
    score = Score(value, 0 if value is None else 3, {}, "")
    return Ranked(at, score, rank, tied, RankingModel.EMOTIONAL_IMPACT)


def test_who_climbs_says_how_far_and_by_what() -> None:
    moved = movements(
        [ranked(A, 1, Fraction(14, 3)), ranked(B, 2, Fraction(4))],
        [ranked(B, 1, Fraction(4)), ranked(A, 3, Fraction(10, 3), tied=True)],
    )
    assert (moved[A].climbed, moved[A].change) == (2, Fraction(4, 3))
    assert moved[A].explanation == (
        "then rank 3 with 3.33 (tied), now rank 1 with 4.67; score +1.33, rounded only here"
    )
    assert (moved[B].climbed, moved[B].change) == (-1, 0)


def test_what_was_not_there_has_not_moved() -> None:
    moved = movements([ranked(A, 1, Fraction(4))], [ranked(C, 1, Fraction(5))])
    assert set(moved) == {A}
    assert (moved[A].before, moved[A].climbed, moved[A].change) == (None, None, None)
    assert moved[A].explanation == "was not ranked then"


def test_without_a_score_on_one_side_nothing_is_compared() -> None:
    moved = movements([ranked(A, None, None)], [ranked(A, 1, Fraction(5))])
    assert (moved[A].climbed, moved[A].change) == (None, None)
    assert moved[A].explanation == "then rank 1 with 5.00, now without a score"
