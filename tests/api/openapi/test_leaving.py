"""What is on its way out says so: in every reply, in the document, in the log, in good time."""

import json
import logging
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated, Any, ClassVar

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar import Controller, Litestar, get, post
from litestar.exceptions.http_exceptions import PermissionDeniedException
from litestar.params import FromQuery, JSONBody
from msgspec import Meta

from api.app import enveloped
from api.middleware.leaving import MONTHS, Deprecation, HastyDeprecation, later
from api.openapi import document, openapi_config, refuse_dead_ends
from api.openapi.stability import differences
from api.problems import on_error
from api.settings import Settings
from domain.roles import May

GOING = Deprecation(
    since=date(2026, 12, 1), sunset=date(2027, 6, 1), instead="listThings", why="It has no pages."
)
RENAMED = Deprecation(since=date(2026, 12, 1), sunset=date(2027, 12, 1), instead="title")
SAID = "Deprecated since 2026-12-01, gone after 2027-06-01. Use `listThings` instead."


class ThingNew(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """A thing to make."""

    example: ClassVar[dict[str, Any]] = {"unit": "%"}

    unit: Annotated[str, Meta(max_length=9), RENAMED.field] | None = None
    """What it is counted in."""
    title: Annotated[str, Meta(max_length=9)] | None = None


class Things(Controller):
    """Things there are."""

    path = "/v1/things"

    @get("/all", may=May.READ_JOURNEY, leaving=GOING)
    async def all_things(self, refused: FromQuery[bool] = False) -> list[str]:
        """Read them all."""
        if refused:
            raise PermissionDeniedException("Not for you.")
        return ["kite"]

    @get("/", may=May.READ_JOURNEY, leaving_parameters={"unit": RENAMED})
    async def list_things(self, unit: FromQuery[str | None] = None) -> list[str]:
        """List them."""
        return [unit or "kite"]

    @post("/", may=May.EDIT_JOURNEY)
    async def make_thing(self, data: JSONBody[ThingNew]) -> None:
        """Make one."""


def small(*controllers: type[Controller]) -> Litestar:
    app = Litestar(
        list(controllers),
        openapi_config=openapi_config(),
        exception_handlers={Exception: on_error},
        logging_config=None,
    )
    app.state.settings = Settings(env="test", secret="signs nothing here, nothing at all")
    return app


APP = small(Things)
DOCUMENT: dict[str, Any] = msgspec.json.decode(document(APP))
OLD = DOCUMENT["paths"]["/v1/things/all"]["get"]
LIST = DOCUMENT["paths"]["/v1/things"]["get"]


async def asked(path: str, method: str = "GET") -> httpx.Response:
    transport = httpx.ASGITransport(enveloped(APP))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.request(method, path)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/things/all", 200),
        ("HEAD", "/v1/things/all", 200),
        ("GET", "/v1/things/all?refused=true", 403),
        ("GET", "/v1/things/all?refused=perhaps", 400),
    ],
)
async def test_every_reply_tells(method: str, path: str, status: int) -> None:
    reply = await asked(path, method)
    assert reply.status_code == status
    since = datetime.fromtimestamp(int(reply.headers["Deprecation"].removeprefix("@")), UTC)
    assert since == datetime(2026, 12, 1, tzinfo=UTC)
    assert parsedate_to_datetime(reply.headers["Sunset"]) == datetime(2027, 6, 1, tzinfo=UTC)
    assert reply.headers["Sunset"] == "Tue, 01 Jun 2027 00:00:00 GMT"
    assert reply.headers["Link"] == '</docs>; rel="deprecation"; type="text/html"'


async def test_what_stays_says_nothing() -> None:
    for path in ("/v1/things", "/v1/things/none"):
        assert {"deprecation", "sunset", "link"}.isdisjoint((await asked(path)).headers)


def test_the_document_says_so() -> None:
    assert OLD["deprecated"] is True
    assert OLD["description"].startswith(f"**{SAID} It has no pages.**\n\nWho may: ")
    assert {"Deprecation", "Sunset", "Link"} <= set(OLD["responses"]["200"]["headers"])
    assert {"Deprecation", "Sunset", "Link"} <= set(DOCUMENT["components"]["headers"])
    assert "deprecated" not in LIST
    assert "Deprecation" not in LIST["responses"]["200"]["headers"]


def test_a_parameter_and_a_field_say_so() -> None:
    (parameter,) = [one for one in LIST["parameters"] if one.get("name") == "unit"]
    assert parameter["deprecated"] is True
    assert parameter["description"].endswith("Use `title` instead.")
    fields = DOCUMENT["components"]["schemas"]["ThingNew"]["properties"]
    assert fields["unit"]["deprecated"] is True
    assert fields["unit"]["maxLength"] == 9
    assert fields["unit"]["description"] == f"What it is counted in. {RENAMED.sentence}"
    assert "deprecated" not in fields["title"]


def test_nothing_else_in_the_document_changes() -> None:
    class Staying(Controller):
        path = "/v1/things"
        all_things = get("/all", may=May.READ_JOURNEY)(Things.all_things.fn)
        list_things = get("/", may=May.READ_JOURNEY)(Things.list_things.fn)
        make_thing = post("/", may=May.EDIT_JOURNEY)(Things.make_thing.fn)

    before = msgspec.json.decode(document(small(Staying)))
    told = {one.rule.name for one in differences(before, DOCUMENT)}
    assert told == {"deprecated", "header added"}


async def test_the_log_counts_who_still_calls(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "touchstone.access"):
        await asked("/v1/things/all")
        await asked("/v1/things")
    lines = [one.getMessage() for one in caplog.records if one.name == "touchstone.access"]
    first, second = map(json.loads, lines)
    assert (first["path"], first["sunset"]) == ("/v1/things/all", "2027-06-01")
    assert "sunset" not in second


@given(st.dates(date(2000, 1, 1), date(2900, 1, 1)), st.integers(0, 1000))
def test_nobody_is_given_less_than_half_a_year(since: date, days: int) -> None:
    earliest = later(since, MONTHS)
    assert 181 <= (earliest - since).days <= 185
    sunset = date.fromordinal(since.toordinal() + days)
    if sunset >= earliest:
        Deprecation(since, sunset)
    else:
        with pytest.raises(HastyDeprecation, match="at the earliest"):
            Deprecation(since, sunset)


def test_nobody_is_sent_where_nothing_is() -> None:
    class Lost(Controller):
        path = "/v1/lost"

        @get("/", may=May.READ_JOURNEY, leaving=GOING)
        async def find_lost(self) -> None:
            """Find them."""

    refuse_dead_ends(APP)
    with pytest.raises(HastyDeprecation, match="findLost sends to listThings"):
        refuse_dead_ends(small(Lost))
