"""Forged session tokens, each one step away from a good one."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from hmac import digest
from typing import Any
from uuid import UUID

import jwt

from api.auth.keys import derive
from api.auth.refresh import RefreshTokens
from api.auth.secrets import Secrets
from api.auth.tokens import Principal, Tokens
from domain import clock

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
ISSUER = "https://maps.example.org"
OLD, NEW, STRANGER = "o" * 40, "n" * 40, "s" * 40
SOMEBODY = Principal(*(UUID(int=n) for n in (1, 2, 3, 4)))


def b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def text(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


with clock.replaced(lambda: NOW):
    TOKENS = Tokens([NEW], issuer=ISSUER)
    GOOD = TOKENS.issue(SOMEBODY)
HEADER, PAYLOAD, SIGNATURE = GOOD.split(".")
HEAD: dict[str, Any] = json.loads(urlsafe_b64decode(HEADER + "=="))
CLAIMS: dict[str, Any] = json.loads(urlsafe_b64decode(PAYLOAD + "=="))
KEY = derive(NEW, "session token")


def sign(head: bytes, claims: bytes, key: bytes = KEY, algorithm: str = "sha256") -> str:
    """A token with a good signature over whatever it says."""
    signed = f"{b64(head)}.{b64(claims)}"
    return f"{signed}.{b64(digest(key, signed.encode(), algorithm))}"


def claiming(**changes: Any) -> str:
    claims = {**CLAIMS, **changes}
    return sign(text(HEAD), text({k: v for k, v in claims.items() if v is not ...}))


def heading(**changes: Any) -> str:
    head = {**HEAD, **changes}
    return sign(text({k: v for k, v in head.items() if v is not ...}), text(CLAIMS))


def raw_claims(old: str, new: str) -> str:
    assert old in text(CLAIMS).decode()
    return sign(text(HEAD), text(CLAIMS).decode().replace(old, new, 1).encode())


def unsigned(algorithm: str, signature: str = "") -> str:
    return f"{b64(text({**HEAD, 'alg': algorithm}))}.{PAYLOAD}.{signature}"


# The last character of a signature carries two bits that are not part of it.
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_SAME_BYTES = SIGNATURE[:-1] + _ALPHABET[_ALPHABET.index(SIGNATURE[-1]) + 1]
_PEM = b"-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----"

FORGED: dict[str, str] = {
    # algorithm
    "alg none": unsigned("none"),
    "alg None": unsigned("None"),
    "alg nOnE": unsigned("nOnE"),
    "alg none, good signature": unsigned("none", SIGNATURE),
    "alg empty": unsigned(""),
    "alg missing": heading(alg=...),
    "alg HS512": sign(text({**HEAD, "alg": "HS512"}), text(CLAIMS), algorithm="sha512"),
    "alg RS256": heading(alg="RS256"),
    "alg ES256": heading(alg="ES256"),
    "key is a public key": sign(text(HEAD), text(CLAIMS), _PEM),
    "key is empty": sign(text(HEAD), text(CLAIMS), b""),
    "key is the kid": sign(text(HEAD), text(CLAIMS), HEAD["kid"].encode()),
    "key is the installation's secret itself": sign(text(HEAD), text(CLAIMS), NEW.encode()),
    "key is another": sign(text(HEAD), text(CLAIMS), derive(STRANGER, "session token")),
    "key is for opaque secrets": sign(text(HEAD), text(CLAIMS), derive(NEW, "opaque secret")),
    # key id
    "kid path": heading(kid="../../dev/null"),
    "kid SQL": heading(kid="' UNION SELECT 'x"),
    "kid long": heading(kid="k" * 2000),
    "kid unknown": heading(kid="0" * 16),
    "kid number": heading(kid=1),
    "kid null": heading(kid=None),
    "kid missing": heading(kid=...),
    # header
    "jku": heading(jku="https://evil.example/keys"),
    "x5u": heading(x5u="https://evil.example/cert"),
    "jwk": heading(jwk={"kty": "oct", "k": b64(KEY)}),
    "crit": heading(crit=["exp"]),
    "b64": heading(b64=False, crit=["b64"]),
    "zip": heading(zip="DEF"),
    "cty": heading(cty="JWT"),
    "typ JWT": heading(typ="JWT"),
    "typ ID token": heading(typ="id_token+jwt"),
    "typ upper case": heading(typ="AT+JWT"),
    "typ missing": heading(typ=...),
    "typ twice": sign(text(HEAD)[:-1] + b',"typ":"at+jwt"}', text(CLAIMS)),
    "header not JSON": sign(b"{", text(CLAIMS)),
    "header a list": sign(b"[]", text(CLAIMS)),
    # audience and issuer
    "aud missing": claiming(aud=...),
    "aud list": claiming(aud=[CLAIMS["aud"]]),
    "aud other": claiming(aud="touchstone-admin"),
    "aud superset": claiming(aud=[CLAIMS["aud"], "other"]),
    "aud case": claiming(aud=CLAIMS["aud"].upper()),
    "aud null": claiming(aud=None),
    "iss missing": claiming(iss=...),
    "iss other": claiming(iss="https://evil.example"),
    "iss prefix": claiming(iss=ISSUER[:-1]),
    "iss suffix": claiming(iss=ISSUER + ".evil.example"),
    "iss trailing slash": claiming(iss=ISSUER + "/"),
    # times
    "exp missing": claiming(exp=...),
    "exp just passed": claiming(iat=AT - 900, nbf=AT - 900, exp=AT),
    "exp string": claiming(exp=str(AT + 60)),
    "exp float": claiming(exp=AT + 60.5),
    "exp integral float": claiming(exp=float(AT + 60)),
    "exp NaN": claiming(exp=float("nan")),
    "exp infinite": claiming(exp=float("inf")),
    "exp 1e308": claiming(exp=1e308),
    "exp huge": claiming(exp=10**30),
    "exp a century away": claiming(exp=AT + 3_155_760_000),
    "exp one second more than allowed": claiming(exp=AT + 901),
    "exp negative": claiming(exp=-1),
    "exp true": claiming(exp=True),
    "iat missing": claiming(iat=...),
    "iat in the future": claiming(iat=AT + 60),
    "iat after exp": claiming(iat=AT + 2, nbf=AT, exp=AT + 1),
    "nbf missing": claiming(nbf=...),
    "nbf in the future": claiming(nbf=AT + 60),
    # who
    "sub missing": claiming(sub=...),
    "sub number": claiming(sub=1),
    "sub null": claiming(sub=None),
    "sub no UUID": claiming(sub="admin"),
    "sub in capitals": claiming(sub="ABCDEF00-0000-0000-0000-000000000001"),
    "sub without hyphens": claiming(sub=UUID(int=1).hex),
    "sub in braces": claiming(sub="{" + str(UUID(int=1)) + "}"),
    "org missing": claiming(org=...),
    "mem missing": claiming(mem=...),
    "sid missing": claiming(sid=...),
    "jti missing": claiming(jti=...),
    "additional claim": claiming(administrator=True),
    "duplicate sub": raw_claims('"sub":', f'"sub":"{UUID(int=9)}","sub":'),
    "duplicate exp, the last one passed": raw_claims('"exp":', f'"exp":{AT + 60},"exp":'),
    "white space": raw_claims('"sub":', '"sub": '),
    "escaped claim": raw_claims('"sub":', '"s\\u0075b":'),
    "claims in another order": sign(text(HEAD), text(dict(reversed(CLAIMS.items())))),
    "claims a list": sign(text(HEAD), b"[]"),
    "claims not JSON": sign(text(HEAD), b"{"),
    "claims not UTF-8": sign(text(HEAD), b'{"sub":"\xff"}'),
    "claims empty": sign(text(HEAD), b""),
    # signature and spelling
    "signature missing": f"{HEADER}.{PAYLOAD}.",
    "signature left out": f"{HEADER}.{PAYLOAD}",
    "signature truncated": GOOD[:-4],
    "signature extended": GOOD + "AAAA",
    "signature of another token": f"{HEADER}.{PAYLOAD}.{claiming(exp=AT + 7).split('.')[2]}",
    "signature spelled otherwise": f"{HEADER}.{PAYLOAD}.{_SAME_BYTES}",
    "signature padded": GOOD + "=",
    "claims padded": f"{HEADER}.{PAYLOAD}=.{SIGNATURE}",
    "header padded": f"{HEADER}==.{PAYLOAD}.{SIGNATURE}",
    "standard base64": f"{HEADER}.{PAYLOAD}.{SIGNATURE[:-2]}+/",
    "line break inside": GOOD[:20] + "\n" + GOOD[20:],
    "line break at the end": GOOD + "\n",
    "space in front": " " + GOOD,
    "claims exchanged": f"{HEADER}.{b64(text({**CLAIMS, 'sub': str(UUID(int=9))}))}.{SIGNATURE}",
    "four parts": GOOD + ".",
    "five parts": f"{GOOD}.x.y",
    "one megabyte": GOOD + "A" * 1_000_000,
    "long but signed": claiming(iss=ISSUER + "x" * 5000),
    "nothing": "",
    "dots": "..",
    "not ASCII": GOOD + "é",
    "a NUL": GOOD + "\0",
    # other things of ours
    "an invitation": Secrets([NEW]).mint("invite", UUID(int=2)).text,
    "a refresh token": RefreshTokens([NEW]).make(UUID(int=2), UUID(int=4), 0, bytes(32)),
    "a ticket for a stream": Secrets([NEW]).mint("stream", UUID(int=2)).text,
    "an access token": Secrets([NEW]).mint("token", UUID(int=2)).text,
    "a stock JWT": jwt.encode({"sub": "x", "exp": AT + 60}, KEY, "HS256"),
}
