"""What `make sdk` leans on: a lock that names no registry, and words where it cannot work."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tests.sdk.steps import Failed, Unreachable, fetched, once, run

HERE = ROOT / "tests" / "sdk"
PACKAGE = json.loads((HERE / "package.json").read_text())
LOCK = json.loads((HERE / "package-lock.json").read_text())["packages"]


def test_the_lock_holds_what_is_asked_for_by_its_hash() -> None:
    own, *packages = LOCK.values()
    assert own["devDependencies"] == PACKAGE["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", one) for one in PACKAGE["devDependencies"].values())
    assert all(one.get("inBundle") or one["integrity"] for one in packages)
    assert not any("resolved" in one for one in packages)


@pytest.mark.parametrize(("asked", "code"), [([], 0), (["--must"], 1)])
def test_without_node_it_says_so_and_fails_only_where_it_must_be_done(
    tmp_path: Path, asked: list[str], code: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.sdk", *asked],
        cwd=ROOT,
        env=os.environ | {"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (code, "")
    assert done.stdout.startswith("Not done: there is no Node here")
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("npm error code EAI_AGAIN", Unreachable),
        ("npm error network request failed, reason: ETIMEDOUT", Unreachable),
        ("npm error code EINTEGRITY", Failed),
    ],
)
def test_only_a_registry_that_does_not_answer_is_no_failure(
    said: str, fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        fetched([sys.executable, "-c", f"print({said!r}); exit(1)"], "the registry")


def test_a_step_is_done_again_when_what_it_is_made_of_has_changed(tmp_path: Path) -> None:
    source, made = tmp_path / "source", tmp_path / "made"
    needed = []
    for text in ("one", "one", "two"):
        source.write_text(text)
        with once("a step", made, [source]) as again:
            needed.append(again)
            made.touch()
    assert needed == [True, False, True]
    with pytest.raises(Failed), once("a step", made, [HERE / ".npmrc"]):
        run([sys.executable, "-c", "exit(1)"])
    with once("a step", made, [HERE / ".npmrc"]) as again:
        assert again
