"""`touchstone webhook-receiver`: believes what is signed with the secret, and prints it."""

import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import httpx
import pytest
from click.testing import CliRunner
from litestar import Litestar

from api.commands.posting import signed_headers
from api.commands.webhook_receiver import MOST, make_server, webhook_receiver
from api.settings import Settings
from domain.clock import now
from domain.ids import new_id
from domain.rules.webhooks import signed
from tests.api.integration.hooks import hooked, log_of, may_call_here, told, working
from tests.world import World

SECRET = b"x" * 32


@contextmanager
def listening(secret: bytes, port: int = 0, answer: int = 204) -> Iterator[str]:
    """The receiver in a thread; its address."""
    server = make_server("127.0.0.1", port, secret, answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


async def test_it_takes_what_a_worker_sends(
    world: World,
    settings: Settings,
    app: Litestar,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    may_call_here(app, monkeypatch)
    org = await world.organization()
    with listening(SECRET) as address:
        port = int(address.rstrip("/").rsplit(":", 1)[-1])
        hook = await hooked(org.admin, address, events=["channel.created"])
    with listening(b64decode(hook["secret"].removeprefix("whsec_")), port):
        async with working(settings, org) as works:
            await org.admin.post(f"/v1/webhooks/{hook['id']}/ping")
            await told(works)
    (line,) = await log_of(org.admin, hook)
    assert line["status"] == "delivered"
    printed = capsys.readouterr().out
    assert f"{line['id']} verified" in printed
    assert '"type": "webhook.ping"' in printed


def test_it_believes_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    body, old = b"{}", int((now() - timedelta(minutes=6)).timestamp())
    good = dict(signed_headers([SECRET], new_id(), body))
    late = good | {
        "webhook-timestamp": str(old),
        "webhook-signature": signed([SECRET], good["webhook-id"], old, body),
    }
    two = dict(signed_headers([b"another", SECRET], new_id(), body))
    tried = [
        (good, body, 204), (two, body, 204), (good, b"{} ", 401), (late, body, 401),
        (good | {"webhook-signature": "v1,é"}, body, 401), ({}, body, 401),
        (dict(signed_headers([b"another"], new_id(), body)), body, 401),
    ]  # fmt: skip
    with listening(SECRET) as address:
        for headers, content, status in tried:
            named = {name: value.encode() for name, value in headers.items()}
            assert httpx.post(address, headers=named, content=content).status_code == status
    assert capsys.readouterr().out.count("NOT VERIFIED") == 5


def test_what_is_signed_and_strange_is_shown_and_what_is_too_long_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tried = [(b"no JSON: \xff", 204), (b"[" * 200_000, 204), (b" " * (MOST - 2) + b"{}", 204),
             (b"{" + b" " * MOST + b"}", 413), (b"{" + b" " * 3 * MOST + b"}", 413)]  # fmt: skip
    with listening(SECRET) as address:
        for content, status in tried:
            headers = dict(signed_headers([SECRET], new_id(), content))
            assert httpx.post(address, headers=headers, content=content).status_code == status
    printed = capsys.readouterr().out
    assert "no JSON: \N{REPLACEMENT CHARACTER}" in printed
    assert printed.count(" verified\n") == 3
    assert printed.count(f"NOT VERIFIED: it is longer than {MOST}") == 2


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_é", "whsec_!!!", "c2VjcmV0"])
def test_a_secret_that_is_none(secret: str) -> None:
    answer = CliRunner().invoke(webhook_receiver, ["--secret", secret])
    assert answer.exit_code == 2
    assert "whsec_" in answer.output
