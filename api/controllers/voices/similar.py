"""Threads like what is about to be said, over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, get
from litestar.params import QueryParameter

from api.auth.actor import By, Db
from api.schemas.voices.similar import SimilarAnnotations, similar_annotations
from domain.queries.voices.similar import similar
from domain.roles import May


class SimilarController(Controller):
    """What has been said already: look before writing it again."""

    tags = ["Voices"]

    @get("/annotations/similar", may=May.READ_JOURNEY, problems=(404,))
    async def list_similar_annotations(
        self,
        tx: Db,
        actor: By,
        subject_id: Annotated[UUID, QueryParameter(description="What it is to be about.")],
        text: Annotated[
            str, QueryParameter(max_length=1_000, description="What somebody is about to say.")
        ],
    ) -> SimilarAnnotations:
        """Threads that say it already, at the same place first, then elsewhere in the journey.

        At each place open ones first, then those that are most alike. A text without a word of
        three letters is like nothing.
        """
        return similar_annotations(await similar(tx, actor, subject_id, text), actor)
