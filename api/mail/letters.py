"""What Touchstone writes to people, as plain text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one address."""

    to: str
    subject: str
    body: str


def password_reset(to: str, name: str, secret: str) -> Letter:
    """The right to set a new password."""
    body = f"""\
Hello {name},

somebody, probably you, asked for a new password for this address. Enter this code where you asked
for it, together with the new password:

{secret}

It works once and for an hour, and signs you out everywhere. If it was not you, there is nothing to
do: your password stays as it is.

Touchstone
"""
    return Letter(to, "Your new password", body)
