"""A session token is ours to the byte, or it is nothing: one refusal for every forgery."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from api.auth.tokens import LIFETIME, Tokens
from domain import clock
from domain.errors import Unauthenticated
from tests.api.door.forgeries import (
    AT,
    CLAIMS,
    FORGED,
    GOOD,
    HEAD,
    ISSUER,
    KEY,
    NEW,
    NOW,
    OLD,
    SOMEBODY,
    TOKENS,
    claiming,
    sign,
    text,
)


@pytest.fixture(autouse=True)
def _time() -> Any:
    with clock.replaced(lambda: NOW):
        yield


def test_a_good_token_says_who_it_speaks_for() -> None:
    assert TOKENS.verify(GOOD) == SOMEBODY
    assert sign(text(HEAD), text(CLAIMS)) == GOOD  # so that what is forged below is one step away
    assert TOKENS.verify(claiming(exp=AT + 1)) == SOMEBODY


def test_the_corpus_is_large() -> None:
    assert len(set(FORGED.values())) == len(FORGED) >= 48


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED.keys())
def test_a_forged_token_is_refused_like_every_other(token: str) -> None:
    with pytest.raises(Unauthenticated) as caught:
        TOKENS.verify(token)
    refusal = caught.value
    assert (refusal.code, refusal.detail) == (Unauthenticated.code, Unauthenticated.detail)
    assert (refusal.errors, refusal.keeps_work) == ((), False)


def test_it_says_nothing_but_who() -> None:
    assert {**HEAD, "kid": ""} == {"alg": "HS256", "kid": "", "typ": "at+jwt"}
    assert " ".join(CLAIMS) == "iss aud sub org mem sid iat nbf exp jti"
    assert CLAIMS["exp"] - CLAIMS["iat"] == 900


def test_it_lives_fifteen_minutes_and_no_longer() -> None:
    with clock.replaced(lambda: NOW + LIFETIME - timedelta(seconds=1)):
        assert TOKENS.verify(GOOD) == SOMEBODY
    with clock.replaced(lambda: NOW + LIFETIME), pytest.raises(Unauthenticated):
        TOKENS.verify(GOOD)
    with pytest.raises(ValueError, match="15"):
        Tokens([NEW], issuer=ISSUER, lifetime=timedelta(minutes=16))


def test_a_little_difference_of_clocks_is_forgiven() -> None:
    with clock.replaced(lambda: NOW - timedelta(seconds=4)):
        assert TOKENS.verify(GOOD) == SOMEBODY
    with clock.replaced(lambda: NOW - timedelta(seconds=6)), pytest.raises(Unauthenticated):
        TOKENS.verify(GOOD)


def test_keys_rotate_without_a_refused_request() -> None:
    before = Tokens([OLD], issuer=ISSUER)
    during = Tokens([NEW, OLD], issuer=ISSUER)
    after = Tokens([NEW], issuer=ISSUER)
    old, new = before.issue(SOMEBODY), during.issue(SOMEBODY)
    assert during.verify(old) == during.verify(new) == after.verify(new) == SOMEBODY
    with pytest.raises(Unauthenticated):
        after.verify(old)
    with pytest.raises(Unauthenticated):
        before.verify(new)


def test_the_key_id_tells_nothing_of_the_key() -> None:
    assert HEAD["kid"] not in (KEY.hex()[:16], sha256(KEY).hexdigest()[:16])
    assert NEW not in GOOD


def test_a_short_secret_is_no_secret() -> None:
    with pytest.raises(ValueError, match="32"):
        Tokens(["short"], issuer=ISSUER)
