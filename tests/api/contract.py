"""What the published document promises, held against what really came over the wire."""

import re
from collections import defaultdict
from copy import deepcopy
from typing import Any, Self

from httpx import Response
from jsonschema_rs import Draft202012Validator, Registry

ROOT = "urn:touchstone"
PROBLEM = "application/problem+json"
# Headers that a client cannot do without, wherever they are documented.
NEEDED = ("ETag", "Location", "Retry-After", "WWW-Authenticate")
# But for these: a request in flight is waited for, a scope is named where an access token lacks it.
SOMETIMES = {409: "Retry-After", 403: "WWW-Authenticate"}
# What HTTP itself, the server and the rules for browsers put on every reply, whatever is asked;
# and the revision of a journey, which erasing a member or a rule of the organization may move.
OF_EVERY_REPLY = {
    "cache-control", "content-length", "content-security-policy", "content-type", "date",
    "cross-origin-resource-policy", "journey-revision", "referrer-policy", "server",
    "connection", "strict-transport-security", "traceparent", "transfer-encoding", "vary",
    "x-content-type-options", "x-frame-options",
}  # fmt: skip
# Any address may answer so, whatever the operation: `default` documents these.
ANYWHERE = {405, 406, 408, 414, 431, 500}


class BrokenPromise(AssertionError):
    """A reply that the published document does not allow."""


class Contract:
    """One document; its operations are looked up and its schemas compiled at their first use."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = closed(document)
        self.registry = Registry([(ROOT, self.document)])
        self.validators: dict[str, Draft202012Validator] = {}
        self.routes: dict[tuple[str, int], list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
        for path in sorted(self.document["paths"], key=lambda path: (path.count("{"), path)):
            pattern = re.compile(re.sub(r"{[^}]+}", "[^/]+", path))
            for method in self.document["paths"][path]:
                self.routes[method.upper(), path.count("/")].append((path, pattern))

    @classmethod
    def published(cls) -> Self:
        """Take the document of the code; a test of its own keeps the committed one equal to it."""
        from tests.api.described import DOCUMENT  # noqa: PLC0415  it takes a second

        return cls(DOCUMENT)

    async def watch(self, response: Response) -> None:
        """Check every reply of a client made with `event_hooks={"response": [contract.watch]}`."""
        if not response.headers.get("Content-Type", "").startswith("text/event-stream"):
            await response.aread()
            self.check(response.request.method, response.request.url.path, response)

    def check(self, method: str, path: str, response: Response) -> None:
        """Refuse a reply whose status, headers, media type or body the document does not allow."""
        where = self.operation(method, path)
        if where is None:
            return
        answers, status = self._at(f"{where}/responses"), response.status_code
        if str(status) not in answers and status not in ANYWHERE:
            raise BrokenPromise(f"{method} {path} answered {status}, documented: {list(answers)}")
        key = str(status) if str(status) in answers else "default"
        pointer, answer = self._followed(f"{where}/responses/{key}")
        _check_headers(f"{method} {path} answered {status}", answer["headers"], response)
        if method != "HEAD":
            self._check_body(pointer, answer.get("content", {}), response)
            if key != "default":
                self._check_code(f"{method} {path}", answer.get("content", {}), response)

    def operation(self, method: str, path: str) -> str | None:
        """Find the operation that a request is for, as a JSON pointer."""
        wanted = "GET" if method == "HEAD" else method
        for template, pattern in self.routes.get((wanted, path.count("/")), ()):
            if pattern.fullmatch(path):
                return f"/paths/{_escaped(template)}/{wanted.lower()}"
        return None

    def _check_body(self, pointer: str, content: dict[str, Any], response: Response) -> None:
        if not content:
            if response.content:
                raise BrokenPromise(f"{pointer}: a body where none is documented")
            return
        media = response.headers.get("Content-Type", "").split(";")[0]
        if media not in content:
            raise BrokenPromise(f"{pointer}: {media!r}, documented: {list(content)}")
        if media.endswith("json"):
            self._check_json(f"{pointer}/content/{_escaped(media)}/schema", response.json())

    def _check_code(self, asked: str, content: dict[str, Any], response: Response) -> None:
        """Refuse a problem of a code that the operation does not say it can answer with."""
        told = content.get(PROBLEM, {}).get("examples")
        if told is not None and (code := response.json()["code"]) not in told:
            raise BrokenPromise(
                f"{asked} answered {response.status_code} {code}, documented: {list(told)}."
                " Say it in `problems=` of the route, its meaning in api/problems/catalogue.py"
            )

    def _check_json(self, pointer: str, body: Any) -> None:
        if pointer not in self.validators:
            schema = {"$ref": f"{ROOT}#{pointer}"}
            self.validators[pointer] = Draft202012Validator(
                schema, registry=self.registry, validate_formats=True
            )
        faults = [
            f"{'/'.join(map(str, fault.instance_path))}: {fault.message[:300]}"
            for fault in self.validators[pointer].iter_errors(body)
        ]
        if faults:
            raise BrokenPromise("\n".join([pointer, *faults]))

    def _at(self, pointer: str) -> Any:
        found: Any = self.document
        for part in pointer.removeprefix("/").split("/"):
            found = found[_plain(part)]
        return found

    def _followed(self, pointer: str) -> tuple[str, Any]:
        found = self._at(pointer)
        if "$ref" not in found:
            return pointer, found
        pointer = found["$ref"].removeprefix("#")
        return pointer, self._at(pointer)


def _check_headers(what: str, told: dict[str, Any], response: Response) -> None:
    """Refuse a reply without a header that a client needs, or with one it is not told of."""
    needed = [name for name in NEEDED if SOMETIMES.get(response.status_code) != name]
    missing = [name for name in needed if name in told and name not in response.headers]
    if missing:
        raise BrokenPromise(f"{what} without {missing}")
    sent = {name.lower() for name in response.headers if not name.startswith("access-control-")}
    if unsaid := sent - {name.lower() for name in told} - OF_EVERY_REPLY:
        raise BrokenPromise(f"{what} with {sorted(unsaid)}, which is not documented")


def closed(document: dict[str, Any]) -> dict[str, Any]:
    """Forbid undocumented fields: clients must allow them, the server must not send them."""
    document = deepcopy(document)
    for schema in document["components"]["schemas"].values():
        if "properties" in schema:
            schema["additionalProperties"] = False
    return document


def _escaped(part: str) -> str:
    part = part.replace("~", "~0").replace("/", "~1")
    return part.replace("{", "%7B").replace("}", "%7D")


def _plain(part: str) -> str:
    part = part.replace("%7B", "{").replace("%7D", "}")
    return part.replace("~1", "/").replace("~0", "~")
