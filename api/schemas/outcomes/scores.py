"""Scores of opportunities on the wire."""

from api.schemas.base import Count, Reply
from api.schemas.figures import RankingInput, inputs
from domain.results import ScoringModel
from domain.rules.opportunities import Estimate, Score, score
from domain.rules.ratings import hundredths


class OpportunityScore(Reply):
    """A score that can be checked by hand; null where something it needs is `missing`.

    `value_for_effort` = ((customer value + business value) / 2) / effort. `customer_first` =
    2 x customer value + business value - effort. `votes` = members who voted, each once; `inputs`
    tells how many of each group. `n` is how many stand behind the figure: one estimate, or the
    votes.
    """

    model: ScoringModel
    model_version: Count
    value: float | None
    n: Count
    inputs: list[RankingInput]
    explanation: str
    missing: list[str]


def opportunity_score(model: ScoringModel, estimate: Estimate) -> OpportunityScore:
    """The score under a model."""
    return told_score(score(model, estimate))


def told_score(found: Score) -> OpportunityScore:
    """A score, rounded to two decimals."""
    return OpportunityScore(
        model=found.model,
        model_version=found.model_version,
        value=None if found.value is None else float(hundredths(found.value)),
        n=found.n,
        inputs=inputs(found.inputs),
        explanation=found.explanation,
        missing=list(found.missing),
    )
