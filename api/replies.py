"""How a handler answers: 201 with Location, 200 with ETag, 204."""

from typing import Any, Protocol, TypeVar

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


def tagged(reply: T, etag: str) -> Response[T]:
    """200 with an ETag that is not a version."""
    return Response(reply, headers={"ETag": f'"{etag}"'})


def nothing() -> Response[None]:
    """204."""
    return Response(None, status_code=204)


def as_json(body: bytes, **headers: str) -> Response[Any]:
    """200 with bytes that are JSON already."""
    return Response(body, media_type="application/json", headers=headers)
