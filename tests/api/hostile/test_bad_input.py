"""What goes wrong every day: each a problem that names the place, and nothing has changed."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from domain.ids import new_id
from tests.api.hostile.target import Target, refused

Place = tuple[str, str | None, str | None]
"""The code of a fault, its pointer, its parameter."""


@dataclass(frozen=True)
class Bad:
    """A request that everybody makes once, and what it is told."""

    operation: str
    status: int
    code: str
    place: Place | None = None
    body: Callable[[Target], dict[str, Any]] | None = None
    if_match: str = ""


def of(**fields: Any) -> Callable[[Target], dict[str, Any]]:
    """The good body with other values; `things` are named in braces."""

    def made(target: Target) -> dict[str, Any]:
        return {
            name: value.format(**target.cast.things) if isinstance(value, str) else value
            for name, value in fields.items()
        }

    return made


BAD: dict[str, Bad] = {
    "a wrong enum": Bad(
        "annotate", 400, "malformed", ("invalid", "#/kind", None),
        of(subject_id="{touchpoint}", kind="rant", body="x"),
    ),
    "an enum in capitals": Bad(
        "transitionJourney", 400, "malformed", ("invalid", "#/to", None), of(to="DRAFT"), "1",
    ),
    "an unknown field": Bad(
        "addStage", 400, "malformed", ("unknown_field", "#/colour", None),
        of(name="x", colour="red"),
    ),
    "a rating below the range": Bad(
        "rateTouchpoint", 400, "malformed", ("invalid", "#/emotional", None), of(emotional=0),
    ),
    "a rating above the range": Bad(
        "rateTouchpoint", 400, "malformed", ("invalid", "#/emotional", None), of(emotional=6),
    ),
    "an emotion below the range": Bad(
        "updateEmotion", 400, "malformed", ("invalid", "#/valence", None), of(valence=-3), "1",
    ),
    "an emotion above the range": Bad(
        "updateEmotion", 400, "malformed", ("invalid", "#/valence", None), of(valence=3), "1",
    ),
    "a name too long": Bad(
        "addStage", 400, "malformed", ("invalid", "#/name", None), of(name="x" * 201),
    ),
    "a touchpoint under a lane": Bad(
        "moveTouchpoint", 422, "invalid", ("unknown_stage", "#/stage_id", None),
        of(after=None, stage_id="{lane}"), "current",
    ),
    "an annotation on nothing": Bad(
        "annotate", 404, "not_found", None, of(subject_id=str(new_id()), kind="idea", body="x"),
    ),
    "an unknown template": Bad(
        "createJourney", 400, "unknown_template", ("unknown_template", "#/template", None),
        of(title="x", template="nine_stage"),
    ),
    "a template nobody may see": Bad(
        "createJourney", 422, "unknown_template", ("unknown_template", "#/template", None),
        of(title="x", template="{stage}"),
    ),
    "no If-Match": Bad("updateStage", 428, "precondition_required", None, of(name="x"), "none"),
    "an outdated If-Match": Bad("updateStage", 412, "stale", None, of(name="x"), "999"),
    "an If-Match without quotes": Bad(
        "updateStage", 400, "malformed", ("invalid_etag", None, "If-Match"), of(name="x"), "bare",
    ),
    "a stage after itself": Bad(
        "moveStage", 422, "moved_after_itself", ("moved_after_itself", "#/after", None),
        of(after="{stage}"), "current",
    ),
    "a department that is its own parent": Bad(
        "updateDepartment", 422, "department_cycle", ("department_cycle", "#/parent_id", None),
        of(parent_id="{department}"), "current",
    ),
    "a department below its own child": Bad(
        "updateDepartment", 422, "department_cycle", ("department_cycle", "#/parent_id", None),
        of(parent_id="{child}"), "current",
    ),
    "a parent that is a stage": Bad(
        "updateDepartment", 422, "unknown_department", ("unknown_department", "#/parent_id", None),
        of(parent_id="{stage}"), "current",
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
async def _nothing_changes(target: Target) -> AsyncIterator[None]:
    if "child" not in target.cast.things:
        body = {"name": "Below", "parent_id": target.cast.things["department"]}
        made = await target.cast["owner"].made("/v1/departments", body)
        target.cast.things["child"] = made["id"]
    before = await target.heads()
    yield
    assert await target.heads() == before


async def sent(target: Target, bad: Bad) -> httpx.Response:
    """The bad request, made."""
    body = bad.body(target) if bad.body else None
    if bad.if_match == "none":
        return await target.cast["owner"].patch(target.path(bad.operation), body)
    tag = {"bare": "1", "current": '"1"'}.get(bad.if_match, f'"{bad.if_match}"')
    return await target.send(bad.operation, body, tag)


@pytest.mark.parametrize("what", BAD)
async def test_it_is_told_where_and_nothing_changes(target: Target, what: str) -> None:
    bad = BAD[what]
    reply = await sent(target, bad)
    places = refused(reply, bad.status)
    told = reply.text[:400]
    assert reply.json()["code"] == bad.code, told
    if bad.place is not None:
        (found,) = places
        assert (found["code"], found["pointer"], found["parameter"]) == bad.place, told
    if bad.status == 412:
        assert reply.headers["etag"] == '"1"'


async def test_broken_json(target: Target) -> None:
    reply = await target.raw("annotate", b'{"body": ', content_type="application/json")
    (place,) = refused(reply, 400)
    assert (place["code"], place["pointer"]) == ("malformed_json", "#")


async def test_ten_megabytes(target: Target) -> None:
    body = b'{"body":"' + b"x" * 10_485_760 + b'"}'
    refused(await target.raw("annotate", body, content_type="application/json"), 413)


async def test_an_id_of_another_kind(target: Target) -> None:
    for path in ("/stages/{lane}", "/lanes/{stage}", "/touchpoints/{journey}", "/emotions/{stage}"):
        address = target.cast.path(path)
        refused(await target.cast["owner"].patch(address, {}, If_Match='"1"'), 404)


async def test_a_cursor_of_another_list(target: Target) -> None:
    owner = target.cast["owner"]
    cursor = (await owner.read("/v1/members?limit=1"))["next_cursor"]
    reply = await owner.get(f"/v1/departments?cursor={cursor}")
    (place,) = refused(reply, 400)
    assert (place["code"], place["parameter"]) == ("invalid_cursor", "cursor")


@pytest.mark.parametrize(
    "change", [{"administrator": False}, {"status": "suspended"}], ids=["demoted", "suspended"]
)
async def test_the_last_administrator_stays(target: Target, change: dict[str, Any]) -> None:
    org = await target.cast.org.world.organization()
    path = f"/v1/members/{org.admin.member_id}"
    before = await org.admin.get(path)
    reply = await org.admin.patch(path, change, If_Match=before.headers["etag"])
    refused(reply, 409)
    assert reply.json()["code"] == "last_administrator"
    assert (await org.admin.get(path)).json() == before.json()
