"""A provider that lies, a browser that does, and what becomes of it: nothing, and always alike."""

import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from domain.roles import Group
from tests.api.sign_in.crooked import Crooked, Key, as_json
from tests.api.sign_in.going import Going, provider_of, signed_in
from tests.world import Org, World

REFUSED = (401, "provider_sign_in_refused")
UNAVAILABLE = (503, "provider_unavailable")
SOON, LATER = 3600, 10**9
Twist = Callable[[Crooked], Any]


def says(**claims: Any) -> Twist:
    """The ID token says this; None leaves a claim out."""
    return lambda one: one.claims.update(claims)


def at(seconds: int, *names: str) -> Twist:
    return lambda one: one.claims.update({n: int(time.time()) + seconds for n in names})


def header(**told: Any) -> Twist:
    return lambda one: one.header.update(told)


def signed(make: Callable[[Crooked, dict[str, Any], dict[str, Any]], str]) -> Twist:
    def twist(one: Crooked) -> None:
        one.signed = lambda claims, head: make(one, claims, head)

    return twist


def answers(path: str, *reply: Any) -> Twist:
    status, headers, body = reply
    return lambda one: one.answers.update({path: lambda *_: (status, headers, body)})


def with_public_key(one: Crooked, claims: dict[str, Any], head: dict[str, Any]) -> str:
    """HS256, and the public key that everybody has as the secret."""
    pem = one.key.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    # PyJWT itself would not do this.
    signing = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    parts = [
        jwt.utils.base64url_encode(jwt.api_jws.json.dumps(p).encode())
        for p in (head | {"alg": "HS256", "typ": "JWT"}, claims)
    ]
    text = b".".join(parts)
    return (text + b"." + jwt.utils.base64url_encode(signing.sign(text, pem))).decode()


def without_signature(_: Crooked, claims: dict[str, Any], head: dict[str, Any]) -> str:
    return jwt.encode(claims, None, "none", headers=head)


def by_another(_: Crooked, claims: dict[str, Any], head: dict[str, Any]) -> str:
    return jwt.encode(claims, Key().private, "ES256", headers=head)


def with_short_key(one: Crooked) -> None:
    """A key of RSA, published, that is too short; PyJWT only warns."""
    private = rsa.generate_private_key(65537, 1024)
    public = jwt.algorithms.RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    one.answers["/keys"] = lambda *_: as_json({"keys": [public | {"kid": "short"}]})

    def signed_with(claims: dict[str, Any], _: dict[str, Any]) -> str:
        with warnings.catch_warnings(action="ignore"):
            return jwt.encode(claims, private, "RS256", headers={"kid": "short"})

    one.signed = signed_with


LIES: dict[str, tuple[Twist, tuple[int, str]]] = {
    "another issuer": (says(iss="https://other.example"), REFUSED),
    "its issuer with a slash": (lambda one: one.claims.update(iss=one.issuer + "/"), REFUSED),
    "no issuer": (says(iss=None), REFUSED),
    "for another client": (says(aud="somebody else"), REFUSED),
    "for others too, and no azp": (says(aud=["touchstone", "other"]), REFUSED),
    "another azp": (says(azp="other"), REFUSED),
    "no audience": (says(aud=None), REFUSED),
    "another nonce": (says(nonce="another"), REFUSED),
    "no nonce": (says(nonce=None), REFUSED),
    "expired": (at(-SOON, "exp"), REFUSED),
    "no expiry": (says(exp=None), REFUSED),
    "expiry as a word": (says(exp="never"), REFUSED),
    "from the future": (at(600, "iat"), REFUSED),
    "from the past": (at(-1200, "iat"), REFUSED),
    "no time": (says(iat=None), REFUSED),
    "another access token": (says(at_hash="AAAAAAAAAAAAAAAAAAAAAA"), REFUSED),
    "not signed": (signed(without_signature), REFUSED),
    "signed with what everybody knows": (signed(with_public_key), REFUSED),
    "signed by another": (signed(by_another), REFUSED),
    "a key of its own in the token": (
        signed(lambda one, claims, head: by_another(one, claims, head | {"jwk": Key().public})),
        REFUSED,
    ),
    "a key that is not published": (header(kid="nowhere"), REFUSED),
    "a key that is too short": (with_short_key, REFUSED),
    "a logout token": (header(typ="logout+jwt"), REFUSED),
    "critical extensions": (header(crit=["exp"]), REFUSED),
    "no token": (signed(lambda *_: "e30.e30"), REFUSED),
    "no subject": (says(sub=None), REFUSED),
    "an empty subject": (says(sub=""), REFUSED),
    "a subject that is a number": (says(sub=7), REFUSED),
    "a subject that is too long": (says(sub="x" * 256), REFUSED),
    "NUL in the subject": (says(sub="a\0b"), REFUSED),
    "half a character in the subject": (says(sub="a\ud800b"), REFUSED),
    "NUL in the name": (says(name="Ann\0Ortiz"), REFUSED),
    "a line break in the group": (says(groups=["staff\r\n"]), REFUSED),
    "claims without end": (says(padding="x" * 200_000), REFUSED),
    "tokens that are not JSON": (answers("/token", 200, {}, b"<html>"), REFUSED),
    "no ID token": (answers("/token", 200, {}, b'{"access_token": "x"}'), REFUSED),
    "tokens nested without end": (answers("/token", 200, {}, b"[" * 100_000), REFUSED),
    "a redirect of the tokens": (
        answers("/token", 307, {"Location": "http://169.254.169.254/"}, b""),
        REFUSED,
    ),
    "a server that fails": (answers("/token", 503, {}, b""), UNAVAILABLE),
    "50 MB of keys": (answers("/keys", 200, {}, b" " * 50_000_000), UNAVAILABLE),
    "keys elsewhere": (
        answers("/keys", 302, {"Location": "http://169.254.169.254/latest/meta-data"}, b""),
        UNAVAILABLE,
    ),
    "no keys": (answers("/keys", 200, {}, b'{"keys": []}'), UNAVAILABLE),
    "keys on a private network": (
        lambda one: one.metadata.update(jwks_uri="http://169.254.169.254/keys"),
        UNAVAILABLE,
    ),
    "somebody else's UserInfo": (
        lambda one: (
            one.metadata.update(userinfo_endpoint=f"{one.issuer}/userinfo"),
            one.userinfo.update(sub="other", name="Other"),
        ),
        REFUSED,
    ),
}


async def people(org: Org) -> list[str]:
    return [one["id"] for one in (await org.admin.read("/v1/members?limit=100"))["items"]]


@pytest.mark.parametrize("lie", LIES)
async def test_a_lie_opens_nothing(
    http: httpx.AsyncClient, org: Org, crooked: Crooked, lie: str
) -> None:
    twist, expected = LIES[lie]
    settings = {"joins": True, "default_group": "executive", "group_claim": "groups"}
    provider = await provider_of(org, crooked.issuer, **settings)
    twist(crooked)
    before = await people(org)
    going = await Going.away(http, org, provider)
    brought = crooked.code(going.url, "ann")
    reply = await going.back(brought)
    assert (reply.status_code, reply.json()["code"]) == expected
    assert reply.json()["errors"] == []
    assert await people(org) == before
    again = await going.back(brought)
    assert (again.status_code, again.json()["code"]) == REFUSED


NOT_TO_BE_FOUND: dict[str, Twist] = {
    "another issuer": lambda one: one.metadata.update(issuer="http://other.example"),
    "no such endpoint": lambda one: one.metadata.update(token_endpoint=None),
    "a script to send browsers to": lambda one: one.metadata.update(
        authorization_endpoint="javascript:alert(1)"
    ),
    "metadata elsewhere": answers(
        "/.well-known/openid-configuration", 301, {"Location": "http://169.254.169.254/"}, b""
    ),
    "metadata that is a list": answers("/.well-known/openid-configuration", 200, {}, b"[]"),
    "metadata without end": answers("/.well-known/openid-configuration", 200, {}, b" " * 1_000_000),
    "a failing server": answers("/.well-known/openid-configuration", 503, {}, b""),
}


@pytest.mark.parametrize("fault", NOT_TO_BE_FOUND)
async def test_metadata_of_no_use_send_nobody_away(
    http: httpx.AsyncClient, org: Org, crooked: Crooked, fault: str
) -> None:
    NOT_TO_BE_FOUND[fault](crooked)
    provider = await provider_of(org, crooked.issuer)
    told = {"organization_id": str(org.id), "provider_id": provider["id"]}
    told["redirect_uri"] = provider["redirect_uris"][0]
    reply = await http.post("/v1/sign-in/flows", json=told)
    assert (reply.status_code, reply.json()["code"]) == UNAVAILABLE
    assert reply.headers["retry-after"]
    report = await org.admin.post(f"/v1/identity-providers/{provider['id']}/test")
    assert report.json()["problem"]


async def test_what_is_in_order_is_let_in(
    http: httpx.AsyncClient, world: World, org: Org, crooked: Crooked
) -> None:
    """The same provider without a twist, and with those that are no lie."""
    crooked.claims.update(aud=["touchstone", "other"], azp="touchstone", email_verified=False)
    crooked.claims.update(email=org.admin.email, name="Zoë\u200c O’Neil")
    provider = await provider_of(org, crooked.issuer, joins=True, default_group="executive")
    going = await Going.away(http, org, provider)
    reply = await going.back(crooked.code(going.url, "ann"))
    ann = signed_in(http, world.tokens, reply)
    # What a provider signs is for us and opens nothing by itself.
    flow = {"client_id": "touchstone", "nonce": "x", "claims": '{"sub": "ann"}'}
    ann_there = replace(ann, token=crooked.token(flow, "x"))
    assert (await ann_there.get("/v1/me")).status_code == 401
    assert ann.name == "Zoë\u200c O’Neil"
    # An address decides nothing: not who one is, and unverified not where letters go.
    assert ann.member_id != org.admin.member_id
    assert (await ann.read("/v1/me"))["email"] is None
    assert reply.json()["member"]["group"] == Group.EXECUTIVE
    assert not reply.json()["member"]["administrator"]
