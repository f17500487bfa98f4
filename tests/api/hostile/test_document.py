"""What the document says is sent: its examples are good requests, and what schemathesis makes of it
is answered as it says. More of the second, with a server and for longer, in `make soak`.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import pytest
import requests
import schemathesis
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import ignored_auth

from tests.api.described import DOCUMENT, HANDLERS
from tests.api.hostile.target import GOOD, Target
from tests.each import each
from tests.world import Caller

OPERATIONS: dict[str, dict[str, Any]] = {
    one["operationId"]: one for item in DOCUMENT["paths"].values() for one in item.values()
}
ASKED = [name for name in OPERATIONS if name in GOOD and not HANDLERS[name].says]
WRITING = [name for name in ASKED if "requestBody" in OPERATIONS[name]]
READING = [
    name
    for name in ASKED
    if any(p.get("in") == "query" for p in OPERATIONS[name].get("parameters", ()))
]
TOGETHER = {
    ("rankMoments", "since"): ("include=previous",),
    ("rankMoments", "metric_id"): ("model=customer_metric",),
}
"""Parameters that mean something only beside another one."""
MALFORMED = {400, 405, 406, 413, 414, 415, 428}

SETTINGS = {
    "generation": {"with-security-parameters": False, "allow-x00": False},
    "checks": {
        "negative_data_rejection": {
            "expected-statuses": [400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 429]
        },
        "positive_data_acceptance": {
            "expected-statuses": [
                "2xx",
                "304",
                "400",
                "401",
                "403",
                "404",
                "409",
                "412",
                "422",
                "429",
            ]
        },
    },
}
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT, config=SchemathesisConfig.from_dict(SETTINGS))
MADE = {GenerationMode.POSITIVE: 1, GenerationMode.NEGATIVE: 1}
"""How many of the calls that the coverage phase of schemathesis makes up: always the same."""


async def caller(target: Target, operation: str) -> Caller:
    """Somebody who may, and who is not missed when the call ends their session."""
    if GOOD[operation].own:
        return await target.cast.org.member()
    return target.caller(operation)


def example_of(described: dict[str, Any]) -> Any:
    """The example that stands beside a body or a parameter, also a shared one."""
    if "example" in described:
        return described["example"]
    shown = next(iter(described["examples"].values()))
    if "$ref" in shown:
        shown = DOCUMENT["components"]["examples"][shown["$ref"].rpartition("/")[2]]
    return shown["value"]


def test_nothing_is_left_out() -> None:
    assert set(OPERATIONS) - set(GOOD) == {"getLiveness", "getReadiness"}


@each("operation", WRITING)
async def test_the_example_of_a_body_is_a_good_body(target: Target, operation: str) -> None:
    (content,) = OPERATIONS[operation]["requestBody"]["content"].values()
    by, path, probe = await caller(target, operation), target.path(operation), GOOD[operation]
    assert "example" in content or content.get("examples"), "a body without an example"
    body = example_of(content)
    if form := HANDLERS[operation].form:
        body = body | {form: b"a photo"}
    reply = await by.call(probe.method, path, body, If_Match='"7"')
    assert well_formed(reply), reply.text


@each("operation", READING)
async def test_the_example_of_a_parameter_is_a_good_parameter(
    target: Target, operation: str
) -> None:
    by = await caller(target, operation)
    body = target.body(operation) if operation in WRITING else None
    queries = list(examples_of_parameters(operation))

    async def asked(query: str) -> httpx.Response:
        return await by.call(GOOD[operation].method, target.asked(operation, query), body)

    if well_formed(await asked("&".join(queries))):
        return
    for query in queries:  # some exclude each other
        reply = await asked(query)
        assert well_formed(reply), f"{query}: {reply.text}"


def examples_of_parameters(operation: str) -> Iterator[str]:
    """Each parameter as its example, and what it means nothing without."""
    for asked in OPERATIONS[operation]["parameters"]:
        if asked.get("in") == "query" and asked["name"] != "cursor":  # only lists make cursors
            found = example_of(asked)
            values = found if isinstance(found, list) else [found]
            said = [f"{asked['name']}={quote(written(one))}" for one in values]
            yield "&".join([*said, *TOGETHER.get((operation, asked["name"]), ())])


def well_formed(reply: httpx.Response) -> bool:
    """Whether it could be understood; what an example names need not be there."""
    assert reply.status_code < 500, reply.text
    return reply.status_code not in MALFORMED or '"unknown_' in reply.text


def written(value: Any) -> str:
    """A value as a query says it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.fixture(scope="module")
def made_up() -> dict[str, Any]:
    """The operations as schemathesis sees them."""
    load_all_checks()
    found = (one.ok() for one in SCHEMA.get_all_operations())
    return {one.definition.raw["operationId"]: one for one in found}


def cases(operation: Any) -> Iterator[schemathesis.Case]:
    """Some calls of an operation, good ones and bad ones."""
    for mode, count in MADE.items():
        every = SCHEMA.iter_coverage_cases(
            operation, generation_modes=[mode], generation_config=SCHEMA.config.generation
        )
        yield from islice(every, count)


@each("operation", ASKED)
async def test_what_is_made_up_is_answered_as_documented(
    target: Target, made_up: dict[str, Any], operation: str
) -> None:
    by = await caller(target, operation)
    for case in cases(made_up[operation]):
        reply = await called(target, operation, case, by)
        try:
            case.validate_response(reply, excluded_checks=[ignored_auth])
        except FailureGroup as found:  # it is no Exception, and would end the run
            pytest.fail(str(found))


async def called(
    target: Target, operation: str, case: schemathesis.Case, by: Caller
) -> httpx.Response:
    """The call, about things that there are unless the place is what is wrong with it."""
    sent = requests.Request(**case.as_transport_kwargs(base_url="http://test")).prepare()
    path, query = urlsplit(sent.url).path, urlsplit(sent.url).query
    if case.meta.phase.data.parameter_location != "path" and sent.method == GOOD[operation].method:
        path = target.path(operation)
    headers = {name: str(value).encode("latin-1") for name, value in sent.headers.items()}
    headers["authorization"] = f"Bearer {by.token}".encode()
    address = f"{path}?{query}" if query else path
    reply = await by.http.request(sent.method, address, headers=headers, content=sent.body)
    reply.elapsed = timedelta()
    return reply
