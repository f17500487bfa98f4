"""What customers reported, ranked: published vectors, and the bands at their edges."""

from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.results import Better, MetricKind
from domain.rules.customers import along, band, by_metric, ulwick
from domain.rules.metrics import Figure, Sums, figure
from domain.rules.ranking import Candidate, rank
from domain.rules.ratings import aggregate
from domain.words import RankingModel


def csat(share: int, n: int = 100) -> Figure:
    """So many percent gave 4 or 5."""
    good = n * share // 100
    return figure(MetricKind.CSAT, "", Sums(1, {"ones": n - good, "fives": good}))


@pytest.mark.parametrize(
    ("importance", "satisfaction", "value", "told"),
    [(90, 30, 15, "solid"), (90, 90, 9, "served"), (50, 80, 5, "served"), (80, 40, 12, "solid")],
)
def test_the_published_vectors_of_ulwick(
    importance: int, satisfaction: int, value: int, told: str
) -> None:
    found = ulwick(csat(importance), csat(satisfaction))
    assert (found.value, found.n) == (value, 100)
    assert found.value is not None
    assert band(found.value) == told
    i, s = importance // 10, satisfaction // 10
    assert found.explanation.startswith(
        f"ulwick {value}.00 = {i}.00 + max({i}.00 - {s}.00, 0), {told};"
    )


@pytest.mark.parametrize(
    ("value", "told"),
    [(Fraction(1501, 100), "major"), (15, "solid"), (Fraction(1199, 100), "neutral"),
     (10, "neutral"), (Fraction(999, 100), "served")],
)  # fmt: skip
def test_where_the_bands_meet(value: Fraction, told: str) -> None:
    assert band(Fraction(value)) == told


def test_what_is_too_few_or_of_another_kind_is_left_out_and_says_so() -> None:
    nps = figure(MetricKind.NPS, "", Sums(1, {"promoters": 40}))
    assert ulwick(csat(90, 29), csat(30)).explanation == (
        "no score: importance has n = 29, and needs 30"
    )
    assert ulwick(csat(90, 30), csat(30)).value == 15
    assert ulwick(None, nps).explanation == (
        "no score: no csat metric is linked that measures importance;"
        " satisfaction is measured as nps, and must be a csat"
    )


@given(st.lists(st.integers(-100, 100), min_size=1), st.sampled_from(Better))
def test_the_worst_stands_first_and_is_the_peak(values: list[int], better: Better) -> None:
    ids = [UUID(int=number) for number in range(len(values))]
    figures = [Figure(MetricKind.NPS, Fraction(one), 50, {}, "") for one in values]
    candidates = [
        Candidate(id_, (f"{place:03}",), aggregate([]), customers=by_metric("nps", better, one))
        for place, (id_, one) in enumerate(zip(ids, figures, strict=True))
    ]
    ranked = rank(RankingModel.CUSTOMER_METRIC, candidates)
    order = [one.score.value for one in ranked]
    assert order == sorted(order, key=lambda one: one or 0, reverse=better is Better.LOWER)
    told = along(list(zip(ids, map(Fraction, values), strict=True)), better)
    assert told is not None
    assert told.peak == (ranked[0].id, ranked[0].score.value)
    assert (told.end[1], told.mean) == (values[-1], Fraction(sum(values), len(values)))
