"""What a provider's claims say of a person, as far as it can be written down."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import category

from api.auth.id_tokens import Forged
from domain.rules.emails import normalize

CONTROLS = ("Cc", "Cs")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LONGEST_EMAIL, LONGEST_NAME, LONGEST_VALUE, MOST_VALUES = 254, 200, 200, 500
NAMELESS = "New member"


def plain(value: object) -> str:
    """A claim that is a word; Forged when it is something else, or cannot be written down."""
    if not isinstance(value, str) or any(category(mark) in CONTROLS for mark in value):
        raise Forged("a claim holds what nobody can read")
    return value


def name_in(claims: Mapping[str, Any]) -> str:
    """What to call somebody who joins."""
    parts = [claims.get("given_name"), claims.get("family_name")]
    both = " ".join(part for part in parts if isinstance(part, str))
    names = (claims.get("name"), both, claims.get("preferred_username"), claims.get("email"))
    found = next((name for name in names if isinstance(name, str) and name.strip()), NAMELESS)
    return plain(found.strip())[:LONGEST_NAME]


def email_in(claims: Mapping[str, Any]) -> str:
    """Where letters may go: an address that the provider does not call unverified, or nowhere."""
    email, verified = claims.get("email"), claims.get("email_verified", True)
    if not isinstance(email, str) or verified not in (True, "true"):
        return ""
    fits = len(email) <= LONGEST_EMAIL and EMAIL.fullmatch(plain(email))
    return normalize(email) if fits else ""


def values_in(claims: Mapping[str, Any], name: str) -> Sequence[str]:
    """The values of a claim that is a word or a list of words."""
    told = claims.get(name) if name else None
    values = told if isinstance(told, list) else [told]
    words = [plain(value) for value in values[:MOST_VALUES] if isinstance(value, str)]
    return [word for word in words if len(word) <= LONGEST_VALUE]
