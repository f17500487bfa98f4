"""The contents of the API on one screen."""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.types import ASGIApp

from api.auth.access import AccessTokens, within_scopes
from api.auth.actor import KnownActors, provide_actor
from api.auth.discovery import Issuers
from api.auth.guards import refuse_silent_routes
from api.auth.middleware import Authentication
from api.auth.passwords import Passwords
from api.auth.precondition import provide_expected
from api.auth.refresh import RefreshTokens
from api.auth.secrets import Secrets
from api.auth.tickets import Tickets
from api.auth.tokens import Tokens
from api.auth.vault import Vault
from api.controllers import CONTROLLERS
from api.controllers.health import HealthController
from api.controllers.webhooks_document import read_webhooks_document
from api.files import Files
from api.live import Live, listening
from api.mail import Mailer
from api.middleware.envelope import Envelope
from api.middleware.finish import finish
from api.middleware.idempotency import Replay, replayed
from api.middleware.query_gate import StrictAddress
from api.middleware.rate_limit import RateLimit
from api.middleware.strict_request import StrictRequest
from api.openapi import openapi_config, refuse_dead_ends
from api.outbound import Outbound
from api.pictures.printing import Printer
from api.plugins.database import (
    Database,
    NothingLeftOpen,
    make_engine,
    provide_transaction,
)
from api.plugins.readiness import Readiness
from api.plugins.role_check import check_application_role
from api.plugins.shelf import Shelf
from api.problems import on_error
from api.schemas.pages import provide_page
from api.settings import Settings

BODY_LIMIT = 1_048_576

UNVERSIONED = (HealthController, read_webhooks_document)


def create_litestar(settings: Settings) -> Litestar:
    """Everything inside the envelope; refuses to start with a route that names no permission."""
    state = tools(settings)
    app = Litestar(
        route_handlers=[*UNVERSIONED, Router("/v1", route_handlers=list(CONTROLLERS))],
        dependencies={
            "tx": Provide(provide_transaction),
            "actor": Provide(provide_actor),
            "expected": Provide(provide_expected),
            "page": Provide(provide_page),
        },
        middleware=[
            DefineMiddleware(Authentication, tokens=state.tokens, access=state.access_tokens),
            DefineMiddleware(RateLimit, per_minute=settings.rate_limit),
            DefineMiddleware(Tickets),
            DefineMiddleware(NothingLeftOpen),
        ],
        guards=[within_scopes, StrictAddress()],
        request_class=StrictRequest,
        request_max_body_size=BODY_LIMIT,
        after_request=finish,
        exception_handlers={Replay: replayed, Exception: on_error},
        openapi_config=openapi_config(),
        lifespan=[storage, listening],
        logging_config=None,
        debug=settings.debug,
        state=state,
    )
    return without_faults(app)


def without_faults(app: Litestar) -> Litestar:
    """The application, unless a route does not say who may or leads nowhere."""
    refuse_silent_routes(app)
    refuse_dead_ends(app)
    return app


def tools(settings: Settings) -> State:
    """What handlers and hooks find in `app.state`."""
    secrets = [s for s in (settings.secret, settings.secret_previous) if s]
    outbound = Outbound(settings.outbound_private)
    return State(
        {
            "settings": settings,
            "tokens": Tokens(secrets, issuer=settings.public_url),
            "secrets": Secrets(secrets),
            "access_tokens": AccessTokens(Secrets(secrets)),
            "refresh_tokens": RefreshTokens(secrets),
            "mailer": Mailer(
                settings.smtp_url, settings.mail_from, prints=settings.env != "production"
            ),
            "printer": Printer(settings.data / "fonts"),
            "outbound": outbound,
            "issuers": Issuers(outbound),
            "vault": Vault(secrets),
            "files": Files(settings.files_url, settings.data / "files"),
            "passwords": Passwords(),
            "actors": KnownActors(),
            "maps": Shelf(),
            "readiness": Readiness(),
            "live": Live(settings),
        }
    )


@asynccontextmanager
async def storage(app: Litestar) -> AsyncIterator[None]:
    """The pool of connections, for as long as the application runs; refuses an unsafe role."""
    settings: Settings = app.state.settings
    app.state.database = Database(make_engine(settings.database_url, settings.pool_size))
    try:
        async with app.state.database.transaction() as tx:
            await check_application_role(await tx.driver())
        yield
    finally:
        await app.state.database.close()


def enveloped(app: Litestar) -> ASGIApp:
    """What stands between the server and Litestar on every request."""
    settings: Settings = app.state.settings
    https = settings.public_url.startswith("https://")
    return Envelope(app, origins=settings.cors_origins, https=https)


def create_app(settings: Settings) -> ASGIApp:
    """The application as it is served."""
    return enveloped(create_litestar(settings))


def app() -> ASGIApp:
    """The application as the environment describes it: what a server is pointed at."""
    made = create_app(Settings.read(os.environ))
    gc.freeze()  # what a start has made stays, and workers that are forked off share it
    return made
