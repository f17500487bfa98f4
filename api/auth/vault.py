"""Secrets that must be read again: sealed with a key that is not in the database."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from api.auth.keys import derive


class Unsealable(Exception):
    """What is stored was sealed with none of the installation's secrets."""


class Vault:
    """Seals with the first of the installation's secrets, opens with all of them (Fernet)."""

    def __init__(self, installation_secrets: Sequence[str]) -> None:
        self._keys = [
            Fernet(urlsafe_b64encode(derive(secret, "sealed secret")))
            for secret in installation_secrets
        ]

    def seal(self, secret: bytes) -> bytes:
        """What may be stored: another text each time, and nothing without the key."""
        return self._keys[0].encrypt(secret)

    def open(self, sealed: bytes) -> bytes:
        """The secret; Unsealable when its key is gone."""
        try:
            return MultiFernet(self._keys).decrypt(sealed)
        except InvalidToken:
            raise Unsealable from None

    def is_stale(self, sealed: bytes) -> bool:
        """Whether it was sealed with another key than the first."""
        try:
            self._keys[0].decrypt(sealed)
        except InvalidToken:
            return True
        return False

    def fresh(self, sealed: bytes) -> bytes:
        """The same secret, sealed with the first key; Unsealable when its key is gone."""
        return self.seal(self.open(sealed))
