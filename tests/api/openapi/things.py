"""A small document to change: one of everything that the gate compares."""

from typing import Any

UUID = {"type": "string", "format": "uuid"}
MAPPING = {"round": "#/components/schemas/Round", "square": "#/components/schemas/Square"}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Things", "version": "1.2.3"},
    "servers": [{"url": "/"}],
    "security": [{"bearerAuth": []}],
    "paths": {
        "/v1/things/{thing_id}": {
            "get": {
                "operationId": "getThing",
                "summary": "Read a thing",
                "tags": ["things"],
                "x-permission": "read_journey",
                "security": [{"bearerAuth": []}, {"accessToken": ["journeys:read"]}],
                "parameters": [
                    {"in": "path", "name": "thing_id", "required": True, "schema": UUID},
                    {
                        "in": "query",
                        "name": "limit",
                        "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
                    },
                    {
                        "in": "query",
                        "name": "shape",
                        "explode": True,
                        "schema": {
                            "type": "array",
                            "items": {"$ref": "#/components/schemas/Shape"},
                        },
                    },
                    {"$ref": "#/components/parameters/IfNoneMatch"},
                ],
                "responses": {
                    "200": {
                        "description": "A thing.",
                        "headers": {"ETag": {"$ref": "#/components/headers/ETag"}},
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}},
                            "text/csv": {"schema": {"type": "string"}},
                        },
                    },
                    "404": {"$ref": "#/components/responses/NotFound"},
                },
            },
            "patch": {
                "operationId": "changeThing",
                "summary": "Change a thing",
                "tags": ["things"],
                "parameters": [
                    {"in": "path", "name": "thing_id", "required": True, "schema": UUID}
                ],
                "requestBody": {
                    "content": {
                        "application/json": {
                            "schema": {"$ref": "#/components/schemas/ThingChanges"}
                        }
                    },
                },
                "responses": {"204": {"description": "Done."}},
            },
        },
        "/v1/stream": {
            "get": {
                "operationId": "listen",
                "summary": "Listen",
                "tags": ["stream"],
                "responses": {
                    "200": {
                        "description": "Events.",
                        "content": {
                            "text/event-stream": {
                                "schema": {"type": "string"},
                                "x-event-data": {
                                    "made": {"$ref": "#/components/schemas/Made"},
                                    "moved": {"$ref": "#/components/schemas/Made"},
                                },
                            }
                        },
                    }
                },
            }
        },
    },
    "webhooks": {
        "thing.made": {
            "post": {
                "operationId": "thingMade",
                "summary": "A thing was made",
                "parameters": [
                    {
                        "in": "header",
                        "name": "webhook-id",
                        "required": True,
                        "schema": {"type": "string"},
                    }
                ],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Made"}}
                    },
                },
                "responses": {"204": {"description": "Heard."}},
            }
        }
    },
    "components": {
        "securitySchemes": {"bearerAuth": {"type": "http", "scheme": "bearer"}},
        "headers": {"ETag": {"schema": {"type": "string"}}},
        "parameters": {
            "IfNoneMatch": {"in": "header", "name": "If-None-Match", "schema": {"type": "string"}}
        },
        "responses": {
            "NotFound": {
                "description": "No.",
                "content": {
                    "application/problem+json": {
                        "schema": {"$ref": "#/components/schemas/Problem"},
                        "examples": {"gone": {}, "not_found": {}},
                    }
                },
            }
        },
        "schemas": {
            "Shape": {
                "type": "string",
                "enum": ["wide", "narrow"],
                "x-enum-varnames": ["WIDE", "NARROW"],
            },
            "Form": {"type": "string", "enum": ["flat", "round"]},
            "Problem": {
                "type": "object",
                "properties": {
                    "code": {"type": "string", "x-extensible-enum": ["gone", "not_found"]}
                },
                "required": ["code"],
            },
            "Made": {
                "type": "object",
                "properties": {"id": UUID, "at": {"type": "string"}},
                "required": ["id"],
            },
            "Round": {
                "type": "object",
                "properties": {
                    "kind": {"const": "round"},
                    "radius": {"type": "integer", "format": "int32"},
                },
                "required": ["kind", "radius"],
            },
            "Square": {
                "type": "object",
                "properties": {"kind": {"const": "square"}, "side": {"type": "integer"}},
                "required": ["kind", "side"],
            },
            "Thing": {
                "type": "object",
                "properties": {
                    "id": UUID,
                    "name": {"type": "string", "maxLength": 40},
                    "note": {"type": ["string", "null"]},
                    "weight": {"type": "number"},
                    "form": {"$ref": "#/components/schemas/Form"},
                    "outline": {
                        "oneOf": [
                            {"$ref": "#/components/schemas/Round"},
                            {"$ref": "#/components/schemas/Square"},
                        ],
                        "discriminator": {"propertyName": "kind", "mapping": MAPPING},
                    },
                    "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
                    "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Made"}},
                },
                "required": ["counts", "form", "id", "name", "note", "outline", "parts"],
            },
            "ThingChanges": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "name": {"type": "string", "minLength": 1, "maxLength": 40},
                    "note": {"type": ["string", "null"], "pattern": "^a"},
                    "shape": {"$ref": "#/components/schemas/Shape"},
                    "size": {"type": "integer", "maximum": 9, "x-default": 3},
                    "place": {
                        "oneOf": [
                            {"$ref": "#/components/schemas/Round"},
                            {"$ref": "#/components/schemas/Square"},
                        ],
                        "discriminator": {"propertyName": "kind", "mapping": dict(MAPPING)},
                    },
                    "labels": {"type": "object", "propertyNames": {"maxLength": 9}},
                },
                "required": ["name"],
            },
        },
    },
}
