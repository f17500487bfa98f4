"""Addresses that lie: ids of nothing and of other kinds, parameters nobody listens to, cursors."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from domain.ids import new_id
from tests.api.described import DOCUMENT
from tests.api.hostile.seconds import two_of_each
from tests.api.hostile.target import GOOD, Target, refused
from tests.api.permissions.shapes import STALE
from tests.each import each

UNPAGED = ("listRatings", "listSimilarAnnotations", "listPresence", "listSignInProviders")
LISTS = [
    one["operationId"]
    for item in DOCUMENT["paths"].values()
    for one in item.values()
    if any(asked.get("name") == "cursor" for asked in one.get("parameters", ()))
]
PLACES = [
    name for name, probe in GOOD.items() if "{" in probe.path.partition("?")[0] and not probe.own
]
HUGE = "9" * 21

CURSORS = [
    "x", "null", "%00", "....", "-", "e30", "W10", "WzFd", "a" * 1024, "a" * 1025, "é", HUGE,
    "%F0%9F%98%80", urlsafe_b64encode(b"[" * 700).decode(),
    urlsafe_b64encode(b'["\\ud800"]').decode(),
]  # fmt: skip


def wrong_values(schema: dict[str, Any]) -> list[str]:
    """What a parameter with this schema must refuse; `null` is no way to leave it out."""
    if schema.get("maxLength"):
        return ["x" * (schema["maxLength"] + 1)]
    if schema["type"] == "integer":
        ends = [str(schema["minimum"] - 1), str(schema["maximum"] + 1)]
        return [
            *ends,
            HUGE,
            f"-{HUGE}",
            "abc",
            "1.5",
            "1e400",
            "0x1",
            "%2B1",
            "%201",
            "true",
            "null",
        ]
    numbers = ["0.5", "1", "-1", "1e3"] if schema.get("format", "").startswith("date") else []
    return ["no_such_value", HUGE, "%F0%9F%98%80", "null", "NULL", *numbers]


def parameter_faults(described: dict[str, Any], target: Target) -> Iterator[tuple[str, str]]:
    """A query string that is wrong, and the parameter that is to blame."""
    asked = [one for one in described.get("parameters", ()) if one.get("in") == "query"]
    for one in asked:
        name, schema = one["name"], target.resolved(one["schema"])
        yield from [(f"{name}=", name), (f"{name}=%00", name), (f"{name.title()}=1", name.title())]
        for value in wrong_values(target.resolved(schema.get("items", schema))):
            yield f"{name}={value}", name
        if schema.get("type") != "array":
            yield f"{name}=1&{name}=2", name
        if "maxItems" in schema:
            yield "&".join([f"{name}={new_id()}"] * (schema["maxItems"] + 1)), name


@each("operation", GOOD)
async def test_every_parameter_refuses_what_does_not_fit(target: Target, operation: str) -> None:
    probe, caller = GOOD[operation], target.caller(operation)
    faults = [
        ("colour=red", "colour"),
        ("colour", "colour"),
        ("__proto__=1", "__proto__"),
        *parameter_faults(target.described(operation), target),
    ]
    body = target.body(operation) if "requestBody" in target.described(operation) else None
    for query, name in faults:
        address = target.asked(operation, query)
        places = refused(await caller.call(probe.method, address, body, If_Match='"1"'), 400)
        told = f"{operation}?{query}: {places}"
        assert [one["parameter"] for one in places] == [name], told
        assert places[0]["detail"], told


@pytest.mark.parametrize("query", ["%ff", "%ed%a0%80", "a=%c0%af", "&".join(["status=a"] * 201)])
async def test_a_query_that_cannot_be_read(target: Target, query: str) -> None:
    reply = await target.cast["owner"].get(f"/v1/journeys?q={query}")
    refused(reply, 400)
    assert reply.json()["code"] == "malformed_query"


async def test_an_address_of_nine_kilobytes(target: Target) -> None:
    reply = await target.cast["owner"].get(f"/v1/journeys?q={'x' * 9000}")
    refused(reply, 414)


async def test_more_tags_than_anybody_keeps(target: Target) -> None:
    most = DOCUMENT["components"]["parameters"]["IfNoneMatch"]["schema"]["maxLength"]
    me = target.cast["owner"]
    assert (await me.get("/v1/me", If_None_Match="0" * most)).status_code == 200
    (fault,) = refused(await me.get("/v1/me", If_None_Match="0" * (most + 1)), 400)
    assert fault["parameter"] == "If-None-Match"


def wrong_ids(right: str) -> list[str]:
    """What looks like an id, more or less."""
    return [
        "1", "0", "-1", "me-too", "null", "undefined", "%20", f"{right}%00", f"%00{right}", "%ff",
        right[:-1], f"{right}0", f"%7B{right}%7D", f"urn:uuid:{right}", "..%2f..%2fetc%2fpasswd",
        right.replace("-", ""), f"{right}%0a", f"{right}'--", "x" * 5000, "%F0%9F%98%80",
        str(UUID(int=0)), str(new_id()), str(UUID(int=2**128 - 1)),
    ]  # fmt: skip


@each("operation", PLACES)
async def test_what_is_no_id_is_not_found(target: Target, operation: str) -> None:
    probe, caller = GOOD[operation], target.caller(operation)
    kind = probe.path.split("{")[1].split("}")[0]
    things = {"subject": str(new_id())} | target.cast.things
    body = target.body(operation) if "requestBody" in target.described(operation) else None
    for wrong in wrong_ids(things[kind]):
        address = "/v1" + probe.path.format(**things | {kind: wrong})
        reply = await caller.call(probe.method, address, body, If_Match=STALE)
        refused(reply, reply.status_code)
        assert reply.status_code in (404, 405), f"{operation} of {wrong}: {reply.text}"
        assert reply.status_code == 404 or reply.headers["allow"]


PEOPLE = ("member", "report", "leaver", "service_member")
FOLLOWING = ("opportunity", "other_opportunity", "action", "delivered_action")
ALSO = {
    **dict.fromkeys(PEOPLE, PEOPLE),
    "signed_moment": ("journey", "child_journey", "future_journey", "moment"),
    "finding": FOLLOWING,
}
"""What else can stand in an address, under another name on the stage."""


@each("operation", PLACES)
async def test_an_id_of_another_kind_is_not_found(target: Target, operation: str) -> None:
    probe, caller = GOOD[operation], target.caller(operation)
    things = {"subject": target.cast.things["touchpoint"]} | target.cast.things
    kind = probe.path.split("{")[1].split("}")[0]
    body = target.body(operation) if "requestBody" in target.described(operation) else None
    before = await target.heads()
    for name, other in target.cast.things.items():
        alike = name.endswith(kind) or kind.endswith(name) or name in ALSO.get(kind, ())
        if alike or kind == "subject":
            continue
        address = "/v1" + probe.path.format(**things | {kind: other})
        reply = await caller.call(probe.method, address, body, If_Match='"1"')
        assert refused(reply, 404) == [], f"{operation} of a {name}"
    assert await target.heads() == before


def test_every_list_has_pages() -> None:
    assert {name for name in GOOD if name.startswith("list")} - set(LISTS) == set(UNPAGED)


@each("operation", LISTS)
async def test_a_cursor_that_is_none_of_ours(target: Target, operation: str) -> None:
    caller = target.caller(operation)
    for cursor in CURSORS:
        address = target.asked(operation, f"cursor={cursor}")
        places = refused(await caller.get(address), 400)
        assert [one["parameter"] for one in places] == ["cursor"], cursor


@each("operation", LISTS)
async def test_a_cursor_of_ours_that_was_tampered_with(target: Target, operation: str) -> None:
    caller, address = target.caller(operation), target.asked(operation, "limit=1")
    await two_of_each(target)
    cursor = (await caller.read(address))["next_cursor"]
    if cursor is None:
        assert operation in ONE_ONLY
        return
    bound, *keys = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    wrong: list[Any] = ["", "\0", "\ud800", HUGE, "-1", "x" * 300, "2026-99-01", "NaN", 1, None, {}]
    forged = [[bound, *[evil] * len(keys)] for evil in wrong]
    forged += [[bound], [bound, *keys, "x"], ["x", *keys], {"a": 1}, bound]
    forged += [[bound, *keys[:-1], evil] for evil in wrong]
    for one in forged:
        made = urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=")
        places = refused(await caller.get(f"{address}&cursor={made}"), 400)
        assert [place["parameter"] for place in places] == ["cursor"], one
    for cut in (cursor[:-1], cursor[1:], cursor[: len(cursor) // 2], cursor + "x", cursor * 2):
        refused(await caller.get(f"{address}&cursor={cut}"), 400)
    for other in LISTS:
        if target.path(other) != target.path(operation):
            asked = target.asked(other, f"cursor={cursor}")
            reply = await target.caller(other).get(asked)
            assert [one["code"] for one in refused(reply, 400)] == ["invalid_cursor"], other


ONE_ONLY = {
    "listSessions",
    "listMyOrganizations",
    "listOrphanedJourneys",
    "listAnnotationRevisions",
    "listMemberActivity",
    "listDepartmentActivity",
}


async def test_a_cursor_belongs_to_its_filters(target: Target) -> None:
    await two_of_each(target)
    owner = target.cast["owner"]
    subject = target.cast.things["touchpoint"]
    for address, other in (
        (f"/v1/annotations?subject={subject}", f"/v1/annotations?subject={subject}&kind=idea"),
        (f"/v1/annotations?subject={subject}", "/v1/annotations"),
        ("/v1/journeys", "/v1/journeys?sort=title"),
        ("/v1/journeys?sort=-title", "/v1/journeys?sort=title"),
        ("/v1/members", "/v1/members?group=executive"),
        ("/v1/moments", "/v1/moments?status=nominated"),
    ):
        join = "&" if "?" in address else "?"
        cursor = (await owner.read(f"{address}{join}limit=1"))["next_cursor"]
        assert cursor, address
        assert (await owner.get(f"{address}{join}cursor={cursor}")).status_code == 200
        reply = await owner.get(f"{other}{'&' if '?' in other else '?'}cursor={cursor}")
        assert [one["code"] for one in refused(reply, 400)] == ["invalid_cursor"], other
