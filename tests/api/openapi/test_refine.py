"""What the refinement mends, one small API at a time."""

from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import msgspec
from litestar import Controller, Litestar, Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import UNSET, Meta, UnsetType

from api.openapi import document, openapi_config
from domain.policy import POLICY
from domain.roles import May


class Shape(StrEnum):
    """How it looks."""

    WIDE = "wide"
    NARROW = "narrow"


class NewThing(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """A thing to make."""

    example: ClassVar[dict[str, Any]] = {"name": "Kite", "note": None}

    name: Annotated[str, Meta(max_length=9)]
    """What it is called."""
    note: Annotated[str, Meta(max_length=99)] | None = None
    shape: Shape = Shape.NARROW
    color: Literal["red", "dark blue"] | None = None


class ThingChanges(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """What to change."""

    example: ClassVar[dict[str, Any]] = {"name": "Kite"}

    name: Annotated[str, Meta(max_length=9)] | UnsetType = UNSET
    note: Annotated[str, Meta(max_length=99)] | UnsetType | None = UNSET


class Round(msgspec.Struct, tag="round", kw_only=True, frozen=True):
    """Has a radius."""

    radius: Annotated[int, Meta(ge=0, le=100)]


class Square(msgspec.Struct, tag="square", kw_only=True, frozen=True):
    """Has a side."""

    side: int


class Thing(msgspec.Struct, kw_only=True, frozen=True):
    """A thing as it is. There are many."""

    example: ClassVar[dict[str, Any]] = {"name": "Kite"}

    name: str
    shape: Shape | None
    form: Round | Square
    version: int


async def expected() -> int:
    return 1


class Things(Controller):
    """Things there are."""

    path = "/v1/things"
    dependencies = {"expected": expected}  # noqa: RUF012

    @post("/", opt={"may": May.EDIT_JOURNEY})
    async def make_thing(self, data: JSONBody[NewThing]) -> Response[Thing]:
        """Make a thing. It stays."""
        raise NotImplementedError(data)

    @get("/{thing_id:uuid}", opt={"may": May.READ_JOURNEY})
    async def get_thing(
        self, thing_id: FromPath[UUID], shape: FromQuery[list[Shape] | None] = None
    ) -> Response[Thing]:
        """Read a thing."""
        raise NotImplementedError(thing_id, shape)

    @patch("/{thing_id:uuid}", opt={"may": May.EDIT_JOURNEY})
    async def change_thing(
        self, thing_id: FromPath[UUID], data: JSONBody[ThingChanges], expected: NamedDependency[int]
    ) -> Response[Thing]:
        """Change a thing."""
        raise NotImplementedError(thing_id, data, expected)

    @post("/open", opt={"public": True, "problems": (401,)}, status_code=200)
    async def open_door(self) -> None:
        """Open the door."""


APP = Litestar([Things], openapi_config=openapi_config())
DOCUMENT: dict[str, Any] = msgspec.json.decode(document(APP))
SCHEMAS = DOCUMENT["components"]["schemas"]
MAKE = DOCUMENT["paths"]["/v1/things"]["post"]
READ = DOCUMENT["paths"]["/v1/things/{thing_id}"]["get"]
CHANGE = DOCUMENT["paths"]["/v1/things/{thing_id}"]["patch"]
OPEN = DOCUMENT["paths"]["/v1/things/open"]["post"]


def test_the_bytes_are_the_same_every_time() -> None:
    again = Litestar([Things], openapi_config=openapi_config())
    assert document(APP) == document(again)


def test_an_operation_says_what_it_is_and_who_may() -> None:
    assert MAKE["operationId"] == "makeThing"
    assert MAKE["summary"] == "Make a thing"
    who = f"Who may: {POLICY[May.EDIT_JOURNEY].says}."
    assert MAKE["description"] == f"It stays.\n\n{who}"
    assert MAKE["x-permission"] == "edit_journey"
    assert MAKE["tags"] == ["test_refine"]
    assert DOCUMENT["tags"] == [
        {"name": "test_refine", "x-displayName": "Test refine", "description": "Things there are."}
    ]


def test_a_public_operation_takes_no_token() -> None:
    assert OPEN["security"] == []
    assert "401" in OPEN["responses"]
    assert "403" not in OPEN["responses"]
    assert "parameters" not in OPEN


def test_a_request_has_no_defaults_and_refuses_more() -> None:
    thing = SCHEMAS["NewThing"]
    assert thing["additionalProperties"] is False
    assert thing["required"] == ["name"]
    assert thing["properties"]["name"]["description"] == "What it is called."
    assert thing["properties"]["note"] == {"type": ["string", "null"], "maxLength": 99}
    assert thing["properties"]["shape"]["description"] == 'Default: "narrow".'
    assert "default" not in thing["properties"]["shape"]


def test_an_example_is_what_the_struct_says_or_what_the_schema_allows() -> None:
    examples = DOCUMENT["components"]["examples"]
    shown = MAKE["requestBody"]["content"]["application/json"]["examples"]
    assert shown == {"example": {"$ref": "#/components/examples/NewThing"}}
    assert examples["NewThing"]["value"] == NewThing.example
    assert examples["Thing"]["value"]["form"]["type"] == "round"
    assert examples["Thing"]["value"]["shape"] == "wide"
    assert examples["Thing"]["value"]["name"] == "Kite"


def test_what_has_no_name_is_named_after_where_it_stands() -> None:
    color = SCHEMAS["NewThing"]["properties"]["color"]
    assert color == {"anyOf": [{"$ref": "#/components/schemas/NewThingColor"}, {"type": "null"}]}
    assert SCHEMAS["NewThingColor"] == {
        "type": "string",
        "enum": ["dark blue", "red"],
        "x-enum-varnames": ["DARK_BLUE", "RED"],
    }


def test_a_reply_is_bounded_where_a_request_beside_it_is() -> None:
    assert SCHEMAS["Thing"]["properties"]["name"] == {"type": "string", "maxLength": 9}


def test_a_patch_is_a_merge_patch_of_one_version() -> None:
    assert list(CHANGE["requestBody"]["content"]) == ["application/merge-patch+json"]
    assert {"$ref": "#/components/parameters/IfMatch"} in CHANGE["parameters"]
    assert {"412", "428", "422", "415", "413", "409"} <= set(CHANGE["responses"])
    changes = SCHEMAS["ThingChanges"]
    assert "required" not in changes
    assert changes["properties"]["name"] == {"type": "string", "maxLength": 9}


def test_a_reply_has_every_field_and_says_which_form() -> None:
    thing = SCHEMAS["Thing"]
    assert thing["required"] == ["form", "name", "shape", "version"]
    assert thing["properties"]["form"] == {"$ref": "#/components/schemas/ThingForm"}
    assert SCHEMAS["ThingForm"]["discriminator"]["propertyName"] == "type"
    assert len(SCHEMAS["ThingForm"]["oneOf"]) == 2
    assert SCHEMAS["Round"]["properties"]["type"] == {"type": "string", "const": "round"}
    radius = {"type": "integer", "minimum": 0, "maximum": 100, "format": "int32"}
    assert SCHEMAS["Round"]["properties"]["radius"] == radius
    assert SCHEMAS["Square"]["properties"]["side"] == {"type": "integer", "format": "int64"}


def test_an_enum_keeps_its_order() -> None:
    assert SCHEMAS["Shape"]["enum"] == ["wide", "narrow"]
    assert SCHEMAS["Shape"]["x-enum-varnames"] == ["WIDE", "NARROW"]
    assert SCHEMAS["Shape"]["type"] == "string"


def test_a_query_parameter_is_never_null() -> None:
    shape = next(p for p in READ["parameters"] if p.get("name") == "shape")
    items = {"$ref": "#/components/schemas/Shape"}
    assert shape["schema"] == {"type": "array", "items": items}


def test_what_has_a_version_has_an_etag() -> None:
    assert "ETag" in READ["responses"]["200"]["headers"]
    assert "304" in READ["responses"]
    assert {"$ref": "#/components/parameters/IfNoneMatch"} in READ["parameters"]
    assert READ["responses"]["200"]["description"] == "A thing as it is."


def test_making_has_a_place_and_can_be_repeated() -> None:
    assert {"$ref": "#/components/parameters/IdempotencyKey"} in MAKE["parameters"]
    assert {"Location", "ETag", "Idempotent-Replayed"} <= set(MAKE["responses"]["201"]["headers"])


def test_problems_have_one_shape() -> None:
    for response in DOCUMENT["components"]["responses"].values():
        assert list(response["content"]) == ["application/problem+json"]
    too_many = DOCUMENT["components"]["responses"]["TooManyRequests"]
    assert "Retry-After" in too_many["headers"]
    assert READ["responses"]["default"] == {"$ref": "#/components/responses/Problem"}
