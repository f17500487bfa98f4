"""What can go wrong with the embedded database."""


class EmbeddedError(Exception):
    """The embedded database cannot be used; the message says why and what to do."""
