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
for it, in the application that your organization uses, together with the new password:

{secret}

Without such an application, send both to POST /v1/password-resets/redeem.

The code works once and for an hour, and signs you out everywhere. If it was not you, there is
nothing to do: your password stays as it is.

Touchstone
"""
    return Letter(to, "Your new password", body)


def invitation(to: str, name: str, organization: str, secret: str) -> Letter:
    """The right to join an organization."""
    body = f"""\
Hello {name},

you are invited to join {organization} on Touchstone, where journey maps are drawn and answered for
together. To join, enter this code in the application that your organization uses, where it asks for
an invitation code:

{secret}

Without such an application, send it to POST /v1/invitations/accept.

The code works once and for two weeks. Whoever has an account under this address already joins with
its password. If you do not want to join, there is nothing to do.

Touchstone
"""
    return Letter(to, "You are invited to join", body)
