"""`touchstone contract` and `touchstone openapi`: what they compare, refuse and write."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.commands.contract import CHANGELOG, FOLDER, contract, pairs, publish, read
from api.commands.openapi import SCHEMA, files, openapi, settle
from api.openapi.stability import RULES, NotReady, newest, version_of
from tests.api.openapi.breaking import BREAKS
from tests.api.openapi.harmless import HARMLESS
from tests.api.openapi.things import DOCUMENT
from tests.api.openapi.two_documents import WRITTEN, changed


def test_the_command_compares_any_two_documents(tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps(DOCUMENT))
    new.write_text(json.dumps(changed(BREAKS["a value received more"][0])))
    found = CliRunner().invoke(contract, [str(old), str(new)])
    assert found.exit_code == 1
    assert 'BREAKING  Form (received): may now be "odd"' in found.output
    assert RULES["values added"].instead in found.output
    assert CliRunner().invoke(contract, [str(old), str(old)]).exit_code == 0
    assert CliRunner().invoke(contract, [str(old)]).exit_code == 2


def test_the_release_takes_what_is_there_once_its_version_says_so(tmp_path: Path) -> None:
    document, kept = tmp_path / "openapi.json", tmp_path / "released.json"
    new = changed(HARMLESS["an operation added"][0])
    kept.write_text(json.dumps(DOCUMENT))
    document.write_text(json.dumps(new))
    (tmp_path / "CHANGELOG.md").write_text(WRITTEN)
    with pytest.raises(NotReady, match=r"asks for 1\.3\.0"):
        publish(tmp_path)
    new["info"]["version"] = "1.3.0"
    document.write_text(json.dumps(new))
    publish(tmp_path)
    assert kept.read_bytes() == document.read_bytes()
    assert "* `makeThing (POST /v1/things)`" in (tmp_path / "CHANGELOG.md").read_text()
    with pytest.raises(NotReady, match="Nothing differs"):
        publish(tmp_path)


def torn(folder: Path) -> list[str]:
    """Released documents that are not of the release that the changelog names last."""
    last = newest((folder / CHANGELOG).read_text(encoding="utf-8"))
    if last is None:
        return []
    return [
        f"{released.name} is {version_of(read(released))}, released was {last}"
        for released, _ in pairs(folder)
        if version_of(read(released)) != last or not last.major
    ]


def test_what_is_released_is_the_last_release_and_no_draft() -> None:
    assert torn(FOLDER) == []
    released = newest((FOLDER / CHANGELOG).read_text(encoding="utf-8"))
    drafts = {version_of(read(path)).major for path, _ in pairs()}
    assert released is not None or drafts == {0}, "released without a section in the changelog"
    assert all(released is None or version_of(read(path)) >= released for _, path in pairs())


@pytest.mark.parametrize(
    ("version", "whole"), [("1.2.3", True), ("0.9.0", False), ("1.2.2", False), ("2.0.0", False)]
)
def test_a_draft_is_not_taken_for_a_release(tmp_path: Path, version: str, whole: bool) -> None:
    (tmp_path / CHANGELOG).write_text(WRITTEN)
    kept = DOCUMENT | {"info": {"version": version}}
    (tmp_path / "released.json").write_text(json.dumps(kept))
    (tmp_path / "openapi.json").write_text(json.dumps(DOCUMENT))
    assert (torn(tmp_path) == []) is whole
    (tmp_path / "webhooks.json").write_text(json.dumps(DOCUMENT))
    assert torn(tmp_path)[-1:] == ["released-webhooks.json is 0.0.0, released was 1.2.3"]


def test_of_a_draft_nobody_reads_a_list(tmp_path: Path) -> None:
    draft = DOCUMENT | {"info": {"version": "0.9.0"}}
    new = changed(BREAKS["a field received no more"][0])
    old_path, new_path = tmp_path / "released.json", tmp_path / "openapi.json"
    old_path.write_text(json.dumps(draft))
    new_path.write_text(json.dumps(new))
    found = CliRunner().invoke(contract, ["--folder", str(tmp_path)])
    assert found.exit_code == 0
    assert found.output == "released.json 0.9.0 -> openapi.json 1.2.3: 1 breaking, 0 more\n"
    named = CliRunner().invoke(contract, [str(old_path), str(new_path)])
    assert "BREAKING  Thing.note" in named.output


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("# Prose", "no OpenAPI 3"),
        (b"\xff", "no OpenAPI 3"),
        ([], "no OpenAPI 3"),
        ({"swagger": "2.0", "info": {"version": "1.0.0"}, "paths": {}}, "no OpenAPI 3"),
        (DOCUMENT | {"openapi": 3}, "no OpenAPI 3"),
        (DOCUMENT | {"info": []}, "no OpenAPI 3"),
        (DOCUMENT | {"paths": []}, "no OpenAPI 3"),
        (DOCUMENT | {"info": {"version": "1.0.0-rc1"}}, "'1.0.0-rc1' is no version"),
    ],
)
def test_a_wrong_file_is_told_as_such(tmp_path: Path, text: Any, why: str) -> None:
    wrong = tmp_path / "it"
    plain = text if isinstance(text, str) else json.dumps(text) if text != b"\xff" else ""
    wrong.write_bytes(text if isinstance(text, bytes) else plain.encode())
    found = CliRunner().invoke(contract, [str(wrong), str(wrong)])
    assert isinstance(found.exception, SystemExit)
    assert why in " ".join(found.output.split())


@pytest.mark.parametrize(
    ("command", "args"), [(contract, ["DIR", "DIR"]), (openapi, ["--output", "DIR"])]
)
def test_a_folder_is_no_file(tmp_path: Path, command: Any, args: list[str]) -> None:
    found = CliRunner().invoke(command, [str(tmp_path) if one == "DIR" else one for one in args])
    assert found.exit_code == 2
    assert "is a directory" in " ".join(found.output.replace("│", "").split())


def test_the_check_looks_at_every_file(tmp_path: Path) -> None:
    written = [path for path, _ in files()]
    assert {*written} == {*(path for _, path in pairs()), SCHEMA, FOLDER / CHANGELOG}
    here = [(tmp_path / path.name, path.name.encode) for path in written]
    assert settle(here, check=False) == settle(here, check=True) == []
    for path, rendered in here:
        path.write_bytes(b"another")
        assert settle(here, check=True) == [str(path)]
        path.write_bytes(rendered())


def test_the_command_fails_where_a_file_is_not_what_it_would_be(tmp_path: Path) -> None:
    here = ["--check", "--output", str(tmp_path / "openapi.json")]
    found = CliRunner().invoke(openapi, here)
    assert found.exit_code == 1
    assert "openapi.json" in "".join(found.output.replace("│", "").split())
