"""What the document says of operations and parameters that are on their way out."""

from typing import Any

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from api.middleware.leaving import HastyDeprecation
from api.openapi.operations import Operation, operation_name


def taking_leave(op: Operation, raw: dict[str, Any]) -> dict[str, Any]:
    """Mark those parameters that are deprecated; give what is to be said of the operation."""
    for parameter in raw["parameters"]:
        if going := op.leaving.get(parameter.get("name", "")):
            parameter["deprecated"] = True
            parameter["description"] = f"{parameter['description']} {going.sentence}"
    if op.deprecation is None:
        return {}
    said = f"**{op.deprecation.sentence}**\n\n{raw['description']}"
    return {"deprecated": True, "description": said}


def refuse_dead_ends(app: Litestar) -> None:
    """HastyDeprecation names the routes that send their clients to an operation there is not."""
    handlers = [
        handler
        for route in app.routes
        for handler in getattr(route, "route_handlers", ())
        if isinstance(handler, HTTPRouteHandler)
    ]
    names = {operation_name(handler) for handler in handlers}
    for handler in handlers:
        going = Operation(handler).deprecation
        if going and going.instead and going.instead not in names:
            name = operation_name(handler)
            raise HastyDeprecation(f"{name} sends to {going.instead}, which is no operation.")
