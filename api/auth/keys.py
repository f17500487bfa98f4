"""One secret of the installation, one key per purpose: what one signs, another never accepts."""

import hmac

MIN_SECRET = 32


def derive(secret: str, purpose: str) -> bytes:
    """The key that `secret` stands for when it is used for `purpose`."""
    raw = secret.encode()
    if len(raw) < MIN_SECRET:
        raise ValueError(f"a secret must have at least {MIN_SECRET} bytes")
    return hmac.digest(raw, f"touchstone {purpose}".encode(), "sha256")
