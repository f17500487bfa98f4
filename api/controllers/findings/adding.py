"""Adding findings of each kind, over HTTP."""

from uuid import UUID

from litestar import Controller, Response, post
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.replies import created
from api.schemas.findings.findings import (
    DropOffNew,
    ExperienceNew,
    Finding,
    FindingNew,
    InformationGapNew,
    ObstacleNew,
    PainPointNew,
    PromiseNew,
    RequirementNew,
    finding,
    said,
)
from domain.queries.findings import findings as queries
from domain.results import FindingKind
from domain.roles import May
from domain.services.findings import findings


class FindingAdditionController(Controller):
    """What was found at a touchpoint."""

    tags = ["Findings"]
    path = "/touchpoints/{touchpoint_id:uuid}"

    @post("/pain-points", may=May.CREATE_FINDING)
    async def add_pain_point(
        self, tx: Db, actor: By, touchpoint_id: FromPath[UUID], data: JSONBody[PainPointNew]
    ) -> Response[Finding]:
        """Say where it hurts at a touchpoint, how badly and how often."""
        return await _added(tx, actor, touchpoint_id, FindingKind.PAIN_POINT, data)

    @post("/requirements", may=May.CREATE_FINDING)
    async def add_requirement(
        self, tx: Db, actor: By, touchpoint_id: FromPath[UUID], data: JSONBody[RequirementNew]
    ) -> Response[Finding]:
        """Say what the customer or the organization needs here, and whether that is met."""
        return await _added(tx, actor, touchpoint_id, FindingKind.REQUIREMENT, data)

    @post("/information-gaps", may=May.CREATE_FINDING)
    async def add_information_gap(
        self, tx: Db, actor: By, touchpoint_id: FromPath[UUID], data: JSONBody[InformationGapNew]
    ) -> Response[Finding]:
        """Say what information is missing or wrong here, who lacks it and who supplies it."""
        return await _added(tx, actor, touchpoint_id, FindingKind.INFORMATION_GAP, data)

    @post("/experiences", may=May.CREATE_FINDING)
    async def add_experience(
        self, tx: Db, actor: By, touchpoint_id: FromPath[UUID], data: JSONBody[ExperienceNew]
    ) -> Response[Finding]:
        """Say what customers experience here as good or bad, or what they value."""
        return await _added(tx, actor, touchpoint_id, FindingKind.EXPERIENCE, data)

    @post("/obstacles", may=May.CREATE_FINDING)
    async def add_obstacle(
        self, tx: Db, actor: By, touchpoint_id: FromPath[UUID], data: JSONBody[ObstacleNew]
    ) -> Response[Finding]:
        """Say what inside the organization stands in the way here, and what it blocks."""
        return await _added(tx, actor, touchpoint_id, FindingKind.OBSTACLE, data)

    @post("/drop-offs", may=May.CREATE_FINDING)
    async def record_drop_off(
        self, tx: Db, actor: By, touchpoint_id: FromPath[UUID], data: JSONBody[DropOffNew]
    ) -> Response[Finding]:
        """Record how many customers leave here, why and where they go."""
        return await _added(tx, actor, touchpoint_id, FindingKind.DROP_OFF, data)

    @post("/promises", may=May.CREATE_FINDING)
    async def add_promise(
        self, tx: Db, actor: By, touchpoint_id: FromPath[UUID], data: JSONBody[PromiseNew]
    ) -> Response[Finding]:
        """Say what customers were promised here, by which department, and whether it is kept."""
        return await _added(tx, actor, touchpoint_id, FindingKind.PROMISE, data)


async def _added(
    tx: Db, actor: By, touchpoint_id: UUID, kind: FindingKind, data: FindingNew
) -> Response[Finding]:
    made = await findings.add(tx, actor, touchpoint_id, kind, said(data), data.from_)
    row = await queries.finding(tx, actor, made.id)
    return created(finding(row, actor), f"/v1/findings/{made.id}")
