"""The log of a playbook: each use, and what came of all of them."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.duties import PlaybookResult
from domain.errors import NotFound
from domain.models.accountability.playbooks import Playbook, PlaybookUse
from domain.queries.accountability.playbooks import visible_playbooks
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.readers import reader

_OF_PLAYBOOK = (PlaybookUse.organization_id == Playbook.organization_id) & (
    PlaybookUse.playbook_id == Playbook.id
)
_USES = visible_playbooks(*PlaybookUse.__table__.c).join(PlaybookUse, _OF_PLAYBOOK)
_ONE = hot(_USES.where(PlaybookUse.id == bindparam("id", type_=Uuid())))
_COUNTED = (
    select(
        func.count().label("n"),
        *(
            func.count().filter(PlaybookUse.result == result.value).label(result.value)
            for result in PlaybookResult
        ),
    )
    .where(_OF_PLAYBOOK)
    .correlate(Playbook)
    .lateral("counted")
)
_TALLIES = hot(
    visible_playbooks(*_COUNTED.c)
    .join(_COUNTED, Playbook.id == Playbook.id)
    .where(Playbook.id == bindparam("playbook_id", type_=Uuid()))
)


@dataclass(frozen=True, slots=True)
class Log:
    """A page of uses, newest first, and how many of all uses ended how."""

    page: Page
    tallies: Row


@cache
def _list(paged: bool) -> Hot:
    statement = _USES.where(PlaybookUse.playbook_id == bindparam("playbook_id", type_=Uuid()))
    if paged:
        statement = statement.where(PlaybookUse.id < bindparam("before", type_=Uuid()))
    return hot(statement.order_by(PlaybookUse.id.desc()).limit(bindparam("limit")))


async def log(tx: Transaction, actor: Actor, playbook_id: UUID, page: PageRequest) -> Log:
    """The uses of one playbook; NotFound when the actor may not see it."""
    bound = binding("playbook_uses", {"playbook": playbook_id})
    before = decode_id(bound, page.cursor)
    tallies = await tx.row(_TALLIES, playbook_id=playbook_id, **reader(actor))
    if tallies is None:
        raise NotFound
    given: dict[str, Any] = {"playbook_id": playbook_id, "limit": page.limit + 1}
    if before is not None:
        given["before"] = before
    rows = await tx.rows(_list(before is not None), **reader(actor), **given)
    return Log(cut_by_id(rows, page.limit, bound), tallies)


async def use(tx: Transaction, actor: Actor, use_id: UUID) -> Row:
    """One use of a playbook the actor may see; else NotFound."""
    row = await tx.row(_ONE, id=use_id, **reader(actor))
    if row is None:
        raise NotFound
    return row
