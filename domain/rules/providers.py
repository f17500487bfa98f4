"""What may be set of an identity provider."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from domain.errors import FieldError, Invalid
from domain.rules.repeats import repeats

OPENID = "openid"
LOCAL = ("localhost", "127.0.0.1", "::1")
MAPS = ("group_map", "department_map")
MARKER = "{provider_id}"
"""Stands for the id of the provider where a redirect URI is given."""


def possible(settings: Mapping[str, Any], provider_id: UUID) -> dict[str, Any]:
    """Return the settings of a provider as they are stored, the maps as canonical JSON.

    Raises Invalid, with a pointer to each fault: an address that nobody is sent back to, no
    `openid` among the scopes, or one of them twice. Only what is in `settings` is judged.
    """
    settings = _marked(settings, provider_id)
    addresses = settings.get("redirect_uris", ())
    faults = [*_scopes(settings.get("scopes")), *_addresses(addresses, provider_id)]
    for name in ("scopes", "redirect_uris"):
        faults += repeats(settings.get(name, ()), name)
    if faults:
        raise Invalid(faults[0].detail, code=faults[0].code, errors=faults)
    return {name: _canonical(value) if name in MAPS else value for name, value in settings.items()}


def _scopes(scopes: Sequence[str] | None) -> Iterator[FieldError]:
    if scopes is not None and OPENID not in scopes:
        detail = "Without the scope `openid` a provider says nothing of who somebody is: add it."
        yield FieldError(detail, "openid_missing", pointer="#/scopes")


def _marked(settings: Mapping[str, Any], provider_id: UUID) -> Mapping[str, Any]:
    if "redirect_uris" not in settings:
        return settings
    uris = [uri.replace(MARKER, str(provider_id)) for uri in settings["redirect_uris"]]
    return {**settings, "redirect_uris": uris}


def _addresses(uris: Sequence[str], provider_id: UUID) -> Iterator[FieldError]:
    detail = (
        f"Give an https address that ends in /{MARKER}, without query and fragment; http is for"
        " localhost."
    )
    for place, uri in enumerate(uris):
        if not returns_safely(uri, provider_id):
            yield FieldError(detail, "bad_redirect_uri", pointer=f"#/redirect_uris/{place}")


def returns_safely(uri: str, provider_id: UUID) -> bool:
    """Whether this provider may send somebody back to this address with a code in it.

    It ends in the provider's id, so that no two providers share one: where somebody comes back
    tells who sent them, which `state` does not when one provider sends them on to another
    (RFC 9700, section 4.4.2.2).
    """
    try:
        parts = urlsplit(uri)
        host = parts.hostname
    except ValueError:
        return False
    readable = uri.isascii() and uri.isprintable() and not set(uri) & set(" \\#?")
    secure = parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL)
    its_own = parts.path.endswith(f"/{provider_id}")
    return bool(host) and readable and secure and its_own and "@" not in parts.netloc


def _canonical(mapped: Mapping[str, Any]) -> str:
    told = {key: str(value) for key, value in mapped.items()}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
