"""What an overview tells: kinds of news, and words about what is at stake."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from domain.rules.ranking import Candidate, Ranked, rank
from domain.rules.ratings import Gap
from domain.words import Axis, RankingModel

MOST = 10
"""How much of each block is named; all of it is counted."""


class Moved(StrEnum):
    """What can have moved."""

    JOURNEY_MOVED = "journey_moved"
    MOMENT_CONFIRMED = "moment_confirmed"
    MOMENT_RETIRED = "moment_retired"
    RESPONSIBILITY_ACCEPTED = "responsibility_accepted"
    RESPONSIBILITY_DECLINED = "responsibility_declined"
    SIGN_OFF_GIVEN = "sign_off_given"
    CHANGES_REQUESTED = "changes_requested"
    SIGN_OFF_STALE = "sign_off_stale"
    INPUT_ANSWERED = "input_answered"
    INPUT_SILENT = "input_silent"
    THREAD_FIXED = "thread_fixed"
    THREAD_RESOLVED = "thread_resolved"
    PLAYBOOK_RECOVERED = "playbook_recovered"
    PLAYBOOK_PARTLY_RECOVERED = "playbook_partly_recovered"
    PLAYBOOK_NOT_RECOVERED = "playbook_not_recovered"


WORKED = (
    Moved.THREAD_FIXED,
    Moved.PLAYBOOK_RECOVERED,
    Moved.PLAYBOOK_PARTLY_RECOVERED,
)
"""What went well. That it came after something else says nothing about why."""


@dataclass(frozen=True, slots=True)
class Stake:
    """What is at stake at a moment: customers a month, and value at risk in minor units."""

    customers: int | None
    value: int | None
    currency: str


def worst(candidates: Iterable[Candidate]) -> list[Ranked]:
    """The moments that move customers most, as far as that is known."""
    ranked = rank(RankingModel.EMOTIONAL_IMPACT, list(candidates))
    return [one for one in ranked if one.rank is not None][:MOST]


def widest(candidates: Iterable[Candidate]) -> list[tuple[UUID, Gap]]:
    """The widest perception gaps, one per moment."""
    found = [(one.id, one.ratings.widest) for one in candidates]
    gaps = [(key, gap) for key, gap in found if gap is not None]
    return sorted(gaps, key=lambda one: (-one[1].difference, str(one[0])))[:MOST]


def performance(candidate: Candidate) -> Fraction | None:
    """How well it is done: the mean of group means."""
    summary = candidate.ratings.axes.get(Axis.PERFORMANCE)
    return None if summary is None else summary.mean


def by_currency(stakes: Iterable[Stake]) -> Mapping[str, tuple[int, int]]:
    """Per currency the value at risk and at how many moments: currencies are not added up."""
    found: dict[str, tuple[int, int]] = {}
    for stake in stakes:
        if stake.value is not None:
            value, moments = found.get(stake.currency, (0, 0))
            found[stake.currency] = (value + stake.value, moments + 1)
    return dict(sorted(found.items()))
