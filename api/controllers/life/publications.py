"""Publications over HTTP."""

from uuid import UUID

from litestar import Controller, Response, get, post, put
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.replies import created, shown
from api.schemas.life.publications import (
    Publication,
    PublicationNew,
    PublicationPage,
    audience_of,
    publication,
    publication_page,
)
from api.schemas.pages import Paging
from domain.queries.life import publications as queries
from domain.roles import May
from domain.services.life import publications


class PublicationController(Controller):
    """Publications: a map is laid before an audience, and it shows who has read it."""

    tags = ["Publications"]

    @post("/journeys/{journey_id:uuid}/publications", may=May.PUBLISH_EDITION)
    async def publish_journey(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], data: JSONBody[PublicationNew]
    ) -> Response[Publication]:
        """Lay an edition, or the map as it stands, before an audience.

        Every active member of it is told, and asked to say that they have read it; whoever joins
        later is not. Of a draft or a restricted journey the audience become participants.
        """
        made = await publications.publish(tx, actor, journey_id, audience_of(data))
        row = await queries.publication(tx, actor, made.id)
        return created(publication(row), f"/v1/publications/{made.id}")

    @get("/journeys/{journey_id:uuid}/publications", may=May.READ_JOURNEY)
    async def list_publications(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], page: Paging
    ) -> PublicationPage:
        """List the publications of a journey with how many have read them, newest first."""
        return publication_page(await queries.list_publications(tx, actor, journey_id, page))

    @get("/publications/{publication_id:uuid}", may=May.READ_JOURNEY)
    async def get_publication(
        self, tx: Db, actor: By, publication_id: FromPath[UUID]
    ) -> Response[Publication]:
        """One publication; the owner and executives see who has not read it."""
        return shown(publication(await queries.publication(tx, actor, publication_id)))

    @put("/publications/{publication_id:uuid}/receipt", may=May.READ_JOURNEY)
    async def acknowledge_publication(
        self, tx: Db, actor: By, publication_id: FromPath[UUID]
    ) -> Response[Publication]:
        """Say that you have read it; 404 when it was not laid before you."""
        await publications.acknowledge(tx, actor, publication_id)
        return shown(publication(await queries.publication(tx, actor, publication_id)))
