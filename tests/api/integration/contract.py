"""What is sent, held against what openapi/webhooks.json says: the body, the headers, the code."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from tests.api.integration.receiver import Received

PUBLISHED = Path(__file__).parents[3] / "openapi" / "webhooks.json"
DOCUMENT: dict[str, Any] = json.loads(PUBLISHED.read_bytes())


def described(event: str) -> dict[str, Any]:
    """What the document says of a kind of events."""
    found: dict[str, Any] = DOCUMENT["webhooks"][event]["post"]
    return found


@cache
def validator(reference: str) -> Any:
    """Validates against a part of the document."""
    whole = {"$ref": reference, "components": DOCUMENT["components"]}
    return jsonschema_rs.validator_for(whole, validate_formats=True)


def hold(got: Received) -> None:
    """Refuse what the document does not describe."""
    said = described(got.told["type"])
    body = said["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    validator(body).validate(got.told)
    properties = DOCUMENT["components"]["schemas"][body.rsplit("/", 1)[-1]]["properties"]
    assert set(got.told) == set(properties)
    for parameter in said["parameters"]:
        told = DOCUMENT["components"]["parameters"][parameter["$ref"].rsplit("/", 1)[-1]]
        given: Any = got.headers[told["name"]]
        value = int(given) if told["schema"]["type"] == "integer" else given
        jsonschema_rs.validate(told["schema"], value)
    assert got.headers["content-type"] == "application/json"
    assert len(got.body) < 20_000


def documented_verifier() -> Any:
    """The function that the document tells receivers to verify with."""
    (code,) = re.findall(r"```python\n(.*?)```", DOCUMENT["info"]["description"], re.S)
    known: dict[str, Any] = {}
    exec(code, known)
    return known["verify"]
