"""The ledger's bytes, hashes and canonical content."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules import canonical

ORGANIZATION = UUID(int=1)
STREAM = UUID(int=2)
SUBJECT = UUID(int=3)
MEMBER = UUID(int=4)
SALT = bytes(range(16))


def body(**changes: object) -> canonical.EntryBody:
    fields: dict[str, object] = {
        "organization_id": ORGANIZATION,
        "stream_id": STREAM,
        "revision": 1,
        "at": 1_767_225_600_000_000,
        "actor_kind": canonical.ActorKind.MEMBER,
        "actor": MEMBER.bytes,
        "verb": "stage_added",
        "subject_kind": "stage",
        "subject_id": SUBJECT,
        "version": 1,
        "digest": bytes(32),
    }
    return canonical.EntryBody(**(fields | changes))  # type: ignore[arg-type]


def test_the_bytes_of_an_entry_are_these() -> None:
    written = (
        "01"
        "00000000000000000000000000000001"
        "00000000000000000000000000000002"
        "0000000000000001"
        "0006474846204000"
        "01"
        "00000000000000000000000000000004"
        "000b"
        "73746167655f6164646564"
        "0005"
        "7374616765"
        "00000000000000000000000000000003"
        "0000000000000001" + "00" * 32
    )
    assert canonical.entry_bytes(body()).hex() == written
    chained = sha256(bytes(32) + bytes.fromhex(written)).digest()
    assert canonical.chain(canonical.GENESIS, body()) == chained


def test_times_before_1970_are_negative() -> None:
    assert canonical.entry_bytes(body(at=-1))[41:49] == b"\xff" * 8


def test_the_actor_is_tagged() -> None:
    system = canonical.entry_bytes(body(actor_kind=canonical.ActorKind.SYSTEM, actor=b""))
    hidden = canonical.entry_bytes(body(actor_kind=canonical.ActorKind.HIDDEN, actor=b"\x07" * 32))
    assert system[49] == 0
    assert hidden[49:82] == b"\x02" + b"\x07" * 32


@pytest.mark.parametrize(
    "wrong",
    [
        {"actor": b""},
        {"actor": bytes(32)},
        {"actor_kind": canonical.ActorKind.SYSTEM},
        {"digest": bytes(31)},
    ],
)
def test_a_field_of_the_wrong_size_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="bytes"):
        canonical.entry_bytes(body(**wrong))


def test_a_hash_or_salt_of_the_wrong_size_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        canonical.chain(b"", body())
    with pytest.raises(ValueError, match="16 bytes"):
        canonical.digest(b"", "{}")


def test_digest_and_commitment_are_separate_domains() -> None:
    said = sha256(b"touchstone content" + SALT + b"{}").digest()
    hidden = sha256(b"touchstone actor" + SALT + MEMBER.bytes).digest()
    assert canonical.digest(SALT, "{}") == said
    assert canonical.commitment(SALT, MEMBER) == hidden


class Mood(StrEnum):
    GLAD = "glad"


def test_canonical_text() -> None:
    text = canonical.canonical_text(
        {
            "z": [1, True, None, ("a",)],
            "é": "Zoë\n\u0000\u2028",
            "at": datetime(2026, 1, 2, 4, 4, 5, 6, tzinfo=timezone(timedelta(hours=1))),
            "day": date(2026, 1, 2),
            "id": SUBJECT,
            "mood": Mood.GLAD,
            "nested": {"b": 2, "a": 1},
        }
    )
    assert text == (
        '{"at":"2026-01-02T03:04:05.000006Z","day":"2026-01-02",'
        '"id":"00000000-0000-0000-0000-000000000003","mood":"glad","nested":{"a":1,"b":2},'
        '"z":[1,true,null,["a"]],"é":"Zoë\\n\\u0000\u2028"}'
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1", "1"),
        ("1.50", "1.5"),
        ("100", "100"),
        ("1E+2", "100"),
        ("0.000", "0"),
        ("-0.25", "-0.25"),
    ],
)
def test_decimals_are_text_without_idle_zeros(value: str, text: str) -> None:
    assert canonical.canonical_text({"a": Decimal(value)}) == f'{{"a":"{text}"}}'


@pytest.mark.parametrize("value", [1.0, float("nan"), b"x", {1}, {1: "x"}, object()])
def test_what_machines_may_write_differently_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical.canonical_text({"a": [value]})


def test_naive_times_and_lone_surrogates_are_refused() -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001
    for call in (canonical.instant, canonical.microseconds):
        with pytest.raises(ValueError, match="time zone"):
            call(naive)
    with pytest.raises(ValueError, match="surrogates"):
        canonical.canonical_text({"a": "\ud800"})


def test_early_years_keep_four_digits() -> None:
    assert canonical.instant(datetime(5, 1, 1, tzinfo=UTC)) == "0005-01-01T00:00:00.000000Z"


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
contents = st.dictionaries(st.text(), plain, max_size=4)


@given(contents)
def test_canonical_text_is_json_and_stable(content: dict[str, object]) -> None:
    text = canonical.canonical_text(content)
    again = json.loads(text)
    assert again == content
    reordered = dict(reversed(list(again.items())))
    assert canonical.canonical_text(reordered) == text


@given(st.datetimes(timezones=st.just(UTC)))
def test_microseconds_are_exact(moment: datetime) -> None:
    passed = timedelta(microseconds=canonical.microseconds(moment))
    assert datetime(1970, 1, 1, tzinfo=UTC) + passed == moment


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_no_two_entries_share_bytes(verb: str, kind: str, verb2: str, kind2: str) -> None:
    first = canonical.entry_bytes(body(verb=verb, subject_kind=kind))
    second = canonical.entry_bytes(body(verb=verb2, subject_kind=kind2))
    assert (first == second) == ((verb, kind) == (verb2, kind2))
