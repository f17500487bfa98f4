"""A provider that others wrote (oidc-provider-mock: Flask and Authlib), in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import httpx

PROGRAM = """
import sys
import oidc_provider_mock
with oidc_provider_mock.run_server_in_thread(require_nonce=True) as server:
    print(server.server_port, flush=True)
    sys.stdin.read()
"""


@contextmanager
def running() -> Iterator[str]:
    """Its issuer, for as long as the block runs."""
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM]
    told = os.environ | {"AUTHLIB_INSECURE_TRANSPORT": "1"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=told, **pipes, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.stdin.close()
            process.terminate()


async def registered(issuer: str, redirect_uri: str) -> dict[str, str]:
    """A client of its own at the provider."""
    told = {"redirect_uris": [redirect_uri]}
    async with httpx.AsyncClient() as client:
        reply = await client.post(f"{issuer}/oauth2/clients", json=told)
    assert reply.status_code == 201, reply.text
    return {name: reply.json()[name] for name in ("client_id", "client_secret")}


async def known(issuer: str, subject: str, **claims: object) -> None:
    """Somebody whom the provider knows."""
    async with httpx.AsyncClient() as client:
        reply = await client.put(f"{issuer}/users/{subject}", json=claims)
    assert reply.status_code == 204, reply.text


async def visited(authorization_url: str, subject: str) -> dict[str, str]:
    """What a browser comes back with in which somebody signs in there; `deny` says no."""
    choice = {"action": "deny"} if subject == "deny" else {"sub": subject}
    async with httpx.AsyncClient() as client:
        form = await client.get(authorization_url)
        assert form.status_code == 200, form.text
        reply = await client.post(authorization_url, data=choice)
    assert reply.status_code == 302, reply.text
    asked = parse_qs(urlsplit(reply.headers["location"]).query)
    return {name: values[0] for name, values in asked.items()}
