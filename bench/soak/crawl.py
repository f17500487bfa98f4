"""Ids of what an organization has, found by reading every list that the document names."""

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

import httpx

ENOUGH = 12
"""Ids of a kind that are looked for."""


def found_ids(client: httpx.Client, document: dict[str, Any]) -> dict[str, list[str]]:
    """Ids by the name that parameters of paths have for them; what hangs on others comes later."""
    known: dict[str, list[str]] = {}
    for _ in range(3):
        for path in lists(document):
            name = named(document, path)
            if name and len(known.get(name, ())) < ENOUGH:
                fresh = [key for address in filled(path, known) for key in read(client, address)]
                known[name] = [*dict.fromkeys([*known.get(name, ()), *fresh])][:ENOUGH]
    return {name: ids for name, ids in known.items() if ids}


def lists(document: dict[str, Any]) -> list[str]:
    """The addresses of lists, the shortest first."""
    paths = document["paths"]
    found = [path for path, item in paths.items() if "get" in item and not path.endswith("}")]
    return sorted(found, key=lambda path: path.count("{"))


def named(document: dict[str, Any], path: str) -> str | None:
    """What the id of an item of a list is called where one is asked for."""
    noun = path.rpartition("/")[2]
    pattern = re.compile(rf"/v1/{re.escape(noun)}/{{(\w+)}}")
    return next((m[1] for one in document["paths"] if (m := pattern.fullmatch(one))), None)


def filled(path: str, known: dict[str, list[str]]) -> Iterator[str]:
    """The addresses that a template stands for, by what is known so far."""
    names = re.findall(r"{(\w+)}", path)
    choices = product(*(known.get(name, []) for name in names))
    for chosen in islice(choices, 4):
        yield path.format(**dict(zip(names, chosen, strict=True)))


def read(client: httpx.Client, address: str) -> list[str]:
    """The ids of the items at an address."""
    reply = client.get(address)
    if reply.status_code != 200 or "json" not in reply.headers["content-type"]:
        return []
    found = reply.json()
    items = found.get("items", []) if isinstance(found, dict) else []
    return [one["id"] for one in items if isinstance(one, dict) and "id" in one]
