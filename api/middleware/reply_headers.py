"""The headers that every reply carries, whoever wrote it, and who else's pages may read it."""

from collections.abc import Iterable, Sequence

Headers = list[tuple[bytes, bytes]]

EXPOSED = (
    "ETag, Location, Journey-Revision, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, "
    "Idempotent-Replayed, Deprecation, Sunset, Link"
)
ACCEPTED = (
    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, "
    "Traceparent, X-Request-Id"
)
PREFLIGHT_SECONDS = 600

_SECURITY = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_TRANSPORT = {"strict-transport-security": "max-age=31536000; includeSubDomains"}
_CACHE = {"cache-control": "no-store"}


class ReplyHeaders:
    """Completes the headers of a reply. What the reply says itself is left as it is."""

    def __init__(self, origins: Sequence[str], *, https: bool) -> None:
        self._origins = {origin.encode("latin-1") for origin in origins}
        transport = _TRANSPORT if https else {}
        self._defaults = encoded({**_SECURITY, **transport, **_CACHE})

    def complete(self, headers: Iterable[tuple[bytes, bytes]], origin: bytes | None) -> Headers:
        """The reply's own headers, then those of ours that it does not set."""
        own = [(name.lower(), value) for name, value in headers]
        present = {name for name, _ in own}
        own += [pair for pair in self._defaults if pair[0] not in present]
        if self._origins:
            own = _vary(own)
        if origin in self._origins:
            own += [(b"access-control-allow-origin", origin)]
            own += encoded({"access-control-expose-headers": EXPOSED})
        return own

    def preflight(self, origin: bytes | None, methods: str) -> Headers:
        """What a browser must hear before it sends the real request; empty for strangers."""
        if origin not in self._origins:
            return []
        return encoded(
            {
                "access-control-allow-methods": methods,
                "access-control-allow-headers": ACCEPTED,
                "access-control-max-age": str(PREFLIGHT_SECONDS),
            }
        )


def encoded(headers: dict[str, str]) -> Headers:
    """Headers as ASGI wants them."""
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


def header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes | None:
    """The first header of this name."""
    return next((value for key, value in headers if key == name), None)


def _vary(headers: Headers) -> Headers:
    """Let caches tell origins apart, beside whatever else they must tell apart."""
    said = [value for name, value in headers if name == b"vary"]
    rest = [pair for pair in headers if pair[0] != b"vary"]
    return [*rest, (b"vary", b", ".join([*said, b"Origin"]))]
