"""Every change that breaks somebody: what was done, by which rule it is told, and where."""

from tests.api.openapi.two_documents import (
    BODY,
    CODE,
    EVENTS,
    GET,
    HOOK,
    OK,
    OUTLINE,
    PATCH,
    PLACE,
    REQUIRED,
    ROUND,
    SCHEMAS,
    SENT,
    TEXT,
    THING,
    Cases,
    both,
    drop,
    moved,
    put,
)

BREAKS: Cases = {
    "an operation removed": (drop(*PATCH), "operation removed", "changeThing"),
    "an operation renamed": (
        put(*GET, "operationId", value="readThing"), "operation renamed", "getThing",
    ),
    "an operation moved": (
        moved("paths", "/v1/stream", to="/v1/streams"), "operation moved", "listen",
    ),
    "a parameter of the path renamed": (
        both(
            put(*PATCH, "parameters", 0, "name", value="id"),
            moved("paths", "/v1/things/{thing_id}", to="/v1/things/{id}"),
        ), "parameter removed", "changeThing",
    ),
    "another tag": (put(*GET, "tags", value=["items"]), "tag renamed", "getThing"),
    "a component renamed": (
        both(
            moved(*SCHEMAS, "ThingChanges", to="ThingPatch"),
            put(*BODY, "content", "application/json", "schema", "$ref",
                value="#/components/schemas/ThingPatch"),
        ), "component removed", "ThingChanges",
    ),
    "a parameter removed": (drop(*GET, "parameters", 1), "parameter removed", "getThing"),
    "a shared parameter removed": (drop(*GET, "parameters", 3), "parameter removed", "getThing"),
    "a parameter added that must be sent": (
        put(*PATCH, "parameters", value=[REQUIRED]), "parameter required", "changeThing",
    ),
    "a parameter that must be sent now": (
        put(*GET, "parameters", 1, "required", value=True), "parameter required", "getThing",
    ),
    "a list written another way": (
        put(*GET, "parameters", 2, "explode", value=False), "style of a parameter changed",
        "getThing",
    ),
    "another default": (
        put(*GET, "parameters", 1, "schema", "default", value=50), "default changed", "limit",
    ),
    "a lower maximum": (
        put(*GET, "parameters", 1, "schema", "maximum", value=50), "bound tightened", "limit",
    ),
    "a body that must be sent now": (put(*BODY, "required", value=True), "body required", "body"),
    "no body any more": (drop(*BODY), "body removed", "changeThing"),
    "another media type sent": (
        moved(*BODY, "content", "application/json", to="application/xml"), "media type removed",
        "changeThing",
    ),
    "a media type received no more": (
        drop(*OK, "content", "text/csv"), "media type removed", "getThing",
    ),
    "a field sent no more": (drop(*SENT, "properties", "size"), "field removed", ".size (sent)"),
    "a field received no more": (
        drop(*THING, "properties", "note"), "field removed", "Thing.note (received)",
    ),
    "a field that must be sent now": (
        put(*SENT, "required", value=["name", "note"]), "field required", "ThingChanges.note",
    ),
    "a field added that must be sent": (
        both(
            put(*SENT, "properties", "why", value=TEXT),
            put(*SENT, "required", value=["name", "why"]),
        ), "field required", "ThingChanges.why",
    ),
    "a field not always there any more": (
        put(*THING, "required", value=["counts", "form", "id", "name", "note", "parts"]),
        "field not always there", "Thing.outline",
    ),
    "unknown fields refused": (
        put(*SENT, "properties", "labels", "additionalProperties", value=False),
        "unknown fields refused", "ThingChanges.labels",
    ),
    "shorter names of fields": (
        put(*SENT, "properties", "labels", "propertyNames", "maxLength", value=5),
        "bound tightened", "ThingChanges.labels",
    ),
    "null sent no more": (
        put(*SENT, "properties", "note", "type", value="string"), "type narrowed", "note",
    ),
    "null received": (
        put(*THING, "properties", "name", "type", value=["string", "null"]), "type widened",
        "Thing.name",
    ),
    "another type": (
        put(*THING, "properties", "name", "type", value="integer"), "type changed", "Thing.name",
    ),
    "another format": (
        put(*SCHEMAS, "Round", "properties", "radius", "format", value="int64"), "type changed",
        "Round.radius",
    ),
    "another component for a field": (
        put(*THING, "properties", "form", "$ref", value="#/components/schemas/Shape"),
        "type changed", "Thing.form",
    ),
    "a member of a union more": (
        put(*THING, "properties", "outline", "oneOf", 2,
            value={"$ref": "#/components/schemas/Made"}),
        "type widened", "Thing.outline",
    ),
    "a discriminator gone": (drop(*OUTLINE, "discriminator"), "discriminator changed", "outline"),
    "a discriminator gone from what is sent": (
        drop(*PLACE, "discriminator"), "discriminator changed", "ThingChanges.place",
    ),
    "a value of a discriminator gone": (
        drop(*OUTLINE, "discriminator", "mapping", "round"), "discriminator changed",
        "`round` stands for nothing",
    ),
    "a value of a discriminator renamed in what is sent": (
        moved(*PLACE, "discriminator", "mapping", "round", to="circle"), "discriminator changed",
        "ThingChanges.place",
    ),
    "a value of a discriminator for another member": (
        put(*OUTLINE, "discriminator", "mapping", "square", value=ROUND), "discriminator changed",
        "`square` stands for Round, stood for Square",
    ),
    "a value of a discriminator more": (
        put(*OUTLINE, "discriminator", "mapping", "circle", value=ROUND), "type widened",
        "`circle` stands for Round",
    ),
    "a problem code gone": (put(*CODE, value=["not_found"]), "known values removed", ".code"),
    "a problem code renamed": (
        put(*CODE, value=["lost", "not_found"]), "known values removed", "Problem.code",
    ),
    "another default of a field": (
        put(*SENT, "properties", "size", "x-default", value=4), "default changed",
        "ThingChanges.size",
    ),
    "no default of a field any more": (
        drop(*SENT, "properties", "size", "x-default"), "default changed", "ThingChanges.size",
    ),
    "another permission": (
        put(*GET, "x-permission", value="annotate"), "permission changed",
        "asks for annotate, asked for read_journey",
    ),
    "a permission where there was none": (
        put(*PATCH, "x-permission", value="annotate"), "permission changed", "asked for none",
    ),
    "another discriminator": (
        put(*THING, "properties", "outline", "discriminator", "propertyName", value="type"),
        "discriminator changed", "Thing.outline",
    ),
    "a value sent no more": (
        put(*SCHEMAS, "Shape", "enum", value=["wide"]), "values removed", "Shape (sent)",
    ),
    "values where there was any text": (
        put(*SENT, "properties", "name", "enum", value=["a"]), "values removed", "name",
    ),
    "a value received more": (
        put(*SCHEMAS, "Form", "enum", value=["flat", "round", "odd"]), "values added",
        "Form (received)",
    ),
    "any text where there were values": (
        drop(*SCHEMAS, "Form", "enum"), "values added", "Form (received)",
    ),
    "another constant": (
        put(*SCHEMAS, "Round", "properties", "kind", "const", value="circle"), "values added",
        "Round.kind",
    ),
    "constants renamed": (
        put(*SCHEMAS, "Shape", "x-enum-varnames", value=["BROAD", "NARROW"]), "constants renamed",
        "Shape",
    ),
    "constants named by generators": (
        drop(*SCHEMAS, "Shape", "x-enum-varnames"), "constants renamed", "Shape",
    ),
    "any items": (drop(*THING, "properties", "parts", "items"), "type changed", "parts[]"),
    "a longer minimum": (
        put(*SENT, "properties", "name", "minLength", value=2), "bound tightened", "name",
    ),
    "a bound where there was none": (
        put(*SENT, "properties", "note", "maxLength", value=9), "bound tightened", "note",
    ),
    "another pattern": (
        put(*SENT, "properties", "note", "pattern", value="^b"), "bound tightened", "note",
    ),
    "deep in a list": (
        drop(*SCHEMAS, "Made", "properties", "id"), "field removed", "Made.id (received)",
    ),
    "deep in a map": (
        put(*THING, "properties", "counts", "additionalProperties", "type", value="string"),
        "type changed", "Thing.counts{}",
    ),
    "a good reply gone": (
        moved(*PATCH, "responses", "204", to="200"), "good reply removed", "changeThing",
    ),
    "a good reply more": (
        put(*PATCH, "responses", "202", value={}), "good reply added", "changeThing",
    ),
    "a reply without its body": (drop(*OK, "content"), "reply without its body", "getThing"),
    "a header gone": (put(*OK, "headers", value={}), "header removed", "getThing"),
    "a header of another type": (
        put("components", "headers", "ETag", "schema", "type", value="integer"), "type changed",
        "ETag (received)",
    ),
    "a shared problem of another shape": (
        put(*SCHEMAS, "Problem", "properties", "code", "type", value="integer"), "type changed",
        "Problem.code",
    ),
    "a token no longer taken": (
        put(*GET, "security", value=[{"bearerAuth": []}]), "access narrowed", "getThing",
    ),
    "a scope more asked for": (
        put(*GET, "security", 1, "accessToken", value=["journeys:read", "all"]), "access narrowed",
        "getThing",
    ),
    "a token of another kind": (
        put("components", "securitySchemes", "bearerAuth", "scheme", value="basic"),
        "access narrowed", "bearerAuth",
    ),
    "another server": (put("servers", 0, "url", value="/api"), "server changed", "the server"),
    "an event of a stream gone": (
        drop(*EVENTS, "x-event-data", "moved"), "event removed", "listen",
    ),
    "an answer to a webhook taken no more": (
        drop(*HOOK, "responses", "204"), "answer no longer taken", "thingMade",
    ),
    "a webhook gone": (drop("webhooks", "thing.made"), "event removed", "thingMade"),
    "a header of a webhook gone": (
        put(*HOOK, "parameters", value=[]), "parameter removed", "thingMade",
    ),
    "a header of a webhook not always there": (
        put(*HOOK, "parameters", 0, "required", value=False), "parameter not always there",
        "thingMade",
    ),
}  # fmt: skip
