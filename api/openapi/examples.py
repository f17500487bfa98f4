"""One example of every body, reply and parameter, made from its schema and `samples`.

A struct says what its own looks like in a class attribute `example` where the fields together must
make sense; whatever that leaves out is made here.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from api.openapi.bounds import kind_of
from api.openapi.components import REF
from api.openapi.owners import own
from api.openapi.samples import BY_PATTERN, LATELY, SAMPLES, TIMES, identifier
from api.openapi.shapes import NULL, Schema

MEMBER = re.compile(r"(_by|author_id|owner_id|assignee_id|recorder_ids?|accountable_id)$")
ABSENT = re.compile(
    r"^(removed|hidden|withdrawn|locked|retired|archived|waived|superseded|ended|status_before"
    r"|edited|merged|erased|closed|settled|child_journey|parent|future|revoked|decided|end_reason"
    r"|disabled|problem|failing|quiet|finished|previous_secret|applied)(_|$)"
)
"""What most things have not: null in an example, where it may be."""


class Examples:
    """Makes examples of the schemas of one document."""

    def __init__(
        self,
        schemas: Mapping[str, Schema],
        stated: Mapping[str, Mapping[str, Any]],
        nouns: Collection[str] = (),
    ) -> None:
        self.schemas = schemas
        self.stated = stated
        self.nouns = nouns
        self.open: list[str] = []

    def of(self, schema: Schema, field: str = "", owner: str = "") -> Any:
        """Give an example of a schema that stands in a field of an owner."""
        if "$ref" in schema:
            return self._component(schema["$ref"].removeprefix(REF), field, owner)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return _one_of(schema["enum"], field, owner)
        if choices := [c for key in ("anyOf", "oneOf") for c in schema.get(key, ())]:
            return self._chosen(choices, field, owner)
        if _may_be_null(schema) and (ABSENT.match(field) or SAMPLES.get(field, 0) is None):
            return None
        return self._plain(schema, field, owner)

    def _chosen(self, choices: list[Schema], field: str, owner: str) -> Any:
        real = [choice for choice in choices if choice != NULL]
        again = any(choice.get("$ref", "").removeprefix(REF) in self.open for choice in real)
        if NULL in choices and (again or ABSENT.match(field)):
            return None
        return self.of(real[0], field, owner)

    def _component(self, name: str, field: str, owner: str) -> Any:
        schema = self.schemas[name]
        if "properties" not in schema:
            return self.of(schema, field, owner)
        self.open.append(name)
        try:
            stated = self.stated.get(name, {})
            open_ = [(k, v) for k, v in _shown(schema, stated) if k not in stated]
            return {**{k: self.of(v, k, name) for k, v in open_}, **stated}
        finally:
            self.open.pop()

    def _plain(self, schema: Schema, field: str, owner: str) -> Any:
        kind = kind_of(schema)
        if kind == "array":
            again = schema["items"].get("$ref", "").removeprefix(REF) in self.open
            return [] if again else [self.of(schema["items"], field, owner)]
        if kind == "object":
            return _mapping(field)
        if kind == "boolean":
            return field in {"unread", "confirmed", "named"}
        if kind != "string":
            return _number(schema, field, owner)
        if schema.get("format") == "uuid":
            return identifier(self._noun(field, owner))
        return _text(schema, field, owner)

    def _noun(self, field: str, owner: str) -> str:
        """What an id names: the noun in the field's name, or of the struct that it is the id of."""
        if MEMBER.search(field):
            return "member"
        if field != "id":
            return field.removesuffix("s").removesuffix("_id")
        words = re.sub("(?<!^)(?=[A-Z])", "_", owner).lower().split("_")
        parts = ["_".join(words[i:j]) for j in range(len(words), 0, -1) for i in range(j)]
        return next((part for part in parts if part in self.nouns), words[0])


def _shown(schema: Schema, stated: Mapping[str, Any]) -> list[tuple[str, Schema]]:
    """Of a reply every field; of a request what it must have, or else what it can have first."""
    fields = schema["properties"]
    if schema.get("additionalProperties") is not False:
        return list(fields.items())
    if stated:
        return [(name, fields[name]) for name in schema.get("required", ()) if name not in stated]
    wanted = schema.get("required") or list(fields)[:2]
    return [(name, fields[name]) for name in fields if name in wanted]


def _may_be_null(schema: Schema) -> bool:
    return isinstance(schema.get("type"), list) and "null" in schema["type"]


def _one_of(values: list[Any], field: str, owner: str) -> Any:
    sample = known(field, owner)
    return sample if sample in values else values[0]


def _mapping(field: str) -> dict[str, Any]:
    sample = SAMPLES.get(field)
    if isinstance(sample, dict):
        return dict(sample)
    return {"channel": sample} if sample is not None else {}


def known(field: str, owner: str) -> Any:
    """Give what stands in a field of this name, if anything is known of it."""
    said = own(field, owner)
    return SAMPLES.get(field) if said is None else said


def _text(schema: Schema, field: str, owner: str) -> str:
    form = schema.get("format")
    if form in ("date-time", "date"):
        found = moment(field)
        return found if form == "date-time" else found[:10]
    tried: list[Any] = [known(field, owner), BY_PATTERN.get(schema.get("pattern", ""))]
    fitting: list[str] = [text for text in tried if _fits(text, schema)]
    if not fitting:
        raise ValueError(f"say in api/openapi/samples.py what {field} of {owner} looks like")
    return fitting[0]


def _fits(text: Any, schema: Schema) -> bool:
    if not isinstance(text, str):
        return False
    short, long = schema.get("minLength", 0), schema.get("maxLength", len(text))
    return short <= len(text) <= long and bool(re.search(schema.get("pattern", ""), text))


def _number(schema: Schema, field: str, owner: str) -> float:
    sample = known(field, owner)
    usual = 3 if kind_of(schema) == "integer" else 0.5
    value = sample if isinstance(sample, int | float) else usual
    lowest: float = schema.get("minimum", value)
    highest: float = schema.get("maximum", value)
    return min(max(value, lowest), highest)


def moment(field: str) -> str:
    """Give the instant at which what a field names is."""
    return TIMES.get(field, TIMES.get(field.split("_")[0], LATELY))
