"""Channels over HTTP."""

from litestar import Controller, Response, get, post
from litestar.params import JSONBody

from api.auth.actor import By, Db
from api.replies import created
from api.schemas.base import present
from api.schemas.maps.channels import Channel, ChannelNew, ChannelPage, channel_page
from api.schemas.pages import Paging
from domain.queries.maps import channels as queries
from domain.roles import May
from domain.services.maps import channels


class ChannelController(Controller):
    """The ways to meet customers, as the organization lists them."""

    tags = ["Maps"]

    @get("/channels", may=May.READ_ORGANIZATION, hot=True)
    async def list_channels(self, tx: Db, actor: By, page: Paging) -> ChannelPage:
        """List the channels of the organization, in the order in which they were added."""
        return channel_page(await queries.list_channels(tx, actor, page))

    @post("/channels", may=May.MANAGE_CHANNELS, problems=(409,))
    async def create_channel(
        self, tx: Db, actor: By, data: JSONBody[ChannelNew]
    ) -> Response[Channel]:
        """Add a channel to the list."""
        channel = await channels.create(tx, actor, data.key, data.name)
        return created(present(Channel, channel), "/v1/channels")
