"""Litestar finds the operations; this config has their document refined before anyone sees it.

Litestar's own document loses docstrings, discriminators, nested constraints and `security: []`,
and describes errors that this API never sends. Only public hooks are used: the operation id
creator, which is shown every resolved handler, and `to_openapi_schema`.
"""

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, Contact, License, OpenAPI, SecurityScheme, Server
from litestar.types import Method

from api.openapi.operations import Operation, operation_name
from api.openapi.pages import docs_router
from api.openapi.refine import refine
from api.openapi.version import VERSION
from api.openapi.words import ACCESS_TOKEN, BEARER, DESCRIPTION

INSTALLATION = Server(url="/", description="This installation, in production or on your machine.")
Handlers = dict[str, HTTPRouteHandler]


@dataclass
class RefinedOpenAPI(OpenAPI):
    """Litestar's document, refined when it is rendered."""

    handlers: Handlers = field(default_factory=dict)

    @property
    def _exclude_fields(self) -> set[str]:
        return super()._exclude_fields | {"handlers"}

    @property
    def operations(self) -> dict[str, Operation]:
        """Every operation by its id."""
        return {name: Operation(handler) for name, handler in self.handlers.items()}

    @cached_property
    def _refined(self) -> str:
        return json.dumps(refine(super().to_schema(), self.operations), sort_keys=True)

    def to_schema(self) -> dict[str, Any]:
        """Give the refined document, every key in its sorted place; each caller has one to keep.

        Made once, which takes seconds: the routes are all there before anybody can ask.
        """
        ordered: dict[str, Any] = json.loads(self._refined)
        return ordered


@dataclass
class RefinedConfig(OpenAPIConfig):
    """Remembers each handler under its operation id, for the refinement."""

    handlers: Handlers = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.operation_id_creator = self.name_operation

    def name_operation(self, handler: HTTPRouteHandler, _method: Method, _path: list[Any]) -> str:
        """Name an operation after its handler: add_stage is addStage, wherever its route moves."""
        name = operation_name(handler)
        self.handlers[name] = handler
        return name

    def to_openapi_schema(self) -> OpenAPI:
        """Give Litestar the document to fill in."""
        self.handlers.clear()
        base = super().to_openapi_schema()
        parts = {name: getattr(base, name) for name in OpenAPI.__dataclass_fields__}
        return RefinedOpenAPI(**parts, handlers=self.handlers)


def openapi_config(version: str = VERSION) -> OpenAPIConfig:
    """Describe the API to Litestar; the reference pages come with it, under /docs."""
    bearer = SecurityScheme(type="http", scheme="bearer", bearer_format="JWT", description=BEARER)
    access = SecurityScheme(type="http", scheme="bearer", description=ACCESS_TOKEN)
    return RefinedConfig(
        title="Touchstone",
        version=version,
        description=DESCRIPTION,
        contact=Contact(name="The maintainers of this installation"),
        license=License(name="Apache License 2.0", identifier="Apache-2.0"),
        servers=[INSTALLATION],
        components=Components(security_schemes={"bearerAuth": bearer, "accessToken": access}),
        security=[{"bearerAuth": []}],
        use_handler_docstrings=True,
        openapi_router=docs_router(),
    )


def document(app: Litestar) -> bytes:
    """Render the document of an app: the same bytes on every machine and every run."""
    text = json.dumps(app.openapi_schema.to_schema(), indent=1, sort_keys=True, ensure_ascii=False)
    return text.encode() + b"\n"


def operations(app: Litestar) -> dict[str, Operation]:
    """Give every documented operation of an app by its id."""
    return app.openapi_schema.operations if isinstance(app.openapi_schema, RefinedOpenAPI) else {}
