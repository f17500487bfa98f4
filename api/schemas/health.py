"""Health on the wire."""

from api.schemas.base import Reply


class Health(Reply):
    """`ok`; anything else is a problem."""

    status: str
