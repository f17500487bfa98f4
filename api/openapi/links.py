"""What one can go on with: links from a reply to what may be done with the thing it carries.

A tool that follows them, to explore or to test, needs to know nothing else: the id is in the body,
the version in the header ETag.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from api.openapi.operations import Operation
from api.openapi.shapes import METHODS

HOME = re.compile(r"/v1/[a-z-]+/{(\w+)}")
"""The address of one thing, without what it belongs to."""

Links = dict[str, dict[str, Any]]
Places = dict[str, str]


def linked(paths: Mapping[str, Any], operations: Mapping[str, Operation]) -> Links:
    """Put links into the replies that carry a thing, and give those that they refer to."""
    places = {
        item[method]["operationId"]: path
        for path, item in paths.items()
        for method in METHODS
        if method in item
    }
    homes = dict(_homes(places, operations))
    links: Links = {}
    for name, path in places.items():
        op = operations[name]
        home = homes.get(op.reply)
        if home is None or not (path == home or op.handler.status_code == 201):
            continue
        going = {other: link for other, link in _from(home, places, operations) if other != name}
        going = {o: link for o, link in going.items() if op.versioned or "header" not in str(link)}
        links |= going
        reply = paths[path][op.method.lower()]["responses"][str(op.handler.status_code)]
        reply["links"] = {o: {"$ref": f"#/components/links/{o}"} for o in sorted(going)}
    return links


def _homes(places: Places, operations: Mapping[str, Operation]) -> Iterator[tuple[Any, str]]:
    """Where each kind of thing is read or changed, by what it is."""
    for name, path in places.items():
        op = operations[name]
        there = HOME.fullmatch(path) and op.method in ("GET", "PATCH")
        if there and "id" in getattr(op.reply, "__struct_fields__", ()):
            yield op.reply, path


def _from(
    home: str, places: Places, operations: Mapping[str, Operation]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What may be done with a thing whose address this is."""
    found = HOME.fullmatch(home)
    parameter = found[1] if found else ""
    for name, path in places.items():
        if path.startswith(home) and path.count("{") == 1:
            asked = {parameter: "$response.body#/id"}
            if operations[name].takes_version:
                asked["header.If-Match"] = "$response.header.ETag"
            yield name, {"operationId": name, "parameters": asked}
