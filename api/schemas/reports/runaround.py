"""The runaround of a journey on the wire."""

from collections.abc import Sequence
from uuid import UUID

from api.schemas.base import Count, Reply
from domain.database import Row
from domain.queries.reports.runaround import contact
from domain.rules.runaround import MODEL_VERSION, Step, runaround
from domain.words import ContactContext


class RunaroundStep(Reply):
    """A touchpoint in the order of the map, and the department that answers for it.

    `handed_over_from` is the department the customer comes from, where that is another one;
    `returned` tells that they are sent back to one they have been with before. `external` is null
    without a department.
    """

    touchpoint_id: UUID
    touchpoint_name: str
    stage_id: UUID
    department_id: UUID | None
    external: bool | None
    contact_context: ContactContext
    handed_over_from: UUID | None
    returned: bool


class Runaround(Reply):
    """How often a customer is handed on, and by whom to whom.

    A touchpoint without a responsible department is passed over: the customer comes from the last
    department known. `departments` counts those crossed, `returns` the handoffs back to one that
    was met before, `repeat_contacts` the touchpoints about a matter still open. `n` counts the
    touchpoints.
    """

    journey_id: UUID
    model: str
    model_version: Count
    n: Count
    departments: Count
    handoffs: Count
    returns: Count
    repeat_contacts: Count
    without_department: Count
    explanation: str
    steps: list[RunaroundStep]


def runaround_of(rows: Sequence[Row], journey_id: UUID) -> Runaround:
    """The report, from the touchpoints in their order."""
    found = runaround([contact(row) for row in rows])
    return Runaround(
        journey_id=journey_id,
        model="runaround",
        model_version=MODEL_VERSION,
        n=len(rows),
        departments=found.departments,
        handoffs=found.handoffs,
        returns=found.returns,
        repeat_contacts=found.repeats,
        without_department=found.without_department,
        explanation=found.explanation,
        steps=[_step(row, step) for row, step in zip(rows, found.steps, strict=True)],
    )


def _step(row: Row, step: Step) -> RunaroundStep:
    return RunaroundStep(
        touchpoint_id=row["touchpoint_id"],
        touchpoint_name=row["touchpoint_name"],
        stage_id=row["stage_id"],
        department_id=row["department_id"],
        external=row["external"],
        contact_context=row["contact_context"],
        handed_over_from=step.handed_over_from,
        returned=step.returned,
    )
