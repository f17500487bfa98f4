"""Secrets that sign what is sent to webhooks: shown once, and kept sealed to sign with."""

from secrets import token_bytes
from typing import NamedTuple

from api.auth.vault import Vault
from domain.rules.webhooks import SECRET_BYTES, written


class NewSecret(NamedTuple):
    """`text` is told once and never kept, `sealed` is what is stored."""

    text: str
    sealed: bytes


def new_secret(vault: Vault) -> NewSecret:
    """A new secret of 256 random bits."""
    secret = token_bytes(SECRET_BYTES)
    return NewSecret(written(secret), vault.seal(secret))
