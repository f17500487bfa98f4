"""The watchman of the contract sees what he is there to see."""

from collections.abc import Mapping
from typing import Any

import pytest
from httpx import Request, Response

from tests.api.contract import BrokenPromise, Contract

SCHEMAS = {
    "Problem": {"type": "object", "properties": {"code": {"type": "string"}}, "required": ["code"]},
    "Stage": {
        "type": "object",
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}},
        },
        "required": ["id", "parts"],
    },
    "Part": {"type": "object", "properties": {"at": {"type": ["string", "null"]}}},
}
ANSWERS = {
    "200": {
        "headers": {"ETag": {}},
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Stage"}}},
    },
    "204": {"headers": {}},
    "404": {"$ref": "#/components/responses/NotFound"},
    "default": {"$ref": "#/components/responses/NotFound"},
}
KIND = {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": {"not_found": {}}}
PROBLEM = {"headers": {}, "content": {"application/problem+json": KIND}}
CONTRACT = Contract(
    {
        "paths": {"/v1/stages/{stage_id}": {"get": {"responses": ANSWERS}}},
        "components": {"schemas": SCHEMAS, "responses": {"NotFound": PROBLEM}},
    }
)
STAGE = {"id": "0198c0de-77aa-7000-8000-000000000000", "parts": [{"at": None}]}
TAGGED = {"ETag": '"1"'}
AS_PROBLEM = {"Content-Type": "application/problem+json"}


def check(status: int, body: Any = None, headers: Mapping[str, str] = TAGGED, **more: Any) -> None:
    request = Request("GET", "http://test/v1/stages/1")
    content = {"json": body} if body is not None else {}
    reply = Response(status, headers=dict(headers), request=request, **content, **more)
    CONTRACT.check("GET", "/v1/stages/1", reply)


def test_lets_pass_what_is_documented() -> None:
    check(200, STAGE)
    check(204, headers={})
    check(404, {"code": "not_found"}, AS_PROBLEM)
    check(500, {"code": "unexpected"}, AS_PROBLEM)


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        pytest.param(201, STAGE, TAGGED, id="a status that is not documented"),
        pytest.param(409, {"code": "x"}, AS_PROBLEM, id="a problem that is not documented"),
        pytest.param(200, STAGE, {}, id="no ETag"),
        pytest.param(200, STAGE, {**TAGGED, "X-Odd": "1"}, id="a header nobody is told of"),
        pytest.param(200, None, TAGGED, id="no body"),
        pytest.param(204, STAGE, {}, id="a body where there is none"),
        pytest.param(404, {"code": "not_found"}, {}, id="a problem as plain JSON"),
        pytest.param(404, {"code": "x"}, AS_PROBLEM, id="a code the operation does not document"),
        pytest.param(200, {**STAGE, "id": "7"}, TAGGED, id="another format"),
        pytest.param(200, {"id": STAGE["id"]}, TAGGED, id="a field missing"),
        pytest.param(200, {**STAGE, "x": 1}, TAGGED, id="a field too many"),
        pytest.param(200, {**STAGE, "parts": [{"x": 1}]}, TAGGED, id="one too many deep inside"),
        pytest.param(500, {"detail": "boom"}, AS_PROBLEM, id="a failure without a code"),
    ],
)
def test_refuses(status: int, body: Any, headers: Mapping[str, str]) -> None:
    with pytest.raises(BrokenPromise):
        check(status, body, headers)


def test_does_not_look_at_what_is_not_documented() -> None:
    assert CONTRACT.operation("GET", "/v1/nowhere") is None
    assert CONTRACT.operation("HEAD", "/v1/stages/1") is not None
