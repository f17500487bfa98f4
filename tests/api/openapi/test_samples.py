"""The values that examples are made of: one for each field, none for its name, none for nobody."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from api.openapi import examples, owners
from api.openapi.examples import Examples
from api.openapi.illustrated import illustrate, own_examples
from tests.api.described import DOCUMENT, HANDLERS

SHARED = {name: one["value"] for name, one in DOCUMENT["components"]["examples"].items()}


class Asked(dict[str, Any]):
    """A table that notes which of its entries are asked for."""

    def __init__(self, entries: dict[str, Any]) -> None:
        super().__init__(entries)
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Any:
        self.asked.add(key)
        return super().__getitem__(key)

    def unused(self) -> set[str]:
        """Name the entries that nobody asked for."""
        return set(self) - self.asked


def leaves(value: Any, field: str) -> Iterator[tuple[str, Any]]:
    """Give each text, number and null of an example, with the field it stands in."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, field)
    else:
        yield field, value


def test_no_example_is_the_name_of_its_field() -> None:
    parameters = [
        (one["name"], one["example"])
        for item in DOCUMENT["paths"].values()
        for operation in item.values()
        for one in operation.get("parameters", ())
        if "example" in one
    ]
    shown = [*parameters, *SHARED.items()]
    bare = {
        field
        for name, value in shown
        for field, leaf in leaves(value, name)
        if isinstance(leaf, str) and leaf.endswith(".")
        if leaf.rstrip(".").lower() == field.replace("_", " ").lower()
    }
    assert bare == set()


def test_a_field_that_nothing_is_known_of_has_no_example() -> None:
    schema = {"type": "object", "properties": {"zebra": {"type": "string"}}}
    with pytest.raises(ValueError, match="what zebra of Zoo looks like"):
        Examples({"Zoo": schema}, {}).of({"$ref": "#/components/schemas/Zoo"})


def test_every_sample_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {name: Asked(getattr(examples, name)) for name in ("SAMPLES", "BY_PATTERN", "TIMES")}
    own = {start: Asked(fields) for start, fields in owners.OWN.items()}
    for name, table in tables.items():
        monkeypatch.setattr(examples, name, table)
    monkeypatch.setattr(owners, "OWN", own)
    paths = json.loads(json.dumps(DOCUMENT["paths"]))
    shown = [operation for item in paths.values() for operation in item.values()]
    illustrate(shown, DOCUMENT["components"]["schemas"], own_examples(HANDLERS))
    unused = {name: table.unused() for name, table in (tables | own).items()}
    assert {name: entries for name, entries in unused.items() if entries} == {}


def test_what_has_no_end_and_no_fault_shows_none() -> None:
    webhook, job = SHARED["Webhook"], SHARED["Job"]
    assert (webhook["status"], webhook["disabled_reason"]) == ("active", None)
    assert (webhook["health"]["failing_since"], webhook["health"]["quiet_until"]) == (None, None)
    assert (job["status"], job["problem"], job["done"]) == ("done", None, job["total"])
    assert job["finished_at"] is not None


def test_names_are_of_the_thing_that_bears_them() -> None:
    touchpoint = SHARED["TouchpointNew"]["name"]
    for name in ("AccessTokenNew", "WebhookNew", "ServiceMemberNew", "MyOrganizationPage"):
        assert touchpoint not in dict(leaves(SHARED[name], name)).values()
    assert not SHARED["WebhookNew"]["url"].endswith(".pdf")
