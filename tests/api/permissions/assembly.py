"""The whole stage: everybody, and one of each thing there is."""

from tests.api.permissions import nouns
from tests.api.permissions.cast import TIES as OWN_TIES
from tests.api.permissions.cast import Cast, gathered
from tests.world import World

TIES = OWN_TIES | nouns.merged("TIES")


async def assemble(world: World) -> Cast:
    """Bring everybody and everything on stage."""
    cast = await gathered(world)
    await nouns.furnish(cast)
    return cast
