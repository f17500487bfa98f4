"""Escalations over HTTP."""

from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.replies import created, shown
from api.schemas.accountability.escalations import (
    Escalation,
    EscalationNew,
    EscalationPage,
    escalation,
    escalation_page,
)
from api.schemas.pages import Paging
from domain.duties import EscalationCause
from domain.queries.accountability import escalations as queries
from domain.roles import May
from domain.services.accountability import escalations

Filters = NamedDependency[SkipValidation[dict[str, Any]]]


async def provide_filters(
    page: Paging,  # noqa: ARG001  after the page: Litestar runs what could go side by side in tasks
    journey: Annotated[UUID | None, QueryParameter()] = None,
    subject: Annotated[
        UUID | None, QueryParameter(description="An annotation, responsibility or ask.")
    ] = None,
    to: Annotated[
        Literal["me"] | None, QueryParameter(description="Only what has reached you.")
    ] = None,
    cause: Annotated[list[EscalationCause] | None, QueryParameter()] = None,
) -> dict[str, Any]:
    """What a list of escalations is narrowed to; filters that repeat mean any of."""
    return {"journey": journey, "subject": subject, "to": to, "cause": cause}


class EscalationController(Controller):
    """What went up the chain of command, by hand and by the clock."""

    tags = ["Accountability"]

    @post("/annotations/{annotation_id:uuid}/escalate", may=May.ESCALATE)
    async def escalate_annotation(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID], data: JSONBody[EscalationNew]
    ) -> Response[Escalation]:
        """Take an open thread to the next level above its assignee who has not been told.

        The levels are those of the organization's chain; one that reaches nobody new is passed
        over. Without an assignee it goes to the head of the department that answers for the
        touchpoint, without that department to the next level above the journey's owner. Whoever it
        reaches may see the journey from then on; an annotation for fewer people is not shown to
        more.
        """
        raised = await escalations.escalate(
            tx, actor, annotation_id, data.reason, data.to_member_id
        )
        return created(escalation(raised), f"/v1/escalations/{raised['id']}")

    @get("/escalations", may=May.READ_JOURNEY, dependencies={"filters": Provide(provide_filters)})
    async def list_escalations(
        self, tx: Db, actor: By, page: Paging, filters: Filters
    ) -> EscalationPage:
        """What went up, newest first, as far as you may know of it.

        What is about an annotation is for those who see the annotation. That somebody did not
        answer an input request is for them, for whoever it reached, for the owner and executives.
        """
        return escalation_page(await queries.list_escalations(tx, actor, filters, page))

    @get("/escalations/{escalation_id:uuid}", may=May.READ_JOURNEY)
    async def get_escalation(
        self, tx: Db, actor: By, escalation_id: FromPath[UUID]
    ) -> Response[Escalation]:
        """One step up the chain."""
        return shown(escalation(await queries.escalation(tx, actor, escalation_id)))
