"""What is missing and how much is covered, on the wire."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from msgspec import Meta

from api.schemas.base import Count, Reply
from domain.database import Row
from domain.roles import Group
from domain.rules.missing import (
    MODEL,
    MODEL_VERSION,
    Measure,
    Missing,
    facts_of,
    share,
    words,
)

Code = Annotated[
    str,
    Meta(
        description=(
            "What is missing: " + ", ".join(f"`{one}`" for one in Missing) + ". New ones may come."
        )
    ),
]


class AccountabilityGap(Reply):
    """Something that is missing, and what to do about it."""

    code: Code
    detail: str


class AccountabilityGapCount(Reply):
    """How often something is missing."""

    code: Code
    count: Count


class AccountabilityCoverage(Reply):
    """A share of what there is: `share` is `covered` / `of`, null where there is nothing."""

    measure: Measure
    share: Annotated[float, Meta(ge=0, le=1)] | None
    covered: Count
    of: Count
    model: str
    model_version: Count
    explanation: str


def gaps_of(row: Row, prefix: str = "") -> list[AccountabilityGap]:
    """What a row says is missing, in words."""
    silent = [] if prefix else [group for group in Group if row[f"silent_{group.value}"]]
    facts = facts_of(row, silent, prefix)
    return [
        AccountabilityGap(code=one.value, detail=words(one, facts))
        for one in Missing
        if row.get(f"{prefix}gap_{one.value}")
    ]


def gap_counts(own: Row, rows: Sequence[Row]) -> list[AccountabilityGapCount]:
    """How many touchpoints have each gap, and the journey itself."""
    return [
        AccountabilityGapCount(
            code=one.value,
            count=sum(row[f"gap_{one.value}"] for row in rows)
            + bool(own.get(f"own_gap_{one.value}")),
        )
        for one in Missing
    ]


def coverage(rows: Sequence[Row]) -> list[AccountabilityCoverage]:
    """How much of a journey is answered for."""
    return [
        AccountabilityCoverage(
            measure=found.measure,
            share=None if found.value is None else float(found.value),
            covered=found.covered,
            of=found.of,
            model=MODEL,
            model_version=MODEL_VERSION,
            explanation=found.explanation,
        )
        for found in (share(*counts) for counts in _counts(rows))
    ]


def _counts(rows: Sequence[Row]) -> Iterator[tuple[Measure, int, int]]:
    moments = [row for row in rows if row["moment_id"] is not None]
    ruled = [row for row in moments if row["rules"]]
    with_department = sum(row["responsible_department_id"] is not None for row in rows)
    yield Measure.DEPARTMENTS, with_department, len(rows)
    yield Measure.ACCOUNTABLE, sum(row["held"] for row in moments), len(moments)
    yield Measure.PLAYBOOKS, sum(row["playbooks"] > 0 for row in moments), len(moments)
    yield Measure.SIGN_OFFS, sum(row["satisfied"] for row in ruled), len(ruled)
    yield Measure.GROUPS_HEARD, sum(row["heard"] for row in rows), sum(r["voices"] for r in rows)
