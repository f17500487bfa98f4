"""Opaque secrets know their kind and their tenant, and only their digest is kept."""

import re
from uuid import UUID

import pytest

from api.auth.secrets import Secrets

OLD, NEW = "o" * 40, "n" * 40
ORGANIZATION = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
SECRETS = Secrets([NEW])


def test_it_says_kind_and_organization_before_anything_is_looked_up() -> None:
    minted = SECRETS.mint("invite", ORGANIZATION)
    form = rf"ts_invite_{ORGANIZATION.hex}_[0-9A-Za-z]{{43}}_[0-9A-Za-z]{{6}}"
    assert re.fullmatch(form, minted.text)
    opened = SECRETS.open("invite", minted.text)
    assert opened is not None
    assert (opened.organization_id, opened.digests) == (ORGANIZATION, (minted.digest,))
    assert opened.fits(minted.digest)
    assert not opened.fits(SECRETS.mint("invite", ORGANIZATION).digest)


def test_what_belongs_to_an_account_has_no_organization() -> None:
    minted = SECRETS.mint("reset")
    assert f"_{'0' * 32}_" in minted.text
    opened = SECRETS.open("reset", minted.text)
    assert opened is not None
    assert opened.organization_id is None


def test_the_digest_needs_the_key_and_is_not_the_secret() -> None:
    minted = SECRETS.mint("refresh")
    other = Secrets([OLD]).open("refresh", minted.text)
    assert other is not None
    assert not other.fits(minted.digest)
    assert len(minted.digest) == 32


def test_keys_rotate() -> None:
    old = Secrets([OLD]).mint("refresh")
    opened = Secrets([NEW, OLD]).open("refresh", old.text)
    assert opened is not None
    assert opened.fits(old.digest)


def test_a_thousand_are_a_thousand() -> None:
    assert len({SECRETS.mint("refresh").text for _ in range(1000)}) == 1000


def test_what_is_mistyped_or_of_another_kind_opens_nothing() -> None:
    text = SECRETS.mint("invite", ORGANIZATION).text
    wrong = [
        "", "ts_", text[:-1], text + "A", " " + text, text + "\n", text.lower(), text.upper(),
        text.replace("ts_", "sk_"), text.replace("invite", "refresh"),
        text.replace(ORGANIZATION.hex, UUID(int=9).hex), text.replace("_", "-"), "é" + text,
        text[:60] + ("A" if text[60] != "A" else "B") + text[61:], text * 10_000,
    ]  # fmt: skip
    assert all(SECRETS.open("invite", each) is None for each in wrong)
    assert SECRETS.open("refresh", text) is None
    assert SECRETS.open("invite", text) is not None


@pytest.mark.parametrize("kind", ["", "x", "Invite", "in_vite", "a" * 17, "1nvite"])
def test_a_kind_is_a_small_word(kind: str) -> None:
    with pytest.raises(ValueError, match="kind"):
        SECRETS.mint(kind)
