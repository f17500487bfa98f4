"""Evidence over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, delete, get, patch, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import created, found, nothing, shown
from api.schemas.findings.evidence import (
    Evidence,
    EvidenceNew,
    EvidencePage,
    EvidencePatch,
    evidence,
    evidence_page,
    given,
)
from api.schemas.pages import Paging
from domain.queries.findings import evidence as queries
from domain.results import EvidenceKind
from domain.roles import May
from domain.services.findings import evidence as service
from domain.words import EvidenceGrade

Filters = NamedDependency[SkipValidation[dict[str, Any]]]
Only = Annotated[UUID | None, QueryParameter()]


async def provide_filters(
    page: Paging,  # noqa: ARG001  after the page: Litestar runs what could go side by side in tasks
    subject: Only = None,
    journey: Only = None,
    kind: Annotated[list[EvidenceKind] | None, QueryParameter()] = None,
    grade: Annotated[list[EvidenceGrade] | None, QueryParameter()] = None,
) -> dict[str, Any]:
    """What a list of evidence is narrowed to; filters that repeat mean any of."""
    return {"subject": subject, "journey": journey, "kind": kind, "grade": grade}


class EvidenceController(Controller):
    """What statements rest on, and how far that is validated."""

    tags = ["Evidence"]

    @post("/evidence", may=May.CREATE_FINDING, problems=(404,))
    async def add_evidence(
        self, tx: Db, actor: By, data: JSONBody[EvidenceNew]
    ) -> Response[Evidence]:
        """Say what something rests on: a quote, an interview, a survey, a ticket, figures, a link.

        It can be about a journey, a stage, touchpoint, emotion or moment, a finding, an
        opportunity, an action, an annotation that you see, or a persona that you may edit.
        """
        made = await service.add(tx, actor, data.subject_id, given(data))
        row = await queries.evidence(tx, actor, made.id)
        return created(evidence(row, actor), f"/v1/evidence/{made.id}")

    @get(
        "/evidence",
        may=May.READ_JOURNEY,
        dependencies={"filters": Provide(provide_filters)},
    )
    async def list_evidence(
        self, tx: Db, actor: By, page: Paging, filters: Filters
    ) -> EvidencePage:
        """List the evidence that you may see, newest first."""
        return evidence_page(await queries.list_evidence(tx, actor, filters, page), actor)

    @get("/evidence/{evidence_id:uuid}", may=May.READ_JOURNEY)
    async def get_evidence(
        self, tx: Db, actor: By, evidence_id: FromPath[UUID]
    ) -> Response[Evidence]:
        """One piece of evidence."""
        return shown(evidence(await queries.evidence(tx, actor, evidence_id), actor))

    @patch("/evidence/{evidence_id:uuid}", may=May.EDIT_FINDING)
    async def update_evidence(
        self,
        tx: Db,
        actor: By,
        evidence_id: FromPath[UUID],
        data: JSONBody[EvidencePatch],
        expected: Expected,
    ) -> Response[Evidence]:
        """Change what evidence says. For a persona it takes the right to edit that."""
        await service.update(tx, actor, evidence_id, given(data), expected)
        return found(evidence(await queries.evidence(tx, actor, evidence_id), actor))

    @delete("/evidence/{evidence_id:uuid}", may=May.EDIT_FINDING)
    async def remove_evidence(
        self, tx: Db, actor: By, evidence_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Take evidence away. `restoreSubject` brings it back."""
        await service.remove(tx, actor, evidence_id, expected)
        return nothing()
