"""Common problems over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, get
from litestar.params import QueryParameter

from api.auth.actor import By, Db
from api.schemas.findings.common import CommonProblems, common_problems
from domain.queries.findings import common
from domain.queries.findings.common import CommonBy
from domain.roles import May


class CommonProblemController(Controller):
    """What goes wrong again and again."""

    tags = ["Findings"]

    @get("/common-problems", may=May.READ_JOURNEY)
    async def get_common_problems(
        self,
        tx: Db,
        actor: By,
        by: Annotated[
            CommonBy, QueryParameter(description="What to put together beside the kind.")
        ] = CommonBy.KIND,
        journey: Annotated[UUID | None, QueryParameter(description="Only in this journey.")] = None,
    ) -> CommonProblems:
        """The most common problems across the maps that you may read, with how common they are.

        Open pain points, negative experiences, internal obstacles and information gaps, put
        together by what they are, and with `by` by whose department or on which channel.
        """
        rows = await common.common_problems(tx, actor, by, journey)
        texts = await common.wordings(tx, actor, journey)
        return common_problems(by, rows, texts)
