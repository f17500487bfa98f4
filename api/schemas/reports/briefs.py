"""The brief of a department on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta
from msgspec.json import Decoder

from api.schemas.base import Count, Reply
from domain.database import Row
from domain.roles import Group

Sum = Annotated[int, Meta(ge=0)]


class BriefAnswersFor(Reply):
    """What the department answers for: touchpoints, on how many journeys, with how many moments.

    `without_accountable` and `not_accepted` count moments.
    """

    touchpoints: Count
    journeys: Count
    confirmed: Count
    nominated: Count
    without_accountable: Count
    not_accepted: Count


class BriefResponsibilities(Reply):
    """Responsibilities of the department and of its members; `overdue` ones are assigned still."""

    assigned: Count
    accepted: Count
    declined: Count
    ended: Count
    overdue: Count


class BriefInput(Reply):
    """What became of asking its members, where they stood when asked.

    Each ask counts once, under what became of it: `asked` are those still waited for. Annotating
    and rating where one was asked counts as an answer. `overdue` are those of `asked` that are past
    their date and not closed yet.
    """

    asked: Count
    answered: Count
    abstained: Count
    no_answer: Count
    cancelled: Count
    overdue: Count


class BriefThreads(Reply):
    """Open threads at its touchpoints that you see."""

    open: Count
    overdue: Count


class BriefActions(Reply):
    """Actions of the department, and of its members where they name none, not done with yet."""

    open: Count
    overdue: Count


class BriefPlaybookUses(Reply):
    """Uses of playbooks at its touchpoints in one currency; `amount` is in its minor units."""

    currency: str
    uses: Count
    amount: Sum
    pending: Count
    recovered: Count
    partly_recovered: Count
    not_recovered: Count


class BriefValue(Reply):
    """What a group of the department brings to customers."""

    id: UUID
    journey_id: UUID
    touchpoint_id: UUID | None
    group: Group
    department_id: UUID
    value: str


class DepartmentBrief(Reply):
    """A department on one page, over the journeys that you see and that are not archived.

    `members` counts the active ones. `open_escalations` counts what went up the chain and is still
    unsettled, about its touchpoints or its members. Up to 100 values are told, oldest first.
    """

    department_id: UUID
    name: str
    head_member_id: UUID | None
    below: bool
    members: Count
    answers_for: BriefAnswersFor
    responsibilities: BriefResponsibilities
    input: BriefInput
    threads: BriefThreads
    actions: BriefActions
    open_escalations: Count
    playbook_uses: list[BriefPlaybookUses]
    values: list[BriefValue]


_ANSWERS_FOR = Decoder(BriefAnswersFor)
_RESPONSIBILITIES = Decoder(BriefResponsibilities)
_INPUT = Decoder(BriefInput)
_THREADS = Decoder(BriefThreads)
_ACTIONS = Decoder(BriefActions)
_USES = Decoder(list[BriefPlaybookUses])
_VALUES = Decoder(list[BriefValue])


def department_brief(department: Row, row: Row, below: bool) -> DepartmentBrief:
    """The brief, from the department and a row of domain.queries.reports.briefs."""
    return DepartmentBrief(
        department_id=department["id"],
        name=department["name"],
        head_member_id=department["head_member_id"],
        below=below,
        members=row["members"],
        answers_for=_ANSWERS_FOR.decode(row["answers_for"]),
        responsibilities=_RESPONSIBILITIES.decode(row["responsibilities"]),
        input=_INPUT.decode(row["input"]),
        threads=_THREADS.decode(row["threads"]),
        actions=_ACTIONS.decode(row["actions"]),
        open_escalations=row["open_escalations"],
        playbook_uses=_USES.decode(row["playbook_uses"]),
        values=_VALUES.decode(row["values"]),
    )
