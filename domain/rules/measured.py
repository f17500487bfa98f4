"""What data points are made of, and the bytes they are known by."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

COUNTS: Final = (
    "promoters", "passives", "detractors", "ones", "twos", "threes", "fours", "fives",
    "score_sum", "respondents", "numerator", "denominator",
)  # fmt: skip
"""Components that are counted; `number` is the one that is measured."""
NUMBER: Final = "number"

EASIEST: Final = 7
"""The customer effort score asks how easy it was, from 1 (very hard) to 7 (very easy)."""


@dataclass(frozen=True, slots=True)
class Point:
    """One measurement over a period, both days included; `components` are those that were given."""

    period_from: date
    period_to: date
    dimensions: Mapping[str, str]
    components: Mapping[str, int | Decimal]

    @property
    def place(self) -> tuple[date, date, str]:
        """What one metric has one point for."""
        return self.period_from, self.period_to, canonical(self.dimensions)


def canonical(dimensions: Mapping[str, str]) -> str:
    """Dimensions as they are stored and compared: JSON, names in order, no spaces."""
    return _json(dict(dimensions))


def fragment(dimension: str, value: str) -> str:
    """What stands in the canonical dimensions of every point that has this value, and in no other.

    Quotation marks inside of a value are escaped there, so that no value can look like it.
    """
    return _json({dimension: value})[1:-1]


def digest(points: Sequence[Point]) -> str:
    """The SHA-256 of the points, in hexadecimal, whatever their order.

    Each point is a line of JSON with its names in order and no spaces, in UTF-8: `period_from`,
    `period_to`, `dimensions`, and the components that were given, `number` as text with six
    decimals. The lines are sorted by their bytes and each ends with a line feed.
    """
    lines = sorted(_line(point).encode() for point in points)
    return sha256(b"".join(line + b"\n" for line in lines)).hexdigest()


def _line(point: Point) -> str:
    said: dict[str, Any] = {
        "period_from": point.period_from.isoformat(),
        "period_to": point.period_to.isoformat(),
        "dimensions": dict(point.dimensions),
    }
    for name, value in point.components.items():
        said[name] = f"{value:.6f}" if name == NUMBER else value
    return _json(said)


def _json(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
