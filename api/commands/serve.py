"""`touchstone serve`: the API, with everything it needs, until it is told to stop."""

import gc
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import cache, partial

import rich_click as click
from granian import Granian
from granian.constants import Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from litestar.types import ASGIApp

from api.app import app
from api.commands.machine import machine, migrated, read_settings, say
from api.commands.ready import refuse_taken_port, when_ready
from api.commands.seed import ensure_demo
from api.commands.ticking import runs, ticking
from api.embedded.parent import end_with_parent
from api.embedded.roles import URL_VARIABLES, WORKER
from api.settings import Settings

QUEUE = 4096  # Granian's backpressure counts open streams too, so it must not be the limit
BUFFER = 128 * 1024  # bytes kept for one connection; of 50 that take nothing, too
OUT_WITHIN = 10  # seconds for requests in flight after SIGTERM

HELP = """
Serve the API until Ctrl-C or SIGTERM.

Without DATABASE_URL it starts a PostgreSQL of its own, applies the migrations and adds a demo
organization with members of all four groups. With DATABASE_URL it uses your server; run
`touchstone migrate` there first, or set TOUCHSTONE_OWNER_DATABASE_URL and it migrates by itself.

A clock runs beside it (see `touchstone worker --help`), in a process of its own.

\b
Examples:
  touchstone serve
  touchstone serve --port 8080 --workers 2
  TOUCHSTONE_ENV=production DATABASE_URL=postgresql://... touchstone serve --host 0.0.0.0
"""


@click.command(help=HELP)
@click.option("--host", help="Address to listen on.  [TOUCHSTONE_HOST, 127.0.0.1]")
@click.option("--port", type=int, help="Port to listen on.  [TOUCHSTONE_PORT, 8000]")
@click.option("--workers", type=int, help="Processes that serve.  [TOUCHSTONE_WORKERS, 1]")
@click.option("--demo/--no-demo", default=None, help="With or without the demo organization.")
@click.option(
    "--clock/--no-clock", default=None, help="With or without the clock.  [TOUCHSTONE_CLOCK, on]"
)
@click.option(
    "--respawn-failed-workers/--no-respawn-failed-workers",
    default=True,
    help="Replace a worker that was killed, or stop altogether.  [default: replace]",
)
def serve(
    host: str | None,
    port: int | None,
    workers: int | None,
    demo: bool | None,
    clock: bool | None,
    respawn_failed_workers: bool,
) -> None:
    started = time.monotonic()
    given = {"HOST": host, "PORT": port, "WORKERS": workers}
    switches = {"DEMO": _switch(demo), "CLOCK": _switch(clock)}
    settings = read_settings({f"TOUCHSTONE_{n}": v for n, v in (given | switches).items()})
    refuse_taken_port(settings)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if settings.embedded:
        say("Starting the database")
    with machine(settings, alone=True) as running:
        say("Applying the migrations")
        migrated(running)
        sign_ins = _demo(running)
        with ticking(running) as start_clock:
            when_ready(running, partial(welcome, running, sign_ins, started, start_clock))
            _run(running, respawn_failed_workers)
        if settings.embedded:
            say("Stopping the database")
    say("Stopped.")
    gc.freeze()  # the end of a process need not begin with a search for garbage


def _switch(option: bool | None) -> str | None:
    return None if option is None else ("on" if option else "off")


def _demo(settings: Settings) -> list[tuple[str, str, str]]:
    if not settings.demo:
        return []
    say("Looking after the demo organization")
    return ensure_demo(settings)


def _run(settings: Settings, respawn: bool) -> None:
    """Serve until a signal comes; every worker is a fork of this process, with the app loaded."""
    os.environ.update(settings.environ())
    server = Granian(
        "api.app:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.workers,
        loop=Loops.uvloop,
        backlog=QUEUE,
        backpressure=QUEUE,
        http1_settings=HTTP1Settings(max_buffer_size=BUFFER),
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=respawn,
        respawn_interval=0.2,
        workers_kill_timeout=OUT_WITHIN,
    )
    application()
    server.serve(target_loader=_in_worker, wrap_loader=False)


@cache
def application() -> ASGIApp:
    """Make the application once, before the workers are forked off with it."""
    return app()


def _in_worker() -> ASGIApp:
    """Give a worker the application, and make sure that it can be stopped while it starts.

    It has inherited the server's own signal handlers, which would swallow the signal.
    """
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_DFL)
    end_with_parent(signal.SIGTERM)
    return application()


def welcome(
    settings: Settings,
    sign_ins: list[tuple[str, str, str]],
    started: float,
    start_clock: Callable[[], None],
) -> None:
    """Say where everything is, and let the clock begin."""
    say()
    say(f"Touchstone is ready after {time.monotonic() - started:.1f} s")
    say(f"  API    {settings.public_url}/v1")
    say(f"  Docs   {settings.public_url}/docs")
    if sign_ins:
        say("  Demo   sign in with POST /v1/sessions as")
    for group, email, password in sign_ins:
        say(f"         {group:<16} {email:<36} {password}")
    if settings.clock and not runs(settings):
        say("  Clock  DOES NOT RUN, nothing is reminded of, closed or escalated: set")
        say(f"         {URL_VARIABLES[WORKER]}, or run `touchstone worker` elsewhere")
    say("  Stop   Ctrl-C")
    say()
    start_clock()
