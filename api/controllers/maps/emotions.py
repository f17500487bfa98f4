"""Emotions over HTTP."""

from uuid import UUID

from litestar import Controller, Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import created, found, nothing
from api.schemas.base import changes, present
from api.schemas.maps.emotions import Emotion, EmotionNew, EmotionPatch
from domain.queries.maps import pieces
from domain.roles import May
from domain.services.maps import emotions


class EmotionController(Controller):
    """What customers feel at a touchpoint."""

    tags = ["Maps"]

    @post("/touchpoints/{touchpoint_id:uuid}/emotions", may=May.EDIT_JOURNEY)
    async def add_emotion(
        self, tx: Db, actor: By, touchpoint_id: FromPath[UUID], data: JSONBody[EmotionNew]
    ) -> Response[Emotion]:
        """Record what the customer feels at a touchpoint."""
        emotion = await emotions.add(tx, actor, touchpoint_id, changes(data))
        return created(present(Emotion, emotion), f"/v1/emotions/{emotion.id}")

    @get("/emotions/{emotion_id:uuid}", may=May.READ_JOURNEY)
    async def get_emotion(self, tx: Db, actor: By, emotion_id: FromPath[UUID]) -> Response[Emotion]:
        """One emotion, while its touchpoint is on the map."""
        return found(present(Emotion, await pieces.emotion(tx, actor, emotion_id)))

    @patch("/emotions/{emotion_id:uuid}", may=May.EDIT_JOURNEY)
    async def update_emotion(
        self,
        tx: Db,
        actor: By,
        emotion_id: FromPath[UUID],
        data: JSONBody[EmotionPatch],
        expected: Expected,
    ) -> Response[Emotion]:
        """Change what is recorded of an emotion."""
        emotion = await emotions.update(tx, actor, emotion_id, changes(data), expected)
        return found(present(Emotion, emotion))

    @delete("/emotions/{emotion_id:uuid}", may=May.EDIT_JOURNEY)
    async def remove_emotion(
        self, tx: Db, actor: By, emotion_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Take an emotion off the map. `restoreSubject` brings it back."""
        await emotions.remove(tx, actor, emotion_id, expected)
        return nothing()
