"""The committed document is the API, and it keeps the rules that clients are made by."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from openapi_spec_validator import validate
from openapi_spec_validator.validation.validators import OpenAPIV31SpecValidator

from api.middleware.advice import PATTERNS
from api.openapi.areas import AREAS
from api.schemas.identity.accounts import NOT_YET
from domain.roles import May
from tests.api.described import DOCUMENT, GENERATED, HANDLERS
from tests.each import each

PUBLISHED = Path(__file__).parents[3] / "openapi" / "openapi.json"
OPERATIONS = {
    operation["operationId"]: operation
    for item in DOCUMENT["paths"].values()
    for operation in item.values()
}
REQUESTS = {struct for op in HANDLERS.values() for struct in op.request_structs}
REPLIES = {struct for op in HANDLERS.values() for struct in op.reply_structs}


def test_the_committed_document_is_the_generated_one() -> None:
    committed = PUBLISHED.read_bytes() if PUBLISHED.exists() else b""
    same = committed == GENERATED  # compared here: a diff of a megabyte helps nobody
    assert same, "openapi/openapi.json is not what the API is now: run `make openapi`"


def test_the_document_is_valid() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    validate(DOCUMENT, cls=OpenAPIV31SpecValidator)


@each("name", OPERATIONS)
def test_every_operation_says_what_it_is_and_who_may(name: str) -> None:
    operation = OPERATIONS[name]
    assert re.fullmatch("[a-z]+([A-Z][a-z0-9]*)*", name)
    assert len(operation["tags"]) == 1
    assert operation["summary"]
    assert not operation["summary"].endswith(".")
    assert operation["description"]
    if operation.get("security") == []:
        assert "x-permission" not in operation
    else:
        assert operation["x-permission"] in set(May)
        assert "Who may: " in operation["description"]


@each("name", OPERATIONS)
def test_every_operation_documents_its_problems(name: str) -> None:
    operation = OPERATIONS[name]
    answers = operation["responses"]
    asked = {"400", "429", "503", "default"}
    if operation.get("security") != []:
        asked |= {"401", "403"}
    if "requestBody" in operation:
        asked |= {"413", "415", "422"}
    if {"$ref": "#/components/parameters/IfMatch"} in operation.get("parameters", []):
        asked |= {"412", "428"}
    assert asked <= set(answers)
    assert [code for code in answers if code[0] == "2"], "no good answer"


SAYINGS = {
    "getPolicy": "the reference says which operations exist in this release",
    "listRatings": "whose mean is exactly 1 or 5 tells what each of its members gave",
    "nominateMoment": "needs the right to state them",
}


@each("name", SAYINGS)
def test_what_surprised_readers_is_said(name: str) -> None:
    assert SAYINGS[name] in " ".join(OPERATIONS[name]["description"].split())


def test_every_tag_is_described_and_has_its_place() -> None:
    used = {operation["tags"][0] for operation in OPERATIONS.values()}
    described = {tag["name"]: tag["description"] for tag in DOCUMENT["tags"]}
    placed = [tag for group in DOCUMENT["x-tagGroups"] for tag in group["tags"]]
    assert used == set(described) == set(placed)
    assert len(placed) == len(set(placed))
    assert all(len(text) > len("Stages.") for text in described.values())


def test_every_area_has_its_heading() -> None:
    assert {op.area for op in HANDLERS.values()} <= set(AREAS)
    headings = [group["name"] for group in DOCUMENT["x-tagGroups"]]
    assert headings == [area.heading for area in AREAS.values() if area.heading in headings]
    assert headings[:3] == ["Identity", "Maps", "Voices"]


def test_every_object_enum_and_choice_has_a_name() -> None:
    """A generator that has to find a name by itself finds another one when something moves."""
    schemas = DOCUMENT["components"]["schemas"]
    roots = [*DOCUMENT["paths"].items(), *DOCUMENT["components"]["parameters"].items()]
    for name, schema in schemas.items():
        assert re.fullmatch("[A-Z][A-Za-z0-9]*", name)
        roots += [(f"{name}.{k}", v) for k, v in schema.get("properties", {}).items()]
    assert [where for where, node in roots if any(map(_anonymous, objects(node)))] == []


def _anonymous(schema: dict[str, Any]) -> bool:
    several = [c for k in ("anyOf", "oneOf") for c in schema.get(k, ()) if "$ref" in c]
    return "enum" in schema or schema.get("type") == "object" or len(several) > 1


def test_every_choice_between_objects_says_which_it_is() -> None:
    told_by_event = {
        content["text/event-stream"]["schema"].get("$ref", "").rpartition("/")[2]
        for operation in OPERATIONS.values()
        for answer in operation["responses"].values()
        if "text/event-stream" in (content := answer.get("content", {}))
    }
    choices = [
        (name, schema)
        for name, schema in DOCUMENT["components"]["schemas"].items()
        if any("$ref" in one for k in ("anyOf", "oneOf") for one in schema.get(k, ()))
        and name not in told_by_event
    ]
    assert len(choices) > 1
    assert [name for name, schema in choices if "discriminator" not in schema] == []


def objects(node: Any) -> Iterator[dict[str, Any]]:
    """Walk every JSON object below a node."""
    if isinstance(node, dict):
        yield node
    for child in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        yield from objects(child)


@each("struct", sorted(REQUESTS, key=str))
def test_every_request_refuses_unknown_fields(struct: type[msgspec.Struct]) -> None:
    assert struct.__struct_config__.forbid_unknown_fields
    schema = DOCUMENT["components"]["schemas"][struct.__name__]
    assert schema["additionalProperties"] is False
    assert [name for name, field in schema["properties"].items() if "default" in field] == []


def test_every_pattern_is_put_into_words() -> None:
    nodes = objects(DOCUMENT["components"]["schemas"])
    asked = {node["pattern"] for node in nodes if isinstance(node.get("pattern"), str)}
    assert len(asked) > 3
    assert asked <= set(PATTERNS)


def test_nobody_is_told_of_a_right_that_no_operation_asks_for() -> None:
    moves = {
        May.MOVE_TO_REVIEW,
        May.APPROVE_JOURNEY,
        May.PUBLISH_JOURNEY,
        May.ARCHIVE_JOURNEY,
        May.UNARCHIVE_JOURNEY,
        May.MANAGE_TOKENS,
    }  # transitionJourney asks for each of these, and the access tokens of others for the last
    asked = {one.may for one in HANDLERS.values() if one.may} | moves
    assert set(May) - NOT_YET == asked


@pytest.mark.parametrize(
    "struct", ["SignUp", "InvitationAcceptance", "PasswordResetRedemption", "PasswordChange"]
)
def test_the_rules_for_a_new_password_are_published(struct: str) -> None:
    fields = DOCUMENT["components"]["schemas"][struct]["properties"]
    new = fields.get("new_password") or fields["password"]
    assert (new["minLength"], new["maxLength"]) == (8, 1024)
    assert "At least 8 characters and at most 1,024 bytes" in new["description"]
    sign_in = DOCUMENT["components"]["schemas"]["SignIn"]["properties"]["password"]
    assert sign_in["minLength"] == 1


@each("struct", sorted(REPLIES, key=str))
def test_every_reply_carries_every_field(struct: type[msgspec.Struct]) -> None:
    assert [f.name for f in msgspec.structs.fields(struct) if not f.required] == []
    assert not struct.__struct_config__.omit_defaults
    schema = DOCUMENT["components"]["schemas"][struct.__name__]
    assert sorted(schema["required"]) == sorted(schema["properties"])


def test_no_struct_is_both_request_and_reply() -> None:
    assert {struct.__name__ for struct in REQUESTS & REPLIES} == set()


CHOOSING = {"SignIn", "Switch", "SignInBeginning"}
"""Those who have not been let in to an organization say which one they mean."""


@each("struct", sorted(REQUESTS, key=str))
def test_no_request_sets_what_the_server_sets(struct: type[msgspec.Struct]) -> None:
    owned = {
        "id",
        "version",
        "created_at",
        "updated_at",
        "organization_id",
        "author_id",
        "revision",
    }
    chosen = {"organization_id"} if struct.__name__ in CHOOSING else set()
    assert (owned - chosen).isdisjoint(struct.__struct_fields__)


@each("struct", sorted(REQUESTS | REPLIES, key=str))
def test_every_struct_says_what_it_is(struct: type[msgspec.Struct]) -> None:
    assert DOCUMENT["components"]["schemas"][struct.__name__].get("description")


def test_what_a_client_sends_is_bounded() -> None:
    unbounded = [
        f"{struct.__name__}.{name}"
        for struct in REQUESTS
        for name, field in DOCUMENT["components"]["schemas"][struct.__name__]["properties"].items()
        for schema in objects(field)
        if _unbounded(schema)
    ]
    assert sorted(unbounded) == []


def _unbounded(schema: dict[str, Any]) -> bool:
    kinds = schema.get("type", ())
    kinds = {kinds} if isinstance(kinds, str) else set(kinds)
    if kinds & {"string"}:
        return not schema.keys() & {"maxLength", "format", "enum", "const", "pattern"}
    if kinds & {"integer", "number"}:
        return not {"minimum", "maximum"} <= schema.keys()
    return "array" in kinds and "maxItems" not in schema
