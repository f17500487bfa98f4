"""What an export reads of what follows from a map: findings to outcomes, and what is measured."""

from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select

from domain.database import hot
from domain.duties import PlaybookStatus
from domain.models.accountability.playbooks import Playbook
from domain.models.findings.evidence import Evidence
from domain.models.findings.findings import Finding, Source, Vote
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.models.metrics.data_points import DataPoint
from domain.models.metrics.metrics import Metric, MetricLink
from domain.models.outcomes.actions import Action, Outcome
from domain.models.outcomes.opportunities import Opportunity
from domain.queries.exchange.drawn import IDS, JOURNEY, at_touchpoint, of_journey
from domain.queries.metrics.visible import metric_visible
from domain.queries.outcomes.drafts import opportunity_visible
from domain.queries.readers import ORGANIZATION


def _living(model: Any) -> Select[Any]:
    return of_journey(model).where(model.removed_at.is_(None)).order_by(model.id)


def _name_of(column: Any) -> Any:
    name = select(Member.name).where(Member.organization_id == ORGANIZATION, Member.id == column)
    return name.correlate_except(Member).scalar_subquery()


_SEEN = (
    select(Journey.id)
    .where(
        Journey.organization_id == ORGANIZATION,
        Journey.id == JOURNEY,
        opportunity_visible(),
    )
    .correlate(Opportunity)
)

PLAYBOOKS = hot(
    at_touchpoint(Playbook)
    .add_columns(_name_of(Playbook.approved_by).label("approved_by_name"))
    .where(Playbook.status != PlaybookStatus.SUPERSEDED.value)
    .order_by(Playbook.id)
)
FINDINGS = hot(
    at_touchpoint(Finding)
    .add_columns(_name_of(Finding.author_id).label("author_name"))
    .where(Finding.removed_at.is_(None))
    .order_by(Finding.id)
)
EVIDENCE = hot(_living(Evidence))
OPPORTUNITIES = hot(
    _living(Opportunity)
    .add_columns(_name_of(Opportunity.author_id).label("author_name"))
    .where(exists(_SEEN))
)
SOURCES = hot(_living(Source))
VOTES = hot(
    of_journey(Vote, Vote.subject_id, Vote.member_group.label("group"), func.count().label("n"))
    .where(Vote.removed_at.is_(None))
    .group_by(Vote.subject_id, Vote.member_group)
    .order_by(Vote.subject_id, Vote.member_group)
)
ACTIONS = hot(
    _living(Action).add_columns(
        _name_of(Action.owner_id).label("owner_name"),
        _name_of(Action.waived_by).label("waived_by_name"),
    )
)
OUTCOMES = hot(
    of_journey(Outcome)
    .add_columns(
        _name_of(Outcome.recorded_by).label("recorded_by_name"),
        _name_of(Outcome.judged_by).label("judged_by_name"),
    )
    .join(
        Action,
        and_(Action.organization_id == Outcome.organization_id, Action.id == Outcome.action_id),
    )
    .where(Action.removed_at.is_(None))
    .order_by(Outcome.id)
)
LINKS = hot(_living(MetricLink))
METRICS = hot(
    select(*Metric.__table__.c)
    .where(
        metric_visible(),
        Metric.retired_at.is_(None),
        or_(Metric.journey_id == JOURNEY, Metric.id == IDS.any_()),
    )
    .order_by(func.lower(Metric.name), Metric.id)
)
POINTS = hot(
    select(*DataPoint.__table__.c)
    .where(DataPoint.organization_id == ORGANIZATION, DataPoint.metric_id == IDS.any_())
    .order_by(DataPoint.metric_id, DataPoint.period_to, DataPoint.period_from, DataPoint.dimensions)
)
