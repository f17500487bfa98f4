"""What may be set of an identity provider."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from domain.errors import FieldError, Invalid

OPENID = "openid"
LOCAL = ("localhost", "127.0.0.1", "::1")
MAPS = ("group_map", "department_map")


def possible(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings as they are stored, the maps as canonical JSON.

    Raises Invalid, with a pointer to each fault: an address that nobody is sent back to, or no
    `openid` among the scopes. Only what is in `settings` is judged.
    """
    faults = [*_scopes(settings.get("scopes")), *_addresses(settings.get("redirect_uris", ()))]
    if faults:
        raise Invalid(faults[0].detail, code=faults[0].code, errors=faults)
    return {name: _canonical(value) if name in MAPS else value for name, value in settings.items()}


def _scopes(scopes: Sequence[str] | None) -> Iterator[FieldError]:
    if scopes is not None and OPENID not in scopes:
        detail = "Without the scope `openid` a provider says nothing of who somebody is: add it."
        yield FieldError(detail, "openid_missing", pointer="#/scopes")


def _addresses(uris: Sequence[str]) -> Iterator[FieldError]:
    detail = (
        "Give an https address without a fragment, as the provider knows it; http is for localhost."
    )
    for place, uri in enumerate(uris):
        if not returns_safely(uri):
            yield FieldError(detail, "bad_redirect_uri", pointer=f"#/redirect_uris/{place}")


def returns_safely(uri: str) -> bool:
    """Whether somebody may be sent back to this address with a code in it."""
    try:
        parts = urlsplit(uri)
        host = parts.hostname
    except ValueError:
        return False
    readable = uri.isascii() and uri.isprintable() and not set(uri) & set(" \\#")
    secure = parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL)
    return bool(host) and readable and secure and "@" not in parts.netloc


def _canonical(mapped: Mapping[str, Any]) -> str:
    told = {key: str(value) for key, value in mapped.items()}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
