"""Everything the API answers to."""

from collections.abc import Sequence

from litestar import Controller

from api.controllers.identity.accounts import AccountController
from api.controllers.identity.passwords import PasswordController
from api.controllers.identity.sessions import SessionController
from api.controllers.maps.channels import ChannelController
from api.controllers.maps.personas import PersonaController
from api.controllers.maps.stages import StageController
from api.controllers.moments.moments import MomentController
from api.controllers.voices.annotations import AnnotationController

CONTROLLERS: Sequence[type[Controller]] = (
    SessionController,
    AccountController,
    PasswordController,
    PersonaController,
    ChannelController,
    StageController,
    AnnotationController,
    MomentController,
)
