"""Preferences over HTTP."""

from litestar import Controller, get, patch
from litestar.params import JSONBody

from api.auth.actor import By, Db
from api.schemas.base import changes
from api.schemas.inbox.preferences import Preferences, PreferencesPatch, preferences
from domain.roles import May
from domain.services.inbox import preferences as services


class PreferenceController(Controller):
    """What you want to hear, and how often by letter."""

    tags = ["Inbox"]
    path = "/me/preferences"

    @get(may=May.USE_OWN_ACCOUNT)
    async def get_preferences(self, tx: Db, actor: By) -> Preferences:
        """What you have chosen, or get without choosing."""
        return preferences(await services.read(tx, actor))

    @patch(may=May.USE_OWN_ACCOUNT)
    async def update_preferences(
        self, tx: Db, actor: By, data: JSONBody[PreferencesPatch]
    ) -> Preferences:
        """Choose how often a letter comes, and which reasons you never want to be told for."""
        return preferences(await services.update(tx, actor, changes(data)))
