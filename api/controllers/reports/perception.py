"""What the groups and the customers feel, over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, get
from litestar.params import FromPath, QueryParameter

from api.auth.actor import By, Db
from api.schemas.reports.curve import EmotionCurve, emotion_curve
from api.schemas.reports.perception import PerceptionReport, perception_report
from domain.queries.reports.curve import feelings
from domain.queries.reports.perception import rated
from domain.roles import May


class PerceptionController(Controller):
    """Reports: where the organization disagrees with itself, and what customers feel."""

    tags = ["Reports"]

    @get("/journeys/{journey_id:uuid}/perception-gap", may=May.READ_JOURNEY)
    async def get_perception_gap(
        self, tx: Db, actor: By, journey_id: FromPath[UUID]
    ) -> PerceptionReport:
        """Where the four groups see a journey differently, widest gap first.

        The gap of a touchpoint is the largest difference between two groups' means on one axis,
        flagged from 1.0; of a moment it is that of its touchpoint. For the journey as a whole each
        axis is told by itself: a group's figure is the mean of its means at the touchpoints where
        it is shown on that axis, so that each touchpoint counts once however many rated it, and
        the gap is the largest difference between two groups' figures. Groups may have been shown
        at different touchpoints; how many stands beside each figure.

        A group of frontline or support staff with fewer than three raters at a touchpoint is left
        out there, of every mean and gap, for the touchpoint and for the journey; only its n
        appears. Whoever compares this report before and after a rating can still see how it moved
        the mean of a group of three or more.
        """
        return perception_report(await rated(tx, actor, journey_id), journey_id)

    @get("/journeys/{journey_id:uuid}/emotion-curve", may=May.READ_JOURNEY)
    async def get_emotion_curve(
        self,
        tx: Db,
        actor: By,
        journey_id: FromPath[UUID],
        persona: Annotated[
            UUID | None,
            QueryParameter(description="As this persona feels it. Without it: all that is drawn."),
        ] = None,
    ) -> EmotionCurve:
        """What customers feel from touchpoint to touchpoint, as drawn.

        The value of a touchpoint is that of its strongest recorded emotion, valence x intensity /
        5, from -2 to 2; of two as strong the more negative counts. Of a persona, emotions recorded
        for them and for nobody in particular count. Happiness is the share of touchpoints with a
        positive mood among those with a mood, in percent; a neutral mood is one. Peak-end is the
        mean of the most intense and the last value: what people remember. All of it is as drawn:
        what somebody recorded, not what customers were measured to feel.
        """
        return emotion_curve(await feelings(tx, actor, journey_id, persona), journey_id, persona)
