"""Is the port free, and does the server answer: what `serve` asks before it says so."""

import http.client
import socket
import threading
import time
from collections.abc import Callable

import rich_click as click

from api.settings import Settings

PATIENCE = 60.0
ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  it is looked up, not bound


def refuse_taken_port(settings: Settings) -> None:
    """Say that the port is taken before a database has been started for nothing."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise click.ClickException(
                f"Cannot listen on {settings.host} port {settings.port} ({error.strerror}). "
                "Choose another with --port or --host."
            ) from None


def when_ready(settings: Settings, tell: Callable[[], None]) -> None:
    """Call `tell` as soon as the server answers, from a thread that ends with the process."""
    threading.Thread(target=_watch, args=(settings, tell), daemon=True).start()


def _watch(settings: Settings, tell: Callable[[], None]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if _answers(settings):
            tell()
            return
        time.sleep(0.05)


def _answers(settings: Settings) -> bool:
    host = ANY.get(settings.host, settings.host)
    connection = http.client.HTTPConnection(host, settings.port, timeout=5)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        connection.close()
