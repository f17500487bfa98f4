"""`touchstone webhook-receiver`: a receiver to try webhooks with, on one's own machine."""

import hmac
import json
from base64 import b64decode
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Final

import rich_click as click

from api.commands.machine import say
from domain.clock import now
from domain.rules.webhooks import PREFIX, signed

TOLERANCE: Final = 300  # seconds between when something was signed and now
MOST: Final = 1_048_576

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
    """A server that prints what it is sent; 401 for what is not to be believed."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = self.headers.get("content-length", "")
            body = self.rfile.read(min(int(length), MOST)) if length.isdecimal() else b""
            wrong = fault(secret, {k.lower(): v for k, v in self.headers.items()}, body)
            say(_told(self.headers.get("webhook-id", "?"), body, wrong))
            self.send_response(answer if wrong is None else 401)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """What came is printed already."""

    return HTTPServer((host, port), Handler)


def _told(delivery: str, body: bytes, wrong: str | None) -> str:
    if wrong is not None:
        return f"{delivery} NOT VERIFIED: {wrong}."
    return f"{delivery} verified\n{json.dumps(json.loads(body), indent=2)}"


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
