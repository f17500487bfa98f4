"""Letters by e-mail."""

from api.mail.letters import Letter, invitation, password_reset
from api.mail.post import Mailer

__all__ = ["Letter", "Mailer", "invitation", "password_reset"]
