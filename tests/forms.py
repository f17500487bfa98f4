"""A form with a file, as a browser would send it."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any


def is_form(body: Any) -> bool:
    """Whether a body has a file in it: only forms can have one."""
    return isinstance(body, Mapping) and any(isinstance(one, bytes) for one in body.values())


def encoded(body: Mapping[str, Any], name: str = "a photo.bin") -> tuple[bytes, str]:
    """The bytes of a form, and its content type."""
    # The same form is the same bytes, so that it can be sent again under its Idempotency-Key.
    boundary = sha256(repr(body).encode()).hexdigest()
    lines = []
    for field, value in body.items():
        told = f'Content-Disposition: form-data; name="{field}"'
        if isinstance(value, bytes):
            told += f'; filename="{name}"\r\nContent-Type: application/octet-stream'
        content = value if isinstance(value, bytes) else str(value).encode()
        lines += [f"--{boundary}\r\n{told}\r\n\r\n".encode(), content, b"\r\n"]
    lines.append(f"--{boundary}--\r\n".encode())
    return b"".join(lines), f"multipart/form-data; boundary={boundary}"
