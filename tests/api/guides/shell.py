"""A bash in which a page is read out: every block in order, in one shell, in one folder.

The shell is real: quotes, variables, pipes and files are its own. `curl`, `jq` and `touchstone` are
functions that ask this process, which is faster than a program for each of two hundred requests
and needs none of them installed. With TOUCHSTONE_REAL_CURL the programs themselves run.
"""

import contextlib
import os
import shlex
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

import httpx
from click.testing import CliRunner

from api.cli import main
from tests.api.guides.curling import Curl, Unknown
from tests.api.guides.picking import picked
from tests.api.guides.serving import Serving

REAL = bool(os.environ.get("TOUCHSTONE_REAL_CURL"))
PATH = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
BOUND = 90  # seconds for one block
ASKING = """
set -a
_ask() {
  local box code
  box=$(mktemp -d "$BOX/XXXXXX")
  printf '%s\\0' "$@" > "$box/arguments"
  [ "$1" != jq ] || cat > "$box/input"
  [ "$1" != touchstone ] || env -0 > "$box/environ"
  mkfifo "$box/done"
  printf '%s\\n' "$box" > "$BOX/asked"
  read -r code < "$box/done"
  cat "$box/output"
  return "$code"
}
"""
WATCHED = """trap 'printf "%s: %s\\n" "$?" "$BASH_COMMAND" >> "$BOX/failed"' ERR
{text}
trap - ERR
"""
BOUNDED = """
curl() {
  command curl --max-time 10 "$@"
  local code=$?
  case "$code $*" in 28*" -sN "*) return 0 ;; esac  # a stream has no end of its own
  return "$code"
}
"""


class Shell:
    """One bash, and who does what it asks for."""

    def __init__(self, folder: Path, server: Serving) -> None:
        self.folder, self.server, self.curl = folder, server, Curl()
        self.box = folder / ".asked"
        self.box.mkdir()
        os.mkfifo(self.box / "asked")
        self._asked = os.open(self.box / "asked", os.O_RDWR)
        self.faults: list[str] = []
        self.failed = ""
        self.variables: dict[str, str] = {}
        self._answering = threading.Thread(target=self._answer_all)
        self._answering.start()
        self.process = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            cwd=folder,
            env={"PATH": PATH, "HOME": str(folder), "BOX": str(self.box)},
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        asked = ("touchstone",) if REAL else ("curl", "jq", "touchstone")
        self._say(ASKING + (BOUNDED if REAL else ""))
        self._say("".join(f'{name}() {{ _ask {name} "$@"; }}\n' for name in asked))

    def run(self, text: str) -> str:
        """Run a block; what it has printed. `failed` then has every command that did not go well.

        Those are the ones that would end a shell with `set -e`, each as `code: command` and a line.
        """
        self.faults.clear()
        self.curl.statuses.clear()
        (self.box / "failed").write_text("")
        run = text.replace(".venv/bin/touchstone", "touchstone")
        (self.folder / ".block").write_text(WATCHED.format(text=run))
        done = self.box / "done"
        os.mkfifo(done)
        self._say(f". ./.block > .output 2>&1; env -0 > .env; echo > {done}\n")
        self._wait(done)
        done.unlink()
        self.variables = dict(
            one.split("=", 1)
            for one in (self.folder / ".env").read_text().split("\0")
            if "=" in one and not one.startswith(("BASH_FUNC", "_="))
        )
        self.failed = (self.box / "failed").read_text()
        return (self.folder / ".output").read_text(errors="surrogateescape")

    def set(self, name: str, value: str) -> None:
        """Set a variable, as a reader does who was told where its value stands."""
        self._say(f"{name}={shlex.quote(value)}\n")
        self.variables[name] = value

    def stop(self) -> None:
        """End the shell and whatever it still runs."""
        self._input.close()
        self.process.kill()
        self.process.wait()
        os.write(self._asked, b"\n")
        self._answering.join(BOUND)
        os.close(self._asked)
        self.curl.http.close()

    @property
    def _input(self) -> IO[str]:
        assert self.process.stdin
        return self.process.stdin

    def _say(self, text: str) -> None:
        self._input.write(text)
        self._input.flush()

    def _wait(self, done: Path) -> None:
        """Wait for a block, and end what does not end by itself."""
        killer = threading.Timer(BOUND, lambda: done.open("r+").write("late\n"))
        killer.start()
        try:
            assert done.read_text() != "late\n", f"not done after {BOUND} seconds"
        finally:
            killer.cancel()

    def _answer_all(self) -> None:
        with os.fdopen(os.dup(self._asked)) as asked:
            for line in asked:
                if not line.strip():
                    return
                self._answer(Path(line.strip()))

    def _answer(self, box: Path) -> None:
        name, *arguments = (box / "arguments").read_text().split("\0")[:-1]
        code, output = 0, ""
        try:
            code, output = self._do(name, arguments, box)
        except Exception as error:
            code = 2
            self.faults.append(f"{name} {shlex.join(arguments)[:300]}: {error!r}")
        (box / "output").write_text(output, errors="surrogateescape")
        (box / "done").write_text(f"{code}\n")

    def _do(self, name: str, arguments: list[str], box: Path) -> tuple[int, str]:
        if name == "curl":
            try:
                return 0, self.curl.run(arguments, self.folder)
            except httpx.ConnectError:
                return 7, ""  # as curl ends when nobody listens
        if name == "jq":
            *options, program = arguments
            if set(options) - {"-r"}:
                raise Unknown(f"jq {options}")
            return 0, picked(program, (box / "input").read_text(), raw="-r" in options)
        own = (one.partition("=") for one in (box / "environ").read_text().split("\0"))
        named = {name: value for name, _, value in own if name.startswith("TOUCHSTONE_")}
        if "TOUCHSTONE_DATA" in named:
            named["TOUCHSTONE_DATA"] = str(self.folder / named["TOUCHSTONE_DATA"])
        with contextlib.chdir(self.folder):
            ended = CliRunner().invoke(main, arguments, env={**self.server.environ, **named})
        return ended.exit_code, ended.output
