"""A name for every schema that generators would otherwise have to name by themselves."""

from collections.abc import Mapping
from typing import Any

from api.openapi.components import REF
from api.openapi.shapes import NULL, Schema

# Below these stand further schemas of the same field.
INSIDE = ("items", "additionalProperties")
CHOICES = ("anyOf", "oneOf")
VALUE = "What a field holds: a text, a whole number, yes or no, or a list of texts."


class Names:
    """The components of a document, and the anonymous schemas that become some."""

    def __init__(self, schemas: dict[str, Schema]) -> None:
        self.schemas = schemas

    def name_fields(self) -> None:
        """Name what stands in the fields of components: `Journey.scale` would be JourneyScale."""
        for owner, schema in list(self.schemas.items()):
            for field, inner in schema.get("properties", {}).items():
                schema["properties"][field] = self.named(inner, owner + pascal(field))

    def name_parameters(self, operation: Mapping[str, Any]) -> None:
        """Name what stands in parameters after the operation that takes them."""
        for parameter in operation.get("parameters", ()):
            if "schema" in parameter:
                name = capital(operation["operationId"]) + pascal(parameter["name"])
                parameter["schema"] = self.named(parameter["schema"], name)

    def name_contents(self, operation: Mapping[str, Any]) -> None:
        """Name bodies and replies that are no struct after their operation."""
        name = capital(operation["operationId"])
        self._name_media(operation.get("requestBody", {}), f"{name}Body")
        for answer in operation["responses"].values():
            self._name_media(answer, f"{name}Reply")

    def _name_media(self, holder: Mapping[str, Any], name: str) -> None:
        for media in holder.get("content", {}).values():
            media["schema"] = self.named(media["schema"], name)

    def named(self, schema: Any, name: str) -> Any:
        """Put a schema among the components and refer to it, if it needs a name at all."""
        if not isinstance(schema, dict):
            return schema
        inner = {k: self.named(v, name) if k in INSIDE else v for k, v in schema.items()}
        for key in CHOICES:
            if key in inner:
                inner[key] = [self.named(choice, name) for choice in inner[key]]
        if len(plain(inner)) > 1:
            return self._value(inner)
        return self._component(inner, name) if _needs_name(inner) else inner

    def _value(self, schema: Schema) -> Schema:
        """Name what can be of several plain types; a generator that cannot say so can map it."""
        self._component({"description": VALUE, "anyOf": plain(schema)}, "FieldValue")
        or_null = [NULL] if NULL in schema["anyOf"] else []
        return schema | {"anyOf": [{"$ref": f"{REF}FieldValue"}, *or_null]}

    def _component(self, schema: Schema, name: str) -> Schema:
        said = {"description": schema["description"]} if "description" in schema else {}
        if self.schemas.setdefault(name, with_names(schema)) != schema:
            raise ValueError(f"two components would be called {name}")
        return {"$ref": REF + name, **said}


def _needs_name(schema: Schema) -> bool:
    several = sum("$ref" in choice for key in CHOICES for choice in schema.get(key, ())) > 1
    return "enum" in schema or schema.get("type") == "object" or several


def plain(schema: Schema) -> list[Schema]:
    """The choices that are values and no components."""
    return [c for c in schema.get("anyOf", ()) if "$ref" not in c and c != NULL]


def with_names(schema: Schema) -> Schema:
    """Give the values of an enum names that can be constants."""
    if "enum" in schema:
        schema["x-enum-varnames"] = [constant(value) for value in schema["enum"]]
    return schema


def constant(value: object) -> str:
    """Write a value as a constant: JOURNEYMAP_1 for `journeymap/1`."""
    return "".join(c if c.isalnum() else "_" for c in str(value).upper())


def pascal(words: str) -> str:
    """Write a field's name as part of a type's: `counted_at` as CountedAt."""
    return "".join(map(capital, words.replace("-", "_").split("_")))


def capital(word: str) -> str:
    """Write the first letter large and leave the others."""
    return word[:1].upper() + word[1:]
