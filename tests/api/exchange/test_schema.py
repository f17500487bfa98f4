"""The published schema: that of the code, served to anybody, and true of what is exported."""

from pathlib import Path

import httpx
from jsonschema_rs import Draft202012Validator

from api.commands.openapi import SCHEMA
from api.schemas.exchange.schema import schema
from tests.api.exchange.test_exports import exported, imported
from tests.api.maps.documents import JOURNEY
from tests.world import World


def test_the_committed_schema_is_that_of_the_code() -> None:
    assert Path(SCHEMA).read_bytes() == schema(), "run `touchstone openapi`"


async def test_it_is_served_and_says_what_an_export_looks_like(
    world: World, http: httpx.AsyncClient
) -> None:
    reply = await http.get("/v1/schemas/journeymap-1.json")
    assert reply.headers["content-type"] == "application/schema+json"
    validator = Draft202012Validator(reply.json(), validate_formats=True)
    org = await world.organization()
    document = await exported(org.admin, await imported(org.admin, JOURNEY))
    assert list(validator.iter_errors(document)) == []
    assert list(validator.iter_errors(JOURNEY)) == []
    assert list(validator.iter_errors(document | {"format": "journeymap/2"}))
    assert list(validator.iter_errors(document | {"unknown": 1}))
