"""Sign-offs and their rules over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, get, post, put
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import created, found, shown
from api.schemas.accountability.sign_offs import (
    SignOff,
    SignOffNew,
    SignOffPage,
    SignOffRules,
    SignOffRulesSet,
    sign_off_page,
    sign_off_rules,
)
from api.schemas.base import changes, present
from api.schemas.pages import Paging
from domain.actor import Actor
from domain.database import Transaction
from domain.queries.accountability import sign_off_rules as rule_queries
from domain.queries.accountability import sign_offs as queries
from domain.queries.accountability.signers import signing
from domain.roles import May
from domain.services.accountability import sign_off_rules as rules
from domain.services.accountability import sign_offs

Filters = NamedDependency[SkipValidation[dict[str, Any]]]


async def provide_filters(
    journey: Annotated[
        UUID | None, QueryParameter(description="Only of this journey and its moments.")
    ] = None,
    subject: Annotated[
        UUID | None, QueryParameter(description="Only of this journey itself, or this moment.")
    ] = None,
    member: Annotated[UUID | None, QueryParameter(description="Only by this member.")] = None,
    stale: Annotated[
        bool | None, QueryParameter(description="Whether the content has changed since.")
    ] = None,
    current: Annotated[
        bool | None, QueryParameter(description="Whether it is the member's last decision there.")
    ] = None,
) -> dict[str, Any]:
    """What a list of sign-offs is narrowed to."""
    return {
        "journey": journey,
        "subject": subject,
        "member": member,
        "stale": stale,
        "current": current,
    }


async def _rules(tx: Transaction, actor: Actor, subject_id: UUID) -> SignOffRules:
    place = await rule_queries.signable_place(tx, actor, subject_id)
    rows = await rule_queries.rules(tx, actor, place, subject_id)
    stands = await signing(tx, actor, place, subject_id)
    return sign_off_rules(rows, subject_id, place, stands, actor)


class SignOffController(Controller):
    """Who approves a journey or a moment, and who has approved what exactly."""

    tags = ["Sign-offs"]

    @get("/sign-off-rules/{subject_id:uuid}", may=May.READ_JOURNEY)
    async def get_sign_off_rules(
        self, tx: Db, actor: By, subject_id: FromPath[UUID]
    ) -> Response[SignOffRules]:
        """Who has to approve a journey or moment, how far that is met, and who is waited for.

        The version is 0 until rules are set.
        """
        return shown(await _rules(tx, actor, subject_id))

    @put(
        "/sign-off-rules/{subject_id:uuid}",
        may=May.SET_SIGN_OFF_RULES,
        problems=(409, "one_signer", "signer_twice", "unknown_department"),
    )
    async def set_sign_off_rules(
        self,
        tx: Db,
        actor: By,
        subject_id: FromPath[UUID],
        data: JSONBody[SignOffRulesSet],
        expected: Expected,
    ) -> Response[SignOffRules]:
        """Say which groups and departments have to approve a journey or moment, how many of each.

        The rules replace those before. Whoever is asked may see the journey from then on.
        """
        told = [changes(rule) for rule in data.rules]
        await rules.set_rules(tx, actor, subject_id, told, expected)
        return found(await _rules(tx, actor, subject_id))

    @post("/sign-offs", may=May.SIGN_OFF, problems=(404, 409))
    async def sign_off(self, tx: Db, actor: By, data: JSONBody[SignOffNew]) -> Response[SignOff]:
        """Approve a journey or moment as it is now, or request changes.

        It stays valid while the content is as it was; what is put back makes it valid again. A new
        decision of yours takes the place of the one before.
        """
        signed = await sign_offs.sign(
            tx, actor, data.subject_id, data.decision, data.comment, data.content_hash
        )
        row = await queries.sign_off(tx, actor, signed.id)
        return created(present(SignOff, row), f"/v1/sign-offs/{signed.id}")

    @get("/sign-offs", may=May.READ_JOURNEY, dependencies={"filters": Provide(provide_filters)})
    async def list_sign_offs(
        self, tx: Db, actor: By, page: Paging, filters: Filters
    ) -> SignOffPage:
        """List sign-offs across the journeys you see, newest first, superseded ones too."""
        return sign_off_page(await queries.list_sign_offs(tx, actor, filters, page))

    @get("/sign-offs/{sign_off_id:uuid}", may=May.READ_JOURNEY)
    async def get_sign_off(
        self, tx: Db, actor: By, sign_off_id: FromPath[UUID]
    ) -> Response[SignOff]:
        """One sign-off, and whether what it was given for is still there."""
        return shown(present(SignOff, await queries.sign_off(tx, actor, sign_off_id)))
