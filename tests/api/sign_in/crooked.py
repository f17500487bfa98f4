"""A provider of our own that can do everything wrong; it does right what no test has twisted."""

import asyncio
import json
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from jwt import encode
from jwt.algorithms import ECAlgorithm

from domain import clock
from domain.ids import new_id

Reply = tuple[int, dict[str, str], bytes]
Twist = Callable[["Crooked", Any], Reply]


def as_json(told: Any, status: int = 200) -> Reply:
    return status, {"Content-Type": "application/json"}, json.dumps(told).encode()


@dataclass
class Key:
    """A key pair, by the name that the provider gives it."""

    kid: str = field(default_factory=lambda: str(new_id()))
    private: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def public(self) -> dict[str, Any]:
        told: dict[str, Any] = ECAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return told | {"kid": self.kid, "use": "sig", "alg": "ES256"}


@dataclass
class Crooked:
    """What the provider says. Tests twist `metadata`, `claims`, `header`, `signed` or `answers`."""

    issuer: str = ""
    name: str = field(default_factory=lambda: str(new_id()))
    key: Key = field(default_factory=Key)
    metadata: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    signed: Callable[[dict[str, Any], dict[str, Any]], str] | None = None
    answers: dict[str, Twist] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    forms: list[tuple[dict[str, str], dict[str, str]]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    knocked: asyncio.Event = field(default_factory=asyncio.Event)

    def code(self, url: str, subject: str, **claims: Any) -> dict[str, str]:
        """Somebody signs in at this address: what their browser comes back with."""
        asked, code = dict(httpx.URL(url).params), str(new_id())
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        self.codes[code] = {**asked, "claims": json.dumps({"sub": subject} | claims)}
        return {"code": code, "state": asked["state"]}

    def token(self, asked: dict[str, str], access_token: str) -> str:
        """The ID token for a code."""
        now = int(clock.now().timestamp())
        digest = sha256(access_token.encode()).digest()[:16]
        claims = {
            "iss": self.issuer,
            "aud": asked["client_id"],
            "nonce": asked["nonce"],
            "iat": now,
            "exp": now + 300,
            "at_hash": urlsafe_b64encode(digest).decode().rstrip("="),
        }
        claims |= json.loads(asked["claims"]) | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"kid": self.key.kid} | self.header
        if self.signed is not None:
            return self.signed(claims, header)
        return encode(claims, self.key.private, "ES256", headers=header)

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        self.asked[path] += 1
        self.knocked.set()
        if path in self.answers:
            return self.answers[path](self, body)
        if path == "/.well-known/openid-configuration":
            return as_json(self._metadata())
        if path == "/keys":
            return as_json({"keys": [self.key.public]})
        if path == "/userinfo":
            return as_json(self.userinfo)
        return self._redeemed(headers, dict(parse_qsl(body.decode())))

    def _metadata(self) -> dict[str, Any]:
        usual = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["ES256", "RS256"],
        }
        return {name: told for name, told in (usual | self.metadata).items() if told is not None}

    def _redeemed(self, headers: dict[str, str], form: dict[str, str]) -> Reply:
        self.forms.append((headers, form))
        asked = self.codes.pop(form.get("code", ""), None)
        digest = sha256(form.get("code_verifier", "").encode()).digest()
        proof = urlsafe_b64encode(digest).decode().rstrip("=")
        fits = asked is not None and (asked["redirect_uri"], asked["code_challenge"]) == (
            form.get("redirect_uri"),
            proof,
        )
        if not fits or asked is None:
            return as_json({"error": "invalid_grant"}, 400)
        access_token = str(new_id())
        token = self.token(asked, access_token)
        return as_json({"access_token": access_token, "token_type": "Bearer", "id_token": token})

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request; a twist that gives no status says nothing until it may go on."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ")
        pairs = [line.split(": ", 1) for line in head[1:] if line]
        headers = {name.lower(): value for name, value in pairs}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        path = target.partition("?")[0].removeprefix(f"/{self.name}")
        status, told, content = self.answer(method, path, headers, body)
        try:
            if status == 0:
                await self.go_on.wait()
            told = told | {"Content-Length": str(len(content)), "Connection": "close"}
            lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
            writer.write(f"HTTP/1.1 {status or 503} X\r\n{lines}\r\n".encode() + content)
            await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()


@asynccontextmanager
async def open_for_business() -> AsyncIterator[Crooked]:
    """A provider that listens on this machine."""
    provider = Crooked()
    server = await asyncio.start_server(provider.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    # The next provider may get the same port, and what is known of an issuer is kept.
    provider.issuer = f"http://127.0.0.1:{port}/{provider.name}"
    async with server:
        yield provider
