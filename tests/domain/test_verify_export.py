"""The verifier of one file: it agrees with the ledger's bytes and finds whatever is altered."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import verify_export
from domain.rules import canonical
from domain.rules.canonical import ActorKind, EntryBody
from tests.domain.exports import JOURNEY, Export, at, entry_line, made
from tests.domain.tamperings import TAMPERINGS, edit


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def run(export: Export, anchor: Export | None = None) -> tuple[int, str]:
        arguments = []
        for name, lines in (("export.jsonl", export), ("anchor.jsonl", anchor)):
            if lines is not None:
                text = "".join(json.dumps(line) + "\n" for line in lines)
                (tmp_path / name).write_text(text, encoding="utf-8")
                arguments.append(str(tmp_path / name))
        code = verify_export.main([*arguments[:1], *[f"--anchor={one}" for one in arguments[1:]]])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


Check = Callable[..., tuple[int, str]]


def test_an_untouched_export_holds(check: Check) -> None:
    code, said = check(made())
    assert code == 0, said
    assert "3 streams, 9 entries, 9 revisions (0 erased); every hash and digest holds" in said


def test_erased_content_is_counted_and_the_chain_holds(check: Check) -> None:
    export = made()
    export[at(export, "revision", 2)]["revision"] |= {"content": None, "salt": None}
    code, said = check(export)
    assert code == 0, said
    assert "(1 erased)" in said


def test_an_empty_stream_holds(check: Check) -> None:
    assert check(made(length=0), made(length=0))[0] == 0


@pytest.mark.parametrize("tamper", TAMPERINGS.values(), ids=list(TAMPERINGS))
def test_every_tampering_is_found(check: Check, tamper: Callable[[Export], None]) -> None:
    export = made()
    tamper(export)
    code, said = check(export)
    assert code == 1, said
    assert said.startswith("tampered: ")
    assert ", line " in said.splitlines()[0]


def test_a_finding_names_its_line_stream_and_revision_and_hides_no_other(check: Check) -> None:
    export = made()
    edit("entry", at=1)(export)
    edit("revision", content="{}")(export)
    code, said = check(export)
    first, second = said.splitlines()
    assert code == 1
    assert f"line {at(export, 'entry', 2) + 1}: entry: {JOURNEY.hex} revision 2" in first
    assert f"line {at(export, 'revision', 2) + 1}: revision: {JOURNEY.hex} revision 2" in second


def rewritten() -> Export:
    return made(word="rewritten")


def cut_off() -> Export:
    return made(length=3)


@pytest.mark.parametrize("forged", [rewritten, cut_off])
def test_a_consistent_forgery_is_found_only_with_an_anchor(
    check: Check, forged: Callable[[], Export]
) -> None:
    assert check(forged())[0] == 0
    kept = [line for line in made() if "stream" in line]
    for anchor in (made(), kept):
        code, said = check(forged(), anchor)
        assert code == 1
        assert "anchor" in said


def test_an_anchor_of_a_shorter_past_holds(check: Check) -> None:
    code, said = check(made(length=6), made(length=4))
    assert code == 0, said


@pytest.mark.parametrize(
    "spoil",
    [
        lambda export: export.pop(),
        lambda export: export.__delitem__(slice(5, None)),
        lambda export: export.pop(0),
        lambda export: export.clear(),
        lambda export: export[0].update(format="touchstone-ledger/2"),
        lambda export: export[0].update(organization_id="nobody"),
        lambda export: export.append({"end": {}}),
        lambda export: export.insert(3, {"comment": "hello"}),
        lambda export: export.insert(3, ["no object"]),
    ],
    ids=[
        "no end",
        "truncated",
        "no header",
        "empty",
        "another format",
        "no organization",
        "more after the end",
        "a line of no kind",
        "a line that is no object",
    ],
)
def test_what_is_no_complete_export_cannot_be_told(
    check: Check, spoil: Callable[[Export], object]
) -> None:
    export = made()
    spoil(export)
    code, said = check(export)
    assert code == 2, said
    assert said.startswith("cannot tell: ")


@pytest.mark.parametrize(
    "content",
    [b"", b"not json\n", b"\xff\xfe\n", b'{"format":"a","format":"b"}\n', b"[" * 100_000],
)
def test_other_files_cannot_be_told(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_bytes(content)
    assert verify_export.main([str(tmp_path / "file")]) == 2
    assert verify_export.main([str(tmp_path / "missing")]) == 2
    assert "cannot tell" in capsys.readouterr().err


def test_a_field_named_twice_cannot_be_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "".join(json.dumps(line) + "\n" for line in made())
    twice = text.replace('"verb": "stage_added"', '"verb": "no", "verb": "stage_added"', 1)
    (tmp_path / "export").write_text(twice)
    assert verify_export.main([str(tmp_path / "export")]) == 2
    assert "a field comes twice" in capsys.readouterr().err


def test_a_tampered_and_truncated_export_is_tampered(check: Check) -> None:
    export = made()
    edit("entry", at=1)(export)
    export.pop()
    code, said = check(export)
    assert code == 1
    assert "truncated" in said


def test_it_runs_alone_and_explains_itself(tmp_path: Path) -> None:
    alone = tmp_path / "verify_export.py"
    alone.write_bytes(Path(str(verify_export.__file__)).read_bytes())
    shown = subprocess.run(
        [sys.executable, "-I", str(alone), "--help"], capture_output=True, text=True, check=True
    )
    assert "exit code: 0 everything holds" in shown.stdout
    assert "--anchor" in shown.stdout


int64 = st.integers(-(2**63), 2**63 - 1)
actors = st.one_of(
    st.just((ActorKind.SYSTEM, b"")),
    st.tuples(st.just(ActorKind.MEMBER), st.binary(min_size=16, max_size=16)),
    st.tuples(st.just(ActorKind.HIDDEN), st.binary(min_size=32, max_size=32)),
)


@given(
    st.lists(st.uuids(), min_size=3, max_size=3),
    st.lists(int64, min_size=3, max_size=3),
    actors,
    st.lists(st.text(), min_size=2, max_size=2),
    st.binary(min_size=32, max_size=32),
)
def test_both_write_the_same_bytes(
    ids: list[UUID],
    numbers: list[int],
    actor: tuple[ActorKind, bytes],
    words: list[str],
    digest: bytes,
) -> None:
    body = EntryBody(
        organization_id=ids[0],
        stream_id=ids[1],
        revision=numbers[0],
        at=numbers[1],
        actor_kind=actor[0],
        actor=actor[1],
        verb=words[0],
        subject_kind=words[1],
        subject_id=ids[2],
        version=numbers[2],
        digest=digest,
    )
    sent = json.loads(json.dumps(entry_line(body, bytes(32))["entry"]))
    assert verify_export.entry_bytes(ids[0].bytes, sent) == canonical.entry_bytes(body)
