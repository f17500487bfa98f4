"""The other half of the contract: what is sent to webhooks, as an OpenAPI document of its own."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from api.openapi.components import REF, reply_schemas
from api.openapi.version import VERSION
from api.schemas.integration.payloads import WebhookEvent, WebhookPing, event_payload, ping_payload
from api.schemas.integration.verifying import VERIFYING
from domain import clock
from domain.facts import Verb
from domain.rules.canonical import ActorKind, microseconds
from domain.rules.phrases import Telling
from domain.rules.sentences import sentence
from domain.rules.webhooks import PING
from domain.services.integration.telling import News
from domain.words import SubjectKind

DESCRIPTION = """\
What Touchstone sends to the address of a webhook, after Standard Webhooks 1.0. Set one up with
`POST /v1/webhooks`; its secret is shown once.

**At least once.** Every event is sent under a `webhook-id` that stays the same when it is sent
again: keep those of the last days and pass over what you have seen. Events may arrive in another
order than they happened: `data.revision` counts up within a journey, and within the organization.

**An event names and does not tell.** Read what it names by its id. Kinds of events may come, and
fields: pass over what you do not know.

**Answer quickly**, with any 2xx, within 15 seconds, and do the work afterwards. Anything else, a
redirect too, is a failure: it is tried again after 5 seconds, 5 minutes, 30 minutes, 2, 5, 10, 14,
20 and 24 hours. 410 disables the webhook at once, five days without a success do so too.

**Verify** before you believe: the signature is made over the bytes of the body as they came.
"""
EXAMPLE = UUID("01994a3c-7b5e-7d3a-9c41-0242ac120002")
AT = "2026-03-02T09:30:00.125000+00:00"
TAG = "Webhooks"
_IDS = ("journey", "subject", "touchpoint", "member", "webhook", "organization")


def webhooks_document() -> bytes:
    """Render it: the same bytes on every machine and every run."""
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "Touchstone webhooks",
            "version": VERSION,
            "summary": "What is sent to those who want to hear what happens.",
            "description": f"{DESCRIPTION}\n{VERIFYING}",
            "contact": {"name": "The maintainers of this installation"},
            "license": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [
            {
                "url": "https://receiver.example",
                "description": "Your receiver, in production or on your machine.",
            }
        ],
        "tags": [{"name": TAG, "description": "Events, one for each thing that happens."}],
        "security": [{"webhookSignature": []}],
        "paths": {},
        "webhooks": _webhooks(),
        "components": _components(),
    }
    text = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False)
    return text.encode() + b"\n"


def _webhooks() -> dict[str, Any]:
    found = {verb.value: _operation(verb.value, _said(verb), WebhookEvent) for verb in Verb}
    said = "Somebody tries the webhook. Nothing happened."
    return {**found, PING: _operation(PING, said, WebhookPing)}


def _said(verb: Verb) -> str:
    return sentence(Telling(verb.value, "(...)", "somebody"))


def _operation(event: str, says: str, struct: type) -> dict[str, Any]:
    body: dict[str, Any] = {"schema": {"$ref": REF + struct.__name__}}
    examples = {Verb.ANNOTATION_WRITTEN.value: "event", PING: "ping"}
    if event in examples:
        name = examples[event]
        body["examples"] = {name: {"$ref": f"#/components/examples/{name}"}}
    words = event.replace("_", ".").split(".")
    return {
        "post": {
            "operationId": "on" + "".join(word.capitalize() for word in words),
            "summary": f"The event `{event}`",
            "description": f"{says} `type` is `{event}`.",
            "tags": [TAG],
            "security": [{"webhookSignature": []}],
            "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in PARAMETERS],
            "requestBody": {"required": True, "description": "The event.",
                            "content": {"application/json": body}},
            "responses": {
                status: {"$ref": f"#/components/responses/{name}"}
                for status, (name, _) in RESPONSES.items()
            },
        }
    }  # fmt: skip


PARAMETERS: dict[str, tuple[str, dict[str, Any], Any]] = {
    "webhook-id": (
        "The id of the delivery. It stays the same whenever the same is sent again.",
        {"type": "string", "format": "uuid"},
        str(EXAMPLE),
    ),
    "webhook-timestamp": (
        "When this attempt was signed, in seconds since 1970. Refuse what is older than 5 minutes.",
        {"type": "integer", "format": "int64", "minimum": 0, "maximum": 9_999_999_999},
        1772443800,
    ),
    "webhook-signature": (
        "One signature, or two for a day after the secret was changed: separated by spaces, each"
        " `v1,` and the Base64 of an HMAC-SHA256. One that fits is enough.",
        {"type": "string", "pattern": r"^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)?$",
         "maxLength": 100},
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    ),
}  # fmt: skip
RESPONSES = {
    "2XX": ("Delivered", "Taken. What is in the answer is not looked at."),
    "410": ("Gone", "Nobody wants this any more: the webhook is disabled."),
    "429": ("Later", "Too much at once: tried again after Retry-After, an hour at the most."),
    "503": ("Later", "Too much at once: tried again after Retry-After, an hour at the most."),
    "default": ("Failed", "Not taken: tried again later, ten times in all over three days."),
}


def _components() -> dict[str, Any]:
    retry = {"description": "Seconds, or a date.", "schema": {"type": "string", "maxLength": 64}}
    return {
        "schemas": reply_schemas([WebhookEvent, WebhookPing]),
        "examples": _examples(),
        "parameters": {
            name: {"name": name, "in": "header", "required": True, "description": says,
                   "schema": schema, "example": example}
            for name, (says, schema, example) in PARAMETERS.items()
        },
        "responses": {
            name: {"description": says}
            | ({"headers": {"Retry-After": retry}} if name == "Later" else {})
            for name, says in RESPONSES.values()
        },
        "securitySchemes": {
            "webhookSignature": {
                "type": "apiKey",
                "in": "header",
                "name": "webhook-signature",
                "description": "Signed with the secret of the webhook: see how to verify, above.",
            }
        },
    }  # fmt: skip


def _examples() -> dict[str, Any]:
    """Bodies as they are sent, made by what makes them."""
    at = datetime.fromisoformat(AT)
    ids = {name: UUID(int=EXAMPLE.int + place) for place, name in enumerate(_IDS, start=1)}
    entry = {
        "visible": True, "revision": 42, "at": microseconds(at), "actor_kind": ActorKind.MEMBER,
        "actor_id": ids["member"], "verb": Verb.ANNOTATION_WRITTEN.value, "version": 1,
        "subject_kind": SubjectKind.ANNOTATION.value, "subject_id": ids["subject"],
        "touchpoint_id": ids["touchpoint"], "from_touchpoint_id": None,
    }  # fmt: skip
    news = News(ids["organization"], ids["webhook"], ids["journey"], entry)
    with clock.replaced(lambda: at):
        ping = ping_payload(ids["organization"], ids["webhook"])
    said = {"event": (event_payload(news), "An event."), "ping": (ping, "A ping.")}
    return {name: {"summary": s, "value": json.loads(body)} for name, (body, s) in said.items()}
