"""The programs that make and run clients: Node's from a lock, Python's from another."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from threading import Timer

from tests.sdk.steps import HERE, ROOT, Failed, fetched, once, run, say

LOCK = ROOT / "requirements-sdk.lock"
VENV = ROOT / ".venv-sdk"
PYTHON = str(VENV / "bin" / "python")
LOCKED = ["--require-hashes", "--no-deps", "--disable-pip-version-check", "--no-input", "-qq"]


def missing() -> str:
    """What this machine lacks; empty if nothing."""
    if shutil.which("node") is None:
        return "there is no Node here"
    version = run(["node", "--version"]).strip()
    if int(re.sub(r"^v(\d+).*$", r"\1", version)) < 20:
        return f"Node is {version} here"
    return "" if shutil.which("npm") else "there is no npm here"


def node_packages() -> None:
    """Install package-lock.json."""
    inputs = [HERE / "package.json", HERE / "package-lock.json"]
    with once("npm ci", HERE / "node_modules", inputs) as needed:
        if needed:
            fetched(["npm", "ci", "--loglevel=error"], "the npm registry")


def python_packages() -> None:
    """Install requirements-sdk.lock into an environment of its own."""
    with once("requirements-sdk.lock", VENV, [LOCK]) as needed:
        if needed:
            shutil.rmtree(VENV, ignore_errors=True)
            run([sys.executable, "-m", "venv", "--without-pip", str(VENV)])
            pip = [sys.executable, "-m", "pip", "--python", PYTHON, "install"]
            fetched([*pip, *LOCKED, "-r", str(LOCK)], "the Python package index")


def tell(command: list[str], more: Mapping[str, str]) -> str:
    """Run a program, show what it says as it says it, and give it."""
    environment = {**os.environ, **more}
    with subprocess.Popen(
        command, cwd=HERE, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        bound = Timer(120, process.kill)
        bound.start()
        lines = []
        for line in process.stdout or ():
            say(line.rstrip("\n"))
            lines.append(line)
        bound.cancel()
    if process.returncode:
        raise Failed(f"{' '.join(command)} ended with {process.returncode}")
    return "".join(lines)
