"""Letters by e-mail."""

from api.mail.letters import Letter, password_reset
from api.mail.post import Mailer

__all__ = ["Letter", "Mailer", "password_reset"]
