"""Everything the API answers to."""

from collections.abc import Sequence

from litestar import Controller

from api.controllers.maps.stages import StageController
from api.controllers.moments.moments import MomentController
from api.controllers.voices.annotations import AnnotationController

CONTROLLERS: Sequence[type[Controller]] = (
    StageController,
    AnnotationController,
    MomentController,
)
