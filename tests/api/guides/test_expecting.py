"""The reader of the pages sees what is not true, and nothing else."""

from pathlib import Path

import pytest

from domain.roles import Scope
from tests.api.guides.blocks import ROOT, Block, blocks
from tests.api.guides.checking import CHECKS
from tests.api.guides.curling import PARSER, Unknown
from tests.api.guides.expecting import json_faults, text_faults
from tests.api.guides.picking import picked
from tests.api.guides.prose import commands
from tests.api.guides.reading import COMMANDS, Reader
from tests.api.guides.shell import Shell

ANSWER = """{"items": [{"id": "01a2244c-dfa6-75ae-919a-e9d8d68453c7", "name": "Desk", "n": 3,
 "at": "2026-11-28T22:35:47.496415Z", "tags": ["a", "b"], "note": null}], "next_cursor": null}"""


@pytest.mark.parametrize(
    "shown",
    [
        '{"next_cursor": null, ...}',
        '{"items": [...], "next_cursor": ...}',
        '{"id": "0199...", "name": "Desk", ...}',
        '{"id": "01999999-dfa6-75ae-919a-e9d8d68453c7", "at": "2030-01-01T00:00:00Z"}',
        '{"name": "D...k", "tags": ["a", "b"], "note": null}',
        '{"tags": ["b", ...]}',
    ],
)
def test_what_is_so_passes(shown: str) -> None:
    assert json_faults(shown, ANSWER) == []


@pytest.mark.parametrize(
    ("shown", "fault"),
    [
        ('{"name": "Door", "n": 3}', ".name: shown 'Door', got 'Desk'"),
        ('{"name": "Desk", "title": "x"}', ".title: shown, but there are only"),
        ('{"name": "Desk", "n": true}', ".n: shown True, got 3"),
        ('{"name": "Desk", "tags": ["a"]}', ".tags: shown 1 of them, got 2"),
        ('{"name": "Desk", "tags": ["c", ...]}', ".tags[0]: none of 2 is like"),
        ('{"name": "Desk", "note": "x"}', ".note: shown 'x', got None"),
        ('{"name": "Desk"', "this is no JSON"),
    ],
)
def test_what_is_not_so_is_told(shown: str, fault: str) -> None:
    assert fault in "\n".join(json_faults(shown, ANSWER))


def test_lines_of_a_text_come_in_their_order() -> None:
    said = "id: 7\nevent: x\nWho asked whom to be there\n  for what.\n"
    assert text_faults("id: 412\nWho asked ... for what.\n...\n", said) == []
    assert "not to be found" in text_faults("event: x\nid: 7", said)[0]


def test_a_snippet_that_is_broken_is_named_with_its_page_and_line(tmp_path: Path) -> None:
    text = (
        '# One\n\n```python\nprint(\'{"a": 1}\')\n```\n\n```json\n{"a": 2}\n```\n\n```cobol\n```\n'
    )
    program, answer, strange = blocks("api/guides/one.md", text)
    program.answers.append(answer)
    reader = Reader(Silent(tmp_path), CHECKS)  # type: ignore[arg-type]
    assert reader.read(program) == ["api/guides/one.md:7: .a: shown 2, got 1"]
    program.text = "raise SystemExit('no')\n"
    assert reader.read(program)[0] == "api/guides/one.md:3: ended with 1: no"
    assert reader.read(strange) == ["api/guides/one.md:11: nobody knows how to try 'cobol'"]


class Silent:
    """A shell that nobody speaks to."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.server = folder, self
        self.variables: dict[str, str] = {}
        self.port = 1


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("false\ntrue\n", "1: false\n"),
        ("A=$(grep x /dev/null)\necho $A\n", "1: A=$(grep x /dev/null)\n"),
        ("false || echo so\nif false; then :; fi\nA=$(false || true)\n", ""),
    ],
)
def test_a_command_that_fails_is_told_wherever_it_stands(
    tmp_path: Path, text: str, failed: str
) -> None:
    shell = Shell(tmp_path, Silent(tmp_path))  # type: ignore[arg-type]
    try:
        told = Reader(shell, CHECKS).read(Block("a.md", 7, "bash", (), text))
    finally:
        shell.stop()
    assert shell.failed == failed
    assert told[:1] == [f"a.md:7: a command did not go well, {failed}"] * bool(failed)


def test_a_program_that_cannot_run_here_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(COMMANDS, "javascript", (".mjs", []))
    reader = Reader(Silent(tmp_path), CHECKS)  # type: ignore[arg-type]
    assert reader.read(Block("a.md", 7, "javascript", (), "throw 1;\n")) == []
    assert (reader.ran, reader.passed_over) == (0, ["a.md:7"])


def test_what_the_runner_does_not_know_it_refuses() -> None:
    with pytest.raises(Unknown):
        PARSER.parse_args(["--proxy", "x", "localhost"])
    with pytest.raises(Unknown):
        picked(".a | keys", '{"a": {}}', raw=True)
    assert picked('.a[] | select(.b == "c") | .d', '{"a": [{"b": "c", "d": 1}]}', raw=True) == "1\n"


def test_commands_end_where_a_shell_ends_them() -> None:
    text = "curl a \\\n  -d '{\"b\":\n 1}'\ncurl c # d\n\necho e\n"
    assert list(commands(text)) == [
        "curl a \\\n  -d '{\"b\":\n 1}'\n",
        "curl c # d\n",
        "\necho e\n",
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("env", "TOUCHSTONE_NO_SUCH=1\n"),
        ("env", "TOUCHSTONE_ENV=production\n"),
        ("ini", "ExecStart=/opt/touchstone sleep\n"),
        ("nginx", "server {\n    listen 80\n}\n"),
        ("sequence", "A says to B: hello\n"),
        ("", "what is this\n"),
        ("sdk", "await client.signMeIn(); await client.listJourneys();\n"),
    ],
)
def test_what_is_no_program_is_held_against_what_it_is_for(language: str, text: str) -> None:
    assert list(CHECKS[language](Block("a.md", 1, language, (), text)))


def test_the_scopes_of_the_guide_are_those_that_there_are() -> None:
    guide = (ROOT / "api/guides/integrator.md").read_text()
    for scope in Scope:
        assert f"| `{scope}` | {scope.says} |" in guide
