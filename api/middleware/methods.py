"""Which methods an address knows. Litestar forgets all handlers but the first, and HEAD."""

from litestar import Litestar
from litestar.exceptions import HTTPException
from litestar.types import Method
from litestar.utils import normalize_path

_METHODS: tuple[Method, ...] = ("GET", "POST", "PUT", "PATCH", "DELETE")


def allowed_methods(app: Litestar, path: str) -> str:
    """The value of `Allow` for this path; empty when there is nothing at all."""
    known = [method for method in _METHODS if _routes(app, path, method)]
    if not known:
        return ""
    head = ["HEAD"] if "GET" in known else []
    return ", ".join([*known, *head, "OPTIONS"])


def _routes(app: Litestar, path: str, method: Method) -> bool:
    try:
        app.asgi_router.handle_routing(path=normalize_path(path), method=method)
    except HTTPException:
        return False
    return True
