"""Every example that the document shows is one that the schemas allow."""

import json
from collections.abc import Iterator
from typing import Any

from jsonschema_rs import Draft202012Validator, Registry

from api.openapi.stated import STATED
from tests.api.contract import ROOT, closed
from tests.api.described import DOCUMENT

REGISTRY = Registry([(ROOT, closed(DOCUMENT))])
SHARED = DOCUMENT["components"]["examples"]
OPERATIONS = {
    operation["operationId"]: operation
    for item in DOCUMENT["paths"].values()
    for operation in item.values()
}
Shown = tuple[str, Any, Any]


def parameters() -> Iterator[Shown]:
    """Give the example of each parameter: where, its schema, and the example."""
    for name, operation in OPERATIONS.items():
        for parameter in operation.get("parameters", ()):
            if "schema" in parameter:
                yield f"{name} {parameter['name']}", parameter["schema"], parameter.get("example")
    for name, parameter in DOCUMENT["components"]["parameters"].items():
        yield name, parameter["schema"], parameter["example"]


def contents() -> Iterator[Shown]:
    """Give the example of each body and good reply, but for the bytes of files."""
    for name, operation in OPERATIONS.items():
        good = [one for code, one in operation["responses"].items() if code[0] == "2"]
        for holder in (operation.get("requestBody", {}), *good):
            for media, content in holder.get("content", {}).items():
                if content["schema"].get("format") != "binary":
                    yield f"{name} {media}", content["schema"], shown(content)


def shown(content: dict[str, Any]) -> Any:
    """Follow a shared example."""
    if "examples" not in content:
        return content.get("example")
    return SHARED[content["examples"]["example"]["$ref"].rpartition("/")[2]]["value"]


def checked(found: list[Shown]) -> list[str]:
    """Tell what is wrong, taking the schemas as strictly as the watchman of replies does."""
    told = {json.dumps([schema, example]): (w, schema, example) for w, schema, example in found}
    return [
        f"{where}: {fault.message[:200]}"
        for where, schema, example in told.values()
        for fault in checker(schema).iter_errors(example)
    ]


def checker(schema: dict[str, Any]) -> Draft202012Validator:
    """Check against a schema of the document."""
    absolute = json.loads(json.dumps(schema).replace('"#/', f'"{ROOT}#/'))
    return Draft202012Validator(absolute, registry=REGISTRY, validate_formats=True)


def test_every_body_and_reply_shows_what_it_looks_like() -> None:
    found = list(contents())
    assert len(found) > len(OPERATIONS)
    assert [where for where, _, example in found if example is None] == []
    assert checked(found) == []


def test_every_parameter_shows_a_value() -> None:
    found = list(parameters())
    assert [where for where, _, example in found if example is None] == []
    assert checked(found) == []


def test_the_same_noun_has_the_same_id_all_over() -> None:
    whole, journey = (SHARED[name]["value"] for name in ("GetJourneyMapReply", "Journey"))
    assert whole["journey"]["id"] == journey["id"]
    assert whole["stages"][0]["journey_id"] == journey["id"]


def test_what_is_stated_of_a_struct_is_of_one_that_there_is() -> None:
    assert set(STATED) <= set(DOCUMENT["components"]["schemas"])
