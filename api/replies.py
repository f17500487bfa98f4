"""How a handler answers: 201 with Location, 200 with ETag, 204."""

from hashlib import sha256
from typing import Any, Protocol, TypeVar
from zlib import crc32

import msgspec
from litestar import Response

T = TypeVar("T")


class Versioned(Protocol):
    @property
    def version(self) -> int: ...


V = TypeVar("V", bound=Versioned)


def created(reply: V, location: str) -> Response[V]:
    """201: where the new resource is, and the version it has."""
    headers = {"Location": location, "ETag": f'"{reply.version}"'}
    return Response(reply, status_code=201, headers=headers)


def found(reply: V) -> Response[V]:
    """200 with the version as a strong ETag; the envelope turns it into 304 where it is known."""
    return Response(reply, headers={"ETag": f'"{reply.version}"'})


def shown(reply: V) -> Response[V]:
    """200 for a read that also shows what is not of the version: `may`, counts, who may see what.

    The ETag is the version and a checksum of the whole reply, so that a 304 hides nothing; If-Match
    reads the version only.
    """
    checksum = crc32(msgspec.json.encode(reply))
    return Response(reply, headers={"ETag": f'"{reply.version}-{checksum:08x}"'})


def tagged(reply: T, etag: str) -> Response[T]:
    """200 with an ETag that is not a version."""
    return Response(reply, headers={"ETag": f'"{etag}"'})


def nothing() -> Response[None]:
    """204."""
    return Response(None, status_code=204)


def as_json(body: bytes, **headers: str) -> Response[Any]:
    """200 with bytes that are JSON already."""
    return Response(body, media_type="application/json", headers=headers)


def checked(body: bytes) -> Response[Any]:
    """200 with bytes that are JSON already, and their checksum as the ETag: 304 hides nothing."""
    return as_json(body, ETag=f'"{sha256(body).hexdigest()[:16]}"')
