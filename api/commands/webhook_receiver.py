"""`touchstone webhook-receiver`: a receiver to try webhooks with, on one's own machine."""

import hmac
import json
from base64 import b64decode
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BufferedIOBase
from typing import Final

import rich_click as click

from api.commands.machine import say
from domain.clock import now
from domain.rules.webhooks import PREFIX, signed

TOLERANCE: Final = 300  # seconds between when something was signed and now
MOST: Final = 1_048_576  # bytes of a body
PASSED: Final = 64 * MOST
PATIENCE: Final = 10.0  # seconds for a sender that does not go on

HELP = """
Receive webhooks on this machine, verify their signatures, and print what comes.

For trying out: let the server call this machine (TOUCHSTONE_OUTBOUND_PRIVATE=127.0.0.0/8), set up
a webhook to http://127.0.0.1:9000/ and give its secret here. `--answer` answers with another
status, to see how a failure is dealt with.

\b
Examples:
  touchstone webhook-receiver --secret whsec_...
  touchstone webhook-receiver --port 9001 --secret whsec_... --answer 503
"""


def fault(secret: bytes, headers: Mapping[str, str], body: bytes) -> str | None:
    """Why a request is not to be believed; None when it is."""
    names = ("webhook-id", "webhook-timestamp", "webhook-signature")
    given = [headers.get(name) or "" for name in names]
    if not all(given) or not given[1].isdecimal():
        return "this is no webhook: a header is missing"
    if abs(now().timestamp() - int(given[1])) > TOLERANCE:
        return "it was signed more than five minutes ago, or a clock is wrong"
    good = signed([secret], given[0], int(given[1]), body)
    if not any(hmac.compare_digest(good.encode(), s.encode()) for s in given[2].split(" ")):
        return "the signature was made with another secret, or of another body"
    return None


def make_server(host: str, port: int, secret: bytes, answer: int) -> HTTPServer:
    """A server that prints what it is sent; 401 for what is not to be believed, 413 if too long."""

    class Handler(BaseHTTPRequestHandler):
        timeout = PATIENCE

        def do_POST(self) -> None:
            named = {name.lower(): value for name, value in self.headers.items()}
            size = _size(named.get("content-length", ""))
            body = _read(self.rfile, size)
            wrong = fault(secret, named, body) if size <= MOST else f"it is longer than {MOST}"
            say(_told(named.get("webhook-id", "?"), body, wrong))
            refused = 413 if size > MOST else 401
            self.send_response(answer if wrong is None else refused)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """What came is printed already."""

    return HTTPServer((host, port), Handler)


def _size(length: str) -> int:
    return int(length[:15]) if length.isdecimal() else 0


def _read(sent: BufferedIOBase, size: int) -> bytes:
    """The body; what is too long is only let pass, so that its sender comes to read the answer."""
    for _ in range(min(size, PASSED) // MOST if size > MOST else 0):
        sent.read(MOST)
    return sent.read(size if size <= MOST else min(size, PASSED) % MOST)


def _told(delivery: str, body: bytes, wrong: str | None) -> str:
    if wrong is not None:
        return f"{delivery} NOT VERIFIED: {wrong}."
    try:
        shown = json.dumps(json.loads(body), indent=2)
    except (ValueError, RecursionError):
        shown = f"this is no JSON:\n{body.decode(errors='replace')}"
    return f"{delivery} verified\n{shown}"


class Secret(click.ParamType[bytes]):
    """The secret of a webhook, as it was shown."""

    name = "secret"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> bytes:
        """Decode it."""
        text = str(value)
        try:
            secret = b64decode(text.removeprefix(PREFIX), validate=True)
        except ValueError:
            secret = b""
        if not text.startswith(PREFIX) or not secret:
            says = f"It begins with {PREFIX}, as it was shown when the webhook was set up."
            self.fail(says, param, ctx)
        return secret


@click.command("webhook-receiver", help=HELP)
@click.option("--host", default="127.0.0.1", help="Where to listen.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), default=9000, help="[default: 9000]")
@click.option("--secret", type=Secret(), required=True, help="As it was shown: whsec_...")
@click.option("--answer", type=click.IntRange(200, 599), default=204, help="[default: 204]")
def webhook_receiver(host: str, port: int, secret: bytes, answer: int) -> None:
    server = make_server(host, port, secret, answer)
    say(f"Listening on http://{host}:{server.server_port}/. Stop it with Ctrl-C.")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
