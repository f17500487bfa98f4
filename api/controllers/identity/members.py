"""Members over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, get, patch, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import found, shown
from api.schemas.base import changes
from api.schemas.identity.members import (
    Member,
    MemberPage,
    MemberPatch,
    MemberWithDuties,
    member,
    member_page,
    member_with_duties,
)
from api.schemas.pages import Paging
from domain.queries.identity import members as queries
from domain.queries.identity.duties import duties
from domain.roles import Group, May
from domain.services.identity import erasure, members
from domain.words import MemberKind, MemberStatus

Filters = NamedDependency[SkipValidation[dict[str, Any]]]


async def provide_filters(
    q: Annotated[
        str | None,
        QueryParameter(min_length=1, max_length=200, description="A part of the name."),
    ] = None,
    group: Annotated[list[Group] | None, QueryParameter()] = None,
    department: Annotated[
        UUID | None, QueryParameter(description="In this department or any below it.")
    ] = None,
    kind: Annotated[
        list[MemberKind] | None,
        QueryParameter(description="Without it: people and service members."),
    ] = None,
    status: Annotated[
        list[MemberStatus] | None,
        QueryParameter(description="Without it: active and suspended."),
    ] = None,
) -> dict[str, Any]:
    """What a list of members is narrowed to; filters that repeat mean any of."""
    return {"q": q, "group": group, "department": department, "kind": kind, "status": status}


class MemberController(Controller):
    """The people of the organization."""

    tags = ["Identity"]

    @get("/members", may=May.READ_ORGANIZATION, dependencies={"filters": Provide(provide_filters)})
    async def list_members(self, tx: Db, actor: By, page: Paging, filters: Filters) -> MemberPage:
        """List the members. `getDirectory` gives all names at once."""
        return member_page(await queries.list_members(tx, actor, filters, page), actor)

    @get("/members/{member_id:uuid}", may=May.READ_ORGANIZATION)
    async def get_member(
        self, tx: Db, actor: By, member_id: FromPath[UUID]
    ) -> Response[MemberWithDuties]:
        """One member, and what they would leave behind: journeys, responsibilities, threads."""
        row = await queries.member(tx, actor, member_id)
        return shown(member_with_duties(row, await duties(tx, actor, member_id), actor))

    @patch("/members/{member_id:uuid}", may=May.MANAGE_MEMBERS, problems=("session_only",))
    async def update_member(
        self,
        tx: Db,
        actor: By,
        member_id: FromPath[UUID],
        data: JSONBody[MemberPatch],
        expected: Expected,
    ) -> Response[MemberWithDuties]:
        """Change where a member stands, suspend or reinstate them. `updateMe` changes names.

        With an access token nobody is made an administrator.
        `duties` is what a suspended member leaves behind: hand it over to others.
        """
        changed = await members.update(tx, actor, member_id, changes(data), expected)
        return found(member_with_duties(changed, await duties(tx, actor, member_id), actor))

    @post(
        "/members/{member_id:uuid}/erase",
        may=May.ERASE_MEMBER,
        session_only=True,
        status_code=200,
        problems=(409,),
    )
    async def erase_member(
        self, tx: Db, actor: By, member_id: FromPath[UUID], expected: Expected
    ) -> Response[Member]:
        """Erase a person for good: their name, their address and what they said as themselves.

        Emptied, also in the past: the annotations and replies they wrote, their name where it
        labels those of others, notes on threads they resolved, reasons for what they hid, retired
        or abstained from, invitations, devices. What they wrote for the organization stays: maps,
        personas, rationales and stakes of moments, reasons of a journey's status, title, statement
        and sign of success of opportunities, title, description and process of actions, the measure
        of outcomes; so do their ratings. Findings, evidence and attached files are emptied. The
        member stays as an id that nobody answers to. The account is erased too, unless it is a
        member of another organization. It cannot be undone.
        """
        return found(member(await erasure.erase(tx, actor, member_id, expected), actor))
