"""E-mail addresses: one spelling for one mailbox."""

import unicodedata


def normalize(email: str) -> str:
    """The spelling under which an address is kept and looked for; case makes no difference."""
    return unicodedata.normalize("NFC", email.strip()).lower()
