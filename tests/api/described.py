"""The application only to be read: which operations there are, before anything is started."""

from api.app import create_litestar
from api.openapi import operations
from api.settings import Settings

APP = create_litestar(Settings(env="test", secret="only read here, signs nothing at all"))
HANDLERS = operations(APP)
