"""Sending letters: through the SMTP server of the settings, to the log when there is none."""

import logging
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any
from urllib.parse import unquote, urlsplit

from api.mail.letters import Letter

log = logging.getLogger("touchstone.mail")

TIMEOUT_SECONDS = 20
WITHHELD = "What it says is not printed in production: set TOUCHSTONE_SMTP_URL."


class Mailer:
    """`smtp://user:password@host:587` (STARTTLS where it is offered) or `smtps://...` (TLS).

    Without a server letters are printed to the log; `prints` off keeps what they say, which may be
    a secret, out of it.
    """

    def __init__(self, smtp_url: str, sender: str, *, prints: bool = True) -> None:
        self._smtp_url = smtp_url
        self._sender = sender
        self._prints = prints

    async def send(self, letter: Letter) -> None:
        """Send a letter. Nobody waits for the outcome any more, so a failure goes to the log."""
        if not self._smtp_url:
            log.warning(
                "No mail server is configured. To: %s\nSubject: %s\n\n%s",
                letter.to, letter.subject, letter.body if self._prints else WITHHELD,
            )  # fmt: skip
            return
        import aiosmtplib

        try:
            await aiosmtplib.send(self._message(letter), **_server(self._smtp_url))
        except (aiosmtplib.SMTPException, OSError) as error:
            log.error("A letter could not be sent (%s): %s", letter.subject, error)

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = letter.to
        message["Subject"] = letter.subject
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain="touchstone")
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.body)
        return message


def _server(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    tls = parts.scheme == "smtps"
    return {
        "hostname": parts.hostname,
        "port": parts.port or (465 if tls else 587),
        "use_tls": tls,
        "username": unquote(parts.username) if parts.username else None,
        "password": unquote(parts.password) if parts.password else None,
        "timeout": TIMEOUT_SECONDS,
    }
