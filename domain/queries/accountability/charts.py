"""The organization as the chain of command knows it, and what somebody in it may see."""

from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from domain.database import Transaction, hot
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.queries.identity.people import ACTIVE_PERSON
from domain.queries.readers import ORGANIZATION, journey_visible
from domain.roles import Group
from domain.rules.escalation import Chart, Person, Unit

_MEMBERS = hot(
    select(
        Member.id,
        Member.group,
        Member.manager_id,
        Member.department_id,
        ACTIVE_PERSON.label("active"),
    ).where(Member.organization_id == ORGANIZATION)
)
_DEPARTMENTS = hot(
    select(Department.id, Department.parent_id, Department.head_member_id).where(
        Department.organization_id == ORGANIZATION, Department.removed_at.is_(None)
    )
)
_SEES_JOURNEY = hot(
    select(Journey.id).where(journey_visible(), Journey.id == bindparam("journey_id", type_=Uuid()))
)


async def chart_of(tx: Transaction, organization_id: UUID) -> Chart:
    """Every member and every department, with what stands above each.

    A service member takes nothing up: what comes to one goes on to whoever answers for it.
    """
    members = await tx.rows(_MEMBERS, organization_id=organization_id)
    departments = await tx.rows(_DEPARTMENTS, organization_id=organization_id)
    people = {
        row["id"]: Person(
            Group(row["group"]),
            row["manager_id"],
            row["department_id"],
            active=row["active"],
        )
        for row in members
    }
    units = {row["id"]: Unit(row["parent_id"], row["head_member_id"]) for row in departments}
    return Chart(people, units)


def reading_as(chart: Chart, organization_id: UUID, member_id: UUID) -> dict[str, Any]:
    """The parameters of every statement that asks what this member may see."""
    person = chart.members[member_id]
    branch = chart.branch_of(person.department_id) if person.department_id else ()
    return {
        "organization_id": organization_id,
        "me": member_id,
        "my_group": person.group.value,
        "my_departments": list(branch),
    }


async def sees_journey(tx: Transaction, reading: dict[str, Any], journey_id: UUID) -> bool:
    """Whether somebody, given as a reader, sees a journey."""
    return await tx.row(_SEES_JOURNEY, journey_id=journey_id, **reading) is not None
