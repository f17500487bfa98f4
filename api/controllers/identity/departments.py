"""Departments over HTTP."""

from uuid import UUID

from litestar import Controller, Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import created, found, nothing, shown
from api.schemas.base import changes, present
from api.schemas.identity.departments import (
    Department,
    DepartmentNew,
    DepartmentPage,
    DepartmentPatch,
    department_page,
)
from api.schemas.pages import Paging
from domain.queries.identity import departments as queries
from domain.roles import May
from domain.services.identity import departments


class DepartmentController(Controller):
    """The units of the organization: a tree."""

    tags = ["Identity"]

    @get("/departments", may=May.READ_ORGANIZATION)
    async def list_departments(self, tx: Db, actor: By, page: Paging) -> DepartmentPage:
        """List the departments. `getDirectory` gives all names at once."""
        return department_page(await queries.list_departments(tx, actor, page))

    @post("/departments", may=May.MANAGE_DEPARTMENTS)
    async def create_department(
        self, tx: Db, actor: By, data: JSONBody[DepartmentNew]
    ) -> Response[Department]:
        """Add a department."""
        made = await departments.create(tx, actor, changes(data))
        return created(present(Department, made), f"/v1/departments/{made.id}")

    @get("/departments/{department_id:uuid}", may=May.READ_ORGANIZATION)
    async def get_department(
        self, tx: Db, actor: By, department_id: FromPath[UUID]
    ) -> Response[Department]:
        """One department."""
        return shown(present(Department, await queries.department(tx, actor, department_id)))

    @patch("/departments/{department_id:uuid}", may=May.MANAGE_DEPARTMENTS)
    async def update_department(
        self,
        tx: Db,
        actor: By,
        department_id: FromPath[UUID],
        data: JSONBody[DepartmentPatch],
        expected: Expected,
    ) -> Response[Department]:
        """Change a department, or move it with everything below it."""
        changed = await departments.update(tx, actor, department_id, changes(data), expected)
        return found(present(Department, changed))

    @delete("/departments/{department_id:uuid}", may=May.MANAGE_DEPARTMENTS)
    async def remove_department(
        self, tx: Db, actor: By, department_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Remove a department that no member, department, touchpoint or journey belongs to."""
        await departments.remove(tx, actor, department_id, expected)
        return nothing()
