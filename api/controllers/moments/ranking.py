"""The ranking of moments over HTTP."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.schemas.base import YEARS
from api.schemas.moments.ranking import Over, Ranking, RankingRequest, ranking
from api.schemas.moments.ranking_more import Include
from domain.clock import now
from domain.errors import FieldError, Malformed
from domain.queries.moments.rankings import Asked, to_rank
from domain.roles import May
from domain.rules.ranking import BY_CUSTOMERS
from domain.words import RankingModel

USUAL = timedelta(days=30)
"""How far back `previous` looks unless told."""

AsOf = Annotated[
    datetime | None,
    QueryParameter(description="Rank by what was recorded at this instant. Without it: now."),
]
Since = Annotated[
    datetime | None,
    QueryParameter(
        description="What `previous` compares with. Without it: 30 days before `as_of` or now."
    ),
]
OverWhat = Annotated[
    Over | None,
    QueryParameter(
        description="Moments only, or every touchpoint; without it moments, and of what customers"
        " report touchpoints."
    ),
]
ByMetric = Annotated[
    UUID | None,
    QueryParameter(
        description="What to rank by with `customer_metric`; without it the metric that is linked"
        " to most touchpoints."
    ),
]
How = NamedDependency[SkipValidation[RankingRequest]]


async def provide_how(
    model: Annotated[
        RankingModel, QueryParameter(description="How to score; see each model's range.")
    ] = RankingModel.EMOTIONAL_IMPACT,
    over: OverWhat = None,
    metric_id: ByMetric = None,
    include: Annotated[
        list[Include] | None, QueryParameter(description="What to tell of each line besides.")
    ] = None,
    as_of: AsOf = None,
    since: Since = None,
) -> RankingRequest:
    """How to rank, as far as that can be."""
    told = frozenset(include or ())
    until = now()
    _check("as_of", as_of, until)
    _check("since", since, as_of or until)
    previous = Include.PREVIOUS in told
    if since is not None and not previous:
        detail = "There is nothing to compare with `since`: add include=previous, or leave it out."
        raise _refused(detail, "since_without_previous", "since")
    compared = since or ((as_of or until) - USUAL if previous else None)
    _check_metric(metric_id, model)
    usual = Over.TOUCHPOINTS if model in BY_CUSTOMERS else Over.MOMENTS
    asked = Asked(as_of, compared, Include.ACCOUNTABILITY in told, model, metric_id)
    return RankingRequest(model, over or usual, told, asked)


def _check_metric(metric_id: UUID | None, model: RankingModel) -> None:
    if metric_id is not None and model is not RankingModel.CUSTOMER_METRIC:
        detail = "Only model=customer_metric ranks by a metric: add it, or leave `metric_id` out."
        raise _refused(detail, "metric_without_model", "metric_id")


def _check(parameter: str, given: datetime | None, until: datetime) -> None:
    if given is None:
        return
    if given.tzinfo is None:
        detail = "Say which time zone, as in 2026-01-31T12:00:00Z."
        raise _refused(detail, "no_time_zone", parameter)
    if given.year < YEARS.start:
        raise _refused(f"Choose an instant from {YEARS.start} on.", "too_early", parameter)
    if given > until:
        detail = "Choose an instant that has passed, and `since` before `as_of`."
        raise _refused(detail, "too_late", parameter)


def _refused(detail: str, code: str, parameter: str) -> Malformed:
    return Malformed(detail, code=code, errors=[FieldError(detail, code, parameter=parameter)])


class RankingController(Controller):
    """Moments of truth: touchpoints that decide what a customer remembers."""

    tags = ["Moments"]

    @get(
        "/journeys/{journey_id:uuid}/moments",
        may=May.READ_JOURNEY,
        dependencies={"how": Provide(provide_how)},
    )
    async def rank_moments(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], how: How
    ) -> Ranking:
        """Rank the moments of truth of a journey, every score explained.

        The score is the mean of group means, so that many voices of one group do not drown few of
        another. A group of frontline or support staff with fewer than three raters is left out.

        `customer_metric` ranks by a linked metric, worst first by its `better`, and `ulwick` by
        importance and satisfaction as customers reported them: I + max(I - S, 0), from csat metrics
        linked with these aspects, n >= 30 each. Both rank every touchpoint; those without a figure
        stand last and say so. Of the past, periods count that had ended by then, as they are
        recorded now.

        `include=accountability` tells who answers for each moment now, whatever `as_of` says, and
        what is missing. `include=perception` tells how the groups see it, and their widest gap.
        `include=previous` tells rank and score at `since` beside the present ones.

        With `as_of` the map, its emotions, moments and ratings count as the ledger recorded them by
        then. Ratings whose recorded content was erased since are left out of the past, and of
        groups that were too few then nothing is shown of then. Whoever compares two instants can
        see how the ratings between them moved the mean of a group of three or more: with one rating
        in between, that rating, though not whose it is.
        """
        return ranking(await to_rank(tx, actor, journey_id, how.asked), journey_id, how)
