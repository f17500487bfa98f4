"""The emotion curve of a journey as it was drawn: what is recorded, not what was measured.

Every touchpoint with recorded emotions has one value: that of its strongest emotion, valence x
intensity / 5, from -2 to 2. The strongest, because a strong feeling is what is remembered and a
mean would drown it; of two as strong the more negative. It is the emotion that the ranking by
`emotion_intensity` counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Final

from domain.rules.ranking import Feeling
from domain.rules.ratings import hundredths

MODEL_VERSION: Final = 1
"""Raised whenever a formula or its wording changes."""
STRONGEST: Final = 5
"""The highest intensity there is."""


class Mood(StrEnum):
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class Point:
    """The value of a touchpoint; None with no emotion recorded there."""

    value: Fraction | None
    n: int
    feeling: Feeling | None
    explanation: str

    @property
    def mood(self) -> Mood | None:
        """Which side of the line it is on."""
        if self.value is None:
            return None
        return (
            Mood.POSITIVE if self.value > 0 else Mood.NEGATIVE if self.value < 0 else Mood.NEUTRAL
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a whole journey, None where nothing is drawn; `n` values went in."""

    value: Fraction | None
    n: int
    explanation: str
    inputs: dict[str, Fraction | int] = field(default_factory=dict)


def point(feelings: Sequence[Feeling]) -> Point:
    """The value of a touchpoint from its recorded emotions."""
    if not feelings:
        return Point(None, 0, None, "no value: no emotion recorded")
    top = max(
        feelings,
        key=lambda one: (abs(_value(one)), -one.valence, one.intensity, one.label),
    )
    value = _value(top)
    return Point(
        value,
        len(feelings),
        top,
        f"as drawn: {top.label} {hundredths(value)} = valence {top.valence} x intensity "
        f"{top.intensity} / {STRONGEST}, the strongest of {len(feelings)}",
    )


def _value(feeling: Feeling) -> Fraction:
    return Fraction(feeling.valence * feeling.intensity, STRONGEST)


def happiness(moods: Sequence[Mood]) -> Figure:
    """The share of touchpoints with a positive mood among those with a mood, in percent."""
    n = len(moods)
    if not n:
        return _nothing()
    counts = {f"{mood}": moods.count(mood) for mood in Mood}
    value = Fraction(100 * counts[Mood.POSITIVE], n)
    told = ", ".join(f"{count} {mood}" for mood, count in counts.items())
    return Figure(
        value,
        n,
        f"as drawn: happiness {hundredths(value)} % = {counts[Mood.POSITIVE]} positive / {n} "
        f"touchpoints with a mood ({told})",
        {**counts, "touchpoints": n},
    )


def peak(values: Sequence[Fraction]) -> int:
    """Where the most intense value is: furthest from 0, of equals the negative, then the first."""
    return max(range(len(values)), key=lambda at: (abs(values[at]), -values[at], -at))


def peak_end(values: Sequence[Fraction]) -> Figure:
    """The mean of the most intense and the last value, which is what people remember."""
    if not values:
        return _nothing()
    most, last = values[peak(values)], values[-1]
    value = (most + last) / 2
    return Figure(
        value,
        len(values),
        f"as drawn: peak-end {hundredths(value)} = (most intense {hundredths(most)} + last "
        f"{hundredths(last)}) / 2, of {len(values)} values in map order",
        {"peak": most, "end": last},
    )


def mean(values: Sequence[Fraction]) -> Figure:
    """The plain mean, to see beside what is remembered."""
    if not values:
        return _nothing()
    total = sum(values, Fraction())
    value = total / len(values)
    return Figure(
        value,
        len(values),
        f"as drawn: mean {hundredths(value)} = sum {hundredths(total)} / {len(values)} values",
        {"sum": total},
    )


def _nothing() -> Figure:
    return Figure(None, 0, "no value: no emotion is drawn on this map")
