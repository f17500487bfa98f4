"""Reads a page out: runs what it shows, and tells where it does not tell the truth."""

import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.api.guides.blocks import ANSWERS, Block
from tests.api.guides.expecting import json_faults, text_faults
from tests.api.guides.shell import Shell

PATIENCE = 60.0  # seconds for what happens in the background
NODE = shutil.which("node")
COMMANDS = {
    "python": (".py", [sys.executable]),
    "javascript": (".mjs", [NODE] if NODE else []),
}


@dataclass
class Reader:
    """Somebody who reads one page and does what it says."""

    shell: Shell
    checks: dict[str, Callable[[Block], Iterator[str]]]
    output: str = ""
    ran: int = 0
    faults: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    """Where programs stand that this machine cannot run."""

    def read(self, block: Block) -> list[str]:
        """Run a block, hold its answers against what came, and give what is wrong."""
        self.faults = []
        if "sdk" in block.words:
            self._note(block, list(self.checks["sdk"](block)))
        elif block.language == "bash":
            self._run_shell(block)
        elif block.language in COMMANDS:
            self._run_program(block)
        elif block.language in self.checks:
            self._note(block, list(self.checks[block.language](block)))
        elif block.language in ANSWERS:
            self._note(block, ["an answer to nothing"])
        else:
            self._note(block, [f"nobody knows how to try {block.language!r}"])
        return self.faults

    def _note(self, block: Block, faults: list[str]) -> None:
        self.faults += [f"{block.place}: {fault}" for fault in faults]

    def _run_shell(self, block: Block) -> None:
        self.shell.curl.enough = lambda said: not any(_faults(one, said) for one in block.answers)
        until = time.monotonic() + PATIENCE
        self.output = self.shell.run(self._local(block.text))
        while _only_asks(block) and not self.shell.curl.enough(self.output):
            if time.monotonic() > until:
                break
            threading.Event().wait(0.1)
            self.output = self.shell.run(self._local(block.text))
        self.ran += 1
        self._note(block, list(self.shell.faults))
        refused = [one for one in self.shell.curl.statuses if one[0] >= 400]
        self._note(
            block,
            [f"{what} answered {status}" for status, what in refused if not block.expects(status)],
        )
        if self.shell.failed:
            self._note(block, [f"a command did not go well, {self.shell.failed}"])
        if self.faults:
            self._note(block, [f"it printed {self.output[-1500:]}"])
        self._hold(block)

    def _run_program(self, block: Block) -> None:
        suffix, command = COMMANDS[block.language]
        if not command:
            self.passed_over.append(block.place)
            return
        path = self.shell.folder / (block.file_name or f"snippet{suffix}")
        path.write_text(self._local(block.text))
        ended = subprocess.run(
            [*command, path.name],
            cwd=self.shell.folder,
            env=self.shell.variables,
            capture_output=True,
            text=True,
            timeout=60,
        )
        self.ran += 1
        self.output = ended.stdout
        if ended.returncode:
            said = (ended.stdout + ended.stderr).strip()[-1500:]
            self._note(block, [f"ended with {ended.returncode}: {said}"])
        self._hold(block)

    def _hold(self, block: Block) -> None:
        for answer in block.answers:
            self._note(answer, _faults(answer, self.output))

    def _local(self, text: str) -> str:
        return text.replace("localhost:8000", f"localhost:{self.shell.server.port}")


def _only_asks(block: Block) -> bool:
    """Whether a block may be run again until what it asks for has happened in the background."""
    return block.text.startswith("curl ") and not re.search(r" -(X|d|F) | --data", block.text)


def _faults(answer: Block, output: str) -> list[str]:
    find = json_faults if answer.language == "json" else text_faults
    return find(answer.text, output)


def folder_of(page: str, at: Path) -> Path:
    """A folder of its own for each page."""
    made = at / page.replace("/", "-").replace(".", "-")
    made.mkdir()
    return made
