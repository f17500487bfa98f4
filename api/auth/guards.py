"""Deny by default: a route says who may, or everybody, or the application does not start."""

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from domain.roles import May


class SilentRoute(Exception):
    """A route that says neither `may=` nor `public=True`."""


def refuse_silent_routes(app: Litestar) -> None:
    """Walk every route; SilentRoute names the ones that declare no permission."""
    silent = [
        f"{' '.join(sorted(handler.http_methods))} {route.path}"
        for route in app.routes
        for handler in getattr(route, "route_handlers", [getattr(route, "route_handler", None)])
        if isinstance(handler, HTTPRouteHandler) and not declares(handler)
    ]
    if silent:
        raise SilentRoute("These routes say neither may= nor public=True: " + ", ".join(silent))


def declares(handler: HTTPRouteHandler) -> bool:
    """Whether a route says who may; the automatic answers to OPTIONS tell nothing."""
    automatic = handler.http_methods == {"OPTIONS"}
    return automatic or isinstance(handler.opt.get("may"), May) or handler.opt.get("public") is True
