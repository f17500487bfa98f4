"""Passwords are hashed with Argon2id, a few at a time, and the worst ones are refused."""

import asyncio
import re
import threading
from typing import Any

import pytest

from api.auth.passwords import Passwords, require_good
from domain.errors import Invalid

GOOD = "correct horse battery"
EMAIL = "mira.lindqvist@example.org"
PASSWORDS = Passwords()


async def test_a_hash_has_the_promised_parameters() -> None:
    stored = await PASSWORDS.hash(GOOD)
    found = re.match(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$", stored)
    assert found is not None
    memory, rounds, lanes = map(int, found.groups())
    assert memory >= 19 * 1024
    assert (rounds, lanes) == (2, 1)
    assert await PASSWORDS.check(GOOD, stored)
    assert not await PASSWORDS.check(GOOD + " ", stored)
    assert not await PASSWORDS.check("", stored)


async def test_equal_passwords_have_different_hashes() -> None:
    assert await PASSWORDS.hash(GOOD) != await PASSWORDS.hash(GOOD)


async def test_an_unknown_account_costs_the_same_hash(monkeypatch: Any) -> None:
    seen: list[str] = []
    matches = PASSWORDS._matches

    def watch(password: bytes, stored: str) -> bool:
        seen.append(stored)
        return matches(password, stored)

    monkeypatch.setattr(PASSWORDS, "_matches", watch)
    assert not await PASSWORDS.check(GOOD, None)
    assert not await PASSWORDS.check("nobody has this password", None)
    assert all(re.match(r"\$argon2id\$v=19\$m=19456,t=2,p=1\$", stored) for stored in seen)
    assert len(seen) == 2


async def test_it_is_done_off_the_event_loop_and_two_at_once(monkeypatch: Any) -> None:
    passwords = Passwords(memory_kib=64, rounds=1)
    threads: set[int] = set()
    go = threading.Event()

    def wait(_password: bytes, _stored: str) -> bool:
        threads.add(threading.get_ident())
        return go.wait(timeout=30)

    monkeypatch.setattr(passwords, "_matches", wait)
    limiter = passwords._threads()
    checks = [asyncio.create_task(passwords.check(GOOD, "x")) for _ in range(20)]
    for _ in range(10):  # rounds of the event loop: all of them have asked by then
        await asyncio.sleep(0)
    assert (limiter.borrowed_tokens, limiter.statistics().tasks_waiting) == (2, 18)
    go.set()
    assert all(await asyncio.gather(*checks))
    assert threading.get_ident() not in threads


async def test_new_parameters_ask_for_a_new_hash() -> None:
    old = await Passwords(memory_kib=1024, rounds=1).hash(GOOD)
    assert PASSWORDS.needs_rehash(old)
    assert await PASSWORDS.check(GOOD, old)
    assert not PASSWORDS.needs_rehash(await PASSWORDS.hash(GOOD))
    for nonsense in ("", "plain", "$2b$12$abcdefghijklmnopqrstuv"):
        assert PASSWORDS.needs_rehash(nonsense)
        assert not await PASSWORDS.check(GOOD, nonsense)


async def test_the_keyboard_does_not_matter() -> None:
    stored = await PASSWORDS.hash("Zoë lives here")
    assert await PASSWORDS.check("Zoe\u0308 lives here", stored)


async def test_length_is_never_cut() -> None:
    long = "abcd" * 256
    require_good(long, EMAIL)
    stored = await PASSWORDS.hash(long)
    assert await PASSWORDS.check(long, stored)
    assert not await PASSWORDS.check(long + "c", stored)
    assert not await PASSWORDS.check(long * 100, await PASSWORDS.hash(long * 100))


REFUSED = [
    ("", "password_too_short"),
    ("7 chars", "password_too_short"),
    ("é" * 7, "password_too_short"),
    ("abc" * 342, "password_too_long"),
    ("é ü" * 206, "password_too_long"),
    ("password", "password_too_common"),
    ("Password1", "password_too_common"),
    ("QWERTYUIOP", "password_too_common"),
    ("zzzzzzzzzzzz", "password_too_common"),
    ("abababababab", "password_too_common"),
    (EMAIL, "password_is_email"),
    (EMAIL.upper(), "password_is_email"),
    ("mira.lindqvist", "password_is_email"),
    ("Mira.Lindqvist2026!", "password_is_email"),
]


@pytest.mark.parametrize(("password", "code"), REFUSED)
def test_a_bad_password_is_refused_with_its_reason(password: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        require_good(password, EMAIL, "#/new_password")
    (error,) = caught.value.errors
    assert (error.code, error.pointer) == (code, "#/new_password")
    assert password == "" or password not in error.detail


@pytest.mark.parametrize("password", [GOOD, "12 geese fly", "ключ от дома", "🦆🦉🦢🦆🦉🦢🦆🦉"])
def test_a_good_password_passes(password: str) -> None:
    require_good(password, EMAIL)
    require_good(password, "al@example.org")
