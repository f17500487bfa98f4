"""Personas over HTTP."""

from uuid import UUID

from litestar import Controller, Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import created, found, nothing, shown
from api.schemas.base import changes
from api.schemas.maps.personas import (
    Persona,
    PersonaNew,
    PersonaPage,
    PersonaPatch,
    persona,
    persona_page,
)
from api.schemas.pages import Paging
from domain.queries.maps import personas as queries
from domain.roles import May
from domain.services.maps import personas


class PersonaController(Controller):
    """The customers whose point of view journeys take."""

    tags = ["Maps"]

    @get("/personas", may=May.READ_ORGANIZATION, hot=True)
    async def list_personas(self, tx: Db, actor: By, page: Paging) -> PersonaPage:
        """List the personas of the organization, newest first."""
        return persona_page(await queries.list_personas(tx, actor, page), actor)

    @post("/personas", may=May.CREATE_PERSONA)
    async def create_persona(
        self, tx: Db, actor: By, data: JSONBody[PersonaNew]
    ) -> Response[Persona]:
        """Create a persona."""
        made = await personas.create(tx, actor, changes(data))
        row = await queries.persona(tx, actor, made.id)
        return created(persona(row, actor), f"/v1/personas/{made.id}")

    @get("/personas/{persona_id:uuid}", may=May.READ_ORGANIZATION)
    async def get_persona(self, tx: Db, actor: By, persona_id: FromPath[UUID]) -> Response[Persona]:
        """One persona; a removed one too, because journeys go on showing it."""
        return shown(persona(await queries.persona(tx, actor, persona_id), actor))

    @patch("/personas/{persona_id:uuid}", may=May.EDIT_PERSONA)
    async def update_persona(
        self,
        tx: Db,
        actor: By,
        persona_id: FromPath[UUID],
        data: JSONBody[PersonaPatch],
        expected: Expected,
    ) -> Response[Persona]:
        """Change what a persona says."""
        await personas.update(tx, actor, persona_id, changes(data), expected)
        return found(persona(await queries.persona(tx, actor, persona_id), actor))

    @delete("/personas/{persona_id:uuid}", may=May.EDIT_PERSONA)
    async def remove_persona(
        self, tx: Db, actor: By, persona_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Take a persona off the list. Journeys that have it go on showing it."""
        await personas.remove(tx, actor, persona_id, expected)
        return nothing()
