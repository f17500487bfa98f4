"""openapi/webhooks.json: drawn from the code, valid, and complete."""

import json

from openapi_spec_validator import validate

from api.schemas.integration.webhooks_document import webhooks_document
from domain.facts import Verb
from domain.rules.webhooks import PING
from tests.api.integration.contract import DOCUMENT, PUBLISHED, validator


def test_it_is_the_one_that_the_code_makes() -> None:
    assert PUBLISHED.read_bytes() == webhooks_document(), "run `make openapi`"


def test_it_is_valid_and_its_examples_are_too() -> None:
    validate(DOCUMENT)
    for name, schema in (("event", "WebhookEvent"), ("ping", "WebhookPing")):
        example = DOCUMENT["components"]["examples"][name]["value"]
        validator(f"#/components/schemas/{schema}").validate(example)


def test_every_kind_of_event_is_described() -> None:
    assert set(DOCUMENT["webhooks"]) == {verb.value for verb in Verb} | {PING}
    names = [one["post"]["operationId"] for one in DOCUMENT["webhooks"].values()]
    assert len(names) == len(set(names))
    assert all(name.isalnum() for name in names)


def test_nothing_is_null_that_always_is() -> None:
    data = DOCUMENT["components"]["schemas"]["WebhookEventData"]
    nullable = {name for name, one in data["properties"].items() if "null" in json.dumps(one)}
    assert nullable == {"journey_id", "touchpoint_id", "from_touchpoint_id"}
    assert sorted(data["properties"]) == data["required"]
