"""What the document says of parameters, and that no table keeps a word that nothing asks for."""

from collections.abc import Iterator
from typing import Any

from api.openapi.areas import AREAS
from api.openapi.operations import OUTSIDE_JOURNEYS, UNDER
from api.openapi.words import PATH, QUERY
from tests.api.described import DOCUMENT, HANDLERS


def parameters() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every parameter with the name of its operation."""
    for item in DOCUMENT["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", ()):
                if "name" in parameter:
                    yield operation["operationId"], parameter


def test_no_parameter_is_described_by_its_name_alone() -> None:
    bare = [
        f"{operation} {one['name']}"
        for operation, one in parameters()
        if one["description"].lower() == f"the {one['name'].replace('_', ' ')}.".lower()
    ]
    assert bare == [], "say what it filters, on its annotation or in api/openapi/words.py"


def test_every_word_of_the_tables_is_used() -> None:
    for place, words in (("query", QUERY), ("path", PATH)):
        said = {(p["name"], p["description"]) for _, p in parameters() if p["in"] == place}
        assert set(words.items()) - said == set()


def test_every_noun_of_the_tables_is_there() -> None:
    tags = {op.tag for op in HANDLERS.values()}
    assert {noun for area in AREAS.values() for noun in area.first} - tags == set()
    nouns = {op.noun for op in HANDLERS.values()}
    assert (OUTSIDE_JOURNEYS | set(UNDER)) - nouns == set()
