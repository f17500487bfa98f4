"""Every change that breaks nobody: what was done, by which rule it is told, and where."""

from tests.api.openapi.two_documents import (
    BODY,
    CODE,
    EVENTS,
    GET,
    NEW,
    OK,
    OPTIONAL,
    PATCH,
    PLACE,
    REFUSAL,
    ROUND,
    SCHEMAS,
    SENT,
    TEXT,
    THING,
    Cases,
    both,
    drop,
    put,
)

HARMLESS: Cases = {
    "an operation added": (put("paths", "/v1/things", value={"post": NEW}), "operation added",
        "makeThing"),
    "a webhook added": (
        put("webhooks", "thing.gone", value={"post": NEW}), "event added", "makeThing",
    ),
    "an optional parameter": (
        put(*PATCH, "parameters", 1, value=OPTIONAL), "parameter added", "changeThing",
    ),
    "an optional field sent": (
        put(*SENT, "properties", "why", value=TEXT), "field added", "ThingChanges.why",
    ),
    "a field received": (
        put(*THING, "properties", "why", value=TEXT), "field added", "Thing.why",
    ),
    "a field that need not be sent": (put(*SENT, "required", value=[]), "field optional", "name"),
    "a field always there": (
        put(*SCHEMAS, "Made", "required", value=["at", "id"]), "field always there", "Made.at",
    ),
    "a body that may be sent": (
        put(*GET, "requestBody", value={"content": {}}), "body optional", "getThing",
    ),
    "unknown fields taken": (
        drop(*SENT, "additionalProperties"), "unknown fields taken", "ThingChanges",
    ),
    "null sent": (
        put(*SENT, "properties", "name", "type", value=["string", "null"]), "takes more", "name",
    ),
    "null received no more": (
        put(*THING, "properties", "note", "type", value="string"), "says less", "Thing.note",
    ),
    "a value sent more": (
        both(
            put(*SCHEMAS, "Shape", "enum", value=["wide", "narrow", "odd"]),
            put(*SCHEMAS, "Shape", "x-enum-varnames", value=["WIDE", "NARROW", "ODD"]),
        ), "takes more", "Shape (sent)",
    ),
    "a value received no more": (
        put(*SCHEMAS, "Form", "enum", value=["flat"]), "says less", "Form",
    ),
    "a higher maximum": (
        put(*SENT, "properties", "name", "maxLength", value=50), "bound moved", "name",
    ),
    "no pattern": (drop(*SENT, "properties", "note", "pattern"), "bound moved", "note"),
    "a bound received": (
        put(*THING, "properties", "name", "maxLength", value=9), "bound moved", "Thing.name",
    ),
    "a media type more": (
        put(*BODY, "content", "text/plain", value={}), "media type added", "changeThing",
    ),
    "a problem more": (
        put(*PATCH, "responses", "409", value={}), "problem added", "changeThing",
    ),
    "a problem less": (drop(*GET, "responses", "404"), "problem removed", "getThing"),
    "a header more": (
        put(*OK, "headers", "Sunset", value={}), "header added", "getThing",
    ),
    "another way in": (
        put(*GET, "security", 2, value={}), "access widened", "getThing",
    ),
    "no permission any more": (
        drop(*GET, "x-permission"), "permission lifted", "asked for read_journey",
    ),
    "a problem code more": (
        put(*CODE, value=["gone", "lost", "not_found"]), "known values added", "Problem.code",
    ),
    "a problem code that is told here": (
        put(*REFUSAL, "examples", "lost", value={}), "problem code added", "may give `lost`",
    ),
    "a problem code that is told here no more": (
        drop(*REFUSAL, "examples", "gone"), "problem code removed", "never gives `gone`",
    ),
    "a value of a discriminator sent more": (
        put(*PLACE, "discriminator", "mapping", "circle", value=ROUND), "takes more",
        "`circle` stands for Round",
    ),
    "a default of a field that had to be sent": (
        both(
            put(*SENT, "required", value=[]),
            put(*SENT, "properties", "name", "x-default", value="thing"),
        ), "field optional", "ThingChanges.name",
    ),
    "an operation deprecated": (put(*GET, "deprecated", value=True), "deprecated", "getThing"),
    "a parameter deprecated": (
        put(*GET, "parameters", 1, "deprecated", value=True), "deprecated", "limit",
    ),
    "a field deprecated": (
        put(*THING, "properties", "note", "deprecated", value=True), "deprecated", "Thing.note",
    ),
    "an event more": (
        put(*EVENTS, "x-event-data", "gone", value=TEXT), "event added", "listen",
    ),
    "an answer to a webhook more": (
        put("webhooks", "thing.made", "post", "responses", "410", value={}), "takes more",
        "takes 410",
    ),
    "any names of fields": (
        drop(*SENT, "properties", "labels", "propertyNames"), "bound moved", "ThingChanges.labels",
    ),
    "a parameter optional": (
        put(*GET, "parameters", 0, "required", value=False), "parameter optional", "getThing",
    ),
}  # fmt: skip

WORDS = {
    "a number that is a double": put(*THING, "properties", "weight", "format", value="double"),
    "another summary": put(*GET, "summary", value="Read one"),
    "another description": put(*SCHEMAS, "Shape", "description", value="How it looks."),
    "an example": put(*THING, "examples", value=[{}]),
    "an enum in another order": both(
        put(*SCHEMAS, "Shape", "enum", value=["narrow", "wide"]),
        put(*SCHEMAS, "Shape", "x-enum-varnames", value=["NARROW", "WIDE"]),
    ),
}
