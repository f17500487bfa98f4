"""The JSON Schema of journeymap/1, made of the structs that read it."""

import json
from typing import Any

import msgspec

from api.openapi.shapes import repaired, walk
from api.schemas.maps.imports import ImportDocument

ADDRESS = "/v1/schemas/journeymap-1.json"


def schema() -> bytes:
    """The schema: the same bytes on every machine."""
    (top,), parts = msgspec.json.schema_components([ImportDocument], ref_template="#/$defs/{name}")
    named: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ADDRESS,
        "title": "journeymap/1",
        "description": "A customer journey map, with what was said on it and what follows from it.",
        **top,
        "$defs": {name: walk(part, repaired) for name, part in parts.items()},
    }
    return json.dumps(named, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"
