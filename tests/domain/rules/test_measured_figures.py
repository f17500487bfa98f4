"""Figures of metrics: published formulas, exact, the same however points are put together."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.results import Better, MetricKind
from domain.rules.direction import Direction, direction, reached
from domain.rules.measured import canonical, fragment
from domain.rules.metrics import Sums, figure

NPS, CSAT, CES, RATIO, NUMBER = MetricKind
VECTORS: list[tuple[MetricKind, str, dict[str, int], Any, int, str]] = [
    (NPS, "", {"promoters": 60, "passives": 25, "detractors": 15}, 45, 100,
     "nps 45.00 = 100 x (60 promoters - 15 detractors) / 100 answers"),
    (NPS, "", {"promoters": 0, "passives": 0, "detractors": 40}, -100, 40,
     "nps -100.00 = 100 x (0 promoters - 40 detractors) / 40 answers"),
    (CSAT, "", {"ones": 5, "twos": 10, "threes": 15, "fours": 30, "fives": 40}, 70, 100,
     "csat 70.00 % = 100 x (30 fours + 40 fives) / 100 answers; mean 3.90 = 390 / 100"),
    (CES, "", {"score_sum": 61, "respondents": 12}, Fraction(61, 12), 12,
     "ces 5.08 = 61 / 12 respondents, 7 very easy; few: n = 12"),
    (RATIO, "%", {"numerator": 1, "denominator": 300}, Fraction(1, 3), 300,
     "ratio 0.333333 % = 100 x 1 / 300"),
    (RATIO, "contacts per order", {"numerator": 450, "denominator": 300}, Fraction(3, 2), 300,
     "ratio 1.5 contacts per order = 450 / 300"),
    (RATIO, "", {"numerator": 112, "denominator": 10_000}, Fraction(7, 625), 10_000,
     "ratio 0.0112 = 112 / 10000"),
    (NPS, "", {}, None, 0, "no figure: n = 0 in 2 data points"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "unit", "counts", "value", "n", "explanation"), VECTORS)
def test_the_published_formulas(
    kind: MetricKind, unit: str, counts: dict[str, int], value: Any, n: int, explanation: str
) -> None:
    found = figure(kind, unit, Sums(2, counts))
    assert (found.value, found.n, found.explanation) == (value, n, explanation)
    assert found.few is (0 < n < 30)
    assert (found.mean == Fraction(39, 10)) is (kind is CSAT)


def test_a_number_is_weighted_where_all_say_of_how_many_and_otherwise_the_newest() -> None:
    weighted = Sums(2, {"respondents": 40}, 2, Fraction(320), Fraction(9), 1)
    assert (figure(NUMBER, "min", weighted).value, figure(NUMBER, "min", weighted).n) == (8, 40)
    assert figure(NUMBER, "min", weighted).explanation == (
        "number 8 min = 320 / 40 respondents, weighted by respondents"
    )
    partly = Sums(3, {"respondents": 40}, 2, Fraction(320), Fraction(25, 2), 1)
    newest = figure(NUMBER, "min", partly)
    assert (newest.value, newest.n, newest.few) == (Fraction(25, 2), 1, False)
    assert newest.explanation == "number 12.5 min = 12.5 / 1, as measured in the newest period"


COUNTS = st.fixed_dictionaries(
    {name: st.integers(0, 10**9) for name in ("promoters", "passives", "detractors")}
)


@given(COUNTS, COUNTS)
def test_what_is_put_together_lies_between_its_parts(
    one: dict[str, int], other: dict[str, int]
) -> None:
    parts = [figure(NPS, "", Sums(1, counts)) for counts in (one, other)]
    whole = figure(NPS, "", Sums(2, {name: one[name] + other[name] for name in one}))
    assert whole.n == sum(part.n for part in parts)
    values = [part.value for part in parts if part.value is not None]
    if whole.value is not None:
        assert min(values) <= whole.value <= max(values)
        assert -100 <= whole.value <= 100


@given(st.fractions(), st.fractions())
def test_a_change_is_better_one_way_and_worse_the_other(value: Fraction, target: Fraction) -> None:
    change = value - target
    ways = [direction(better, change) for better in Better]
    assert ways == [Direction.SAME] * 2 if not change else set(ways) == set(Direction) - {"same"}
    assert any(reached(better, value, target) for better in Better)
    assert all(reached(better, value, target) for better in Better) is (value == target)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,3}", fullmatch=True), st.text(min_size=1)))
def test_no_value_looks_like_another_dimension(dimensions: dict[str, str]) -> None:
    told = canonical(dimensions)
    for name in ("a", "ab", "abc"):
        for value in {"x", '"', *dimensions.values()}:
            found = fragment(name, value) in told
            assert found is (dimensions.get(name) == value)
