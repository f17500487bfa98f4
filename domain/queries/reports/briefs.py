"""A department on one page: what it answers for, what it was asked, what is open; one statement."""

from uuid import UUID

from sqlalchemy import func, select

from domain.actor import Actor
from domain.clock import now
from domain.database import Hot, Row, Transaction, hot
from domain.queries.identity.departments import department
from domain.queries.identity.people import ACTIVE_PERSON
from domain.queries.planning import plan_once
from domain.queries.readers import reader
from domain.queries.reports import brief_customers as customers
from domain.queries.reports import brief_parts as parts


def _brief() -> Hot:
    rows = parts.touchpoints()
    return hot(
        select(
            select(func.count()).select_from(parts.members().where(ACTIVE_PERSON).subquery())
            .scalar_subquery().label("members"),
            parts.counted(rows).label("answers_for"),
            parts.responsibilities().label("responsibilities"),
            parts.asked_input().label("input"),
            parts.threads(rows).label("threads"),
            parts.actions().label("actions"),
            parts.escalations(rows).label("open_escalations"),
            customers.uses(rows).label("playbook_uses"),
            customers.values().label("values"),
        )
    )  # fmt: skip


_BRIEF = _brief()


async def brief(tx: Transaction, actor: Actor, department_id: UUID, below: bool) -> tuple[Row, Row]:
    """The department and its brief; NotFound without the department."""
    found = await department(tx, actor, department_id)
    await plan_once(tx)
    given = {"department_id": department_id, "below": below, "now": now()}
    row = await tx.row(_BRIEF, **reader(actor), **given)
    assert row is not None, "counts always come"
    return found, row
