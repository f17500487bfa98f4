"""Every name of the organization in one read: the database writes the JSON."""

from typing import Any

from sqlalchemy import ScalarSelect, Text, cast, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.records.ledger import Head
from domain.queries.readers import ORGANIZATION

_MEMBER = ("id", "name", "title", "kind", "group", "department_id", "status")
_DEPARTMENT = ("id", "name", "parent_id", "head_member_id", "external")


def _objects(model: type[Any], columns: tuple[str, ...], **more: Any) -> ScalarSelect[Any]:
    """All rows of a table as the text of a JSON array, in the order of their ids."""
    named: dict[str, Any] = {name: getattr(model, name) for name in columns} | more
    pairs: list[Any] = []
    for name, value in named.items():
        pairs += [literal_column(f"'{name}'"), value]
    listed = func.json_agg(aggregate_order_by(func.json_build_object(*pairs), model.id))
    return (
        select(func.coalesce(cast(listed, Text), literal_column("'[]'")))
        .where(model.organization_id == ORGANIZATION)
        .scalar_subquery()
    )


_HEAD = (Head.organization_id == ORGANIZATION, Head.stream_id == ORGANIZATION)
_REVISION = hot(select(Head.revision).where(*_HEAD))
_DIRECTORY = hot(
    select(
        Head.revision,
        _objects(Member, _MEMBER).label("members"),
        _objects(Department, _DEPARTMENT, removed=Department.removed_at.is_not(None)).label(
            "departments"
        ),
    ).where(*_HEAD)
)


async def revision(tx: Transaction, actor: Actor) -> int:
    """How far the organization's ledger has come; the directory changes only with it."""
    reached: int = await tx.value(_REVISION, organization_id=actor.organization_id)
    return reached


async def directory(tx: Transaction, actor: Actor) -> Row:
    """`revision`, and `members` and `departments` as JSON, all of one moment."""
    row = await tx.row(_DIRECTORY, organization_id=actor.organization_id)
    assert row is not None, "every organization has a head"
    return row
