"""Letters by e-mail."""

from api.mail.letters import (
    Asked,
    Letter,
    digest,
    input_link,
    input_reminder,
    invitation,
    moment_in,
    password_reset,
)
from api.mail.outbox import Outbox
from api.mail.post import Mailer

__all__ = [
    "Asked",
    "Letter",
    "Mailer",
    "Outbox",
    "digest",
    "input_link",
    "input_reminder",
    "invitation",
    "moment_in",
    "password_reset",
]
