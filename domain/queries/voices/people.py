"""Who said something, and whom it mentions, by name: parts of the statements that read voices."""

from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal_column, null, select

from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.queries.readers import ORGANIZATION
from domain.queries.told import EMPTY, fields, text


def author_card(said: Any) -> tuple[ColumnElement[Any], ...]:
    """Name and title of the author, null where they spoke for their group, and the department."""
    return (
        _of(Member.name, Member, said.author_id).label("author_name"),
        _of(Member.title, Member, said.author_id).label("author_title"),
        _of(Department.name, Department, said.author_department_id).label("author_department_name"),
    )


def _of(column: Any, model: Any, wanted: Any) -> Any:
    """One column of the row with this id: looked up by its key, for each row that is read."""
    found = select(column).where(model.organization_id == ORGANIZATION, model.id == wanted)
    return found.correlate_except(model).scalar_subquery()


def mentions(said: Any) -> ColumnElement[Any]:
    """Whom it mentions with their names of today, as JSON; null where it mentions nobody."""
    members, departments = said.mentioned_member_ids, said.mentioned_department_ids
    groups = said.mentioned_groups
    some = func.cardinality(members) + func.cardinality(departments) + func.cardinality(groups)
    told = fields(
        members=_named(Member, members),
        departments=_named(Department, departments),
        groups=func.to_json(groups),
    )
    return case((some > literal_column("0"), text(told)), else_=null()).label("mentions")


def _named(model: Any, ids: Any) -> Any:
    one = fields(id=model.id, name=model.name)
    listed: Select[Any] = select(func.coalesce(func.json_agg(one), EMPTY)).where(
        model.organization_id == ORGANIZATION, model.id == ids.any_()
    )
    return listed.correlate_except(model).scalar_subquery()
