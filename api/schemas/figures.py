"""What every computed figure is made of, on the wire."""

from collections.abc import Mapping
from fractions import Fraction

from api.schemas.base import Reply
from domain.rules.ratings import rounded


class RankingInput(Reply):
    """A number that went into a score or figure, rounded to two decimals.

    Of ratios and numbers that were measured, to six.
    """

    name: str
    value: float


def inputs(given: Mapping[str, Fraction | int], places: int = 2) -> list[RankingInput]:
    """What went in, by name."""
    return [
        RankingInput(name=name, value=float(rounded(Fraction(value), places)))
        for name, value in given.items()
    ]
