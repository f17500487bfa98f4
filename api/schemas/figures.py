"""What every computed figure is made of, on the wire."""

from collections.abc import Mapping
from fractions import Fraction

from api.schemas.base import Reply
from domain.rules.ratings import hundredths


class RankingInput(Reply):
    """A number that went into a score or figure, rounded to two decimals."""

    name: str
    value: float


def inputs(given: Mapping[str, Fraction | int]) -> list[RankingInput]:
    """What went in, by name."""
    return [
        RankingInput(name=name, value=float(hundredths(Fraction(value))))
        for name, value in given.items()
    ]
