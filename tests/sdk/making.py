"""Look at the document with strict eyes, make each client of it, and compile it."""

import os
import shutil
import sys
from pathlib import Path

from tests.sdk.steps import BUILD, HERE, ROOT, once, run
from tests.sdk.tools import LOCK, PYTHON, VENV

OPENAPI = ROOT / "openapi"
DOCUMENT = OPENAPI / "openapi.json"
PYTHON_CLIENT = BUILD / "python"
NODE_LOCK = HERE / "package-lock.json"


def program(name: str) -> str:
    """A program that package-lock.json brought."""
    return str(HERE / "node_modules" / ".bin" / name)


def lint() -> None:
    """Redocly and spectral, each with the configuration beside the document."""
    documents = [path for name in ("openapi.json", "webhooks.json")
                 if (path := OPENAPI / name).exists()]  # fmt: skip
    names = [str(path.relative_to(ROOT)) for path in documents]
    redocly, spectral = OPENAPI / "redocly.yaml", OPENAPI / ".spectral.yaml"
    with once("redocly", BUILD / "redocly", [*documents, redocly, NODE_LOCK]) as needed:
        if needed:
            run([program("redocly"), "lint", "--config", str(redocly), *names], ROOT)
            done("redocly")
    with once("spectral", BUILD / "spectral", [*documents, spectral, NODE_LOCK]) as needed:
        if needed:
            strict = ["--fail-severity=warn", "-r", str(spectral)]
            run([program("spectral"), "lint", *strict, *names], ROOT)
            done("spectral")


def done(name: str) -> None:
    """Leave something where a step makes nothing."""
    BUILD.mkdir(exist_ok=True)
    (BUILD / name).touch()


def typescript() -> None:
    """Both clients for TypeScript, and one compilation of them with their scenarios."""
    with once("@hey-api/openapi-ts", BUILD / "hey", [DOCUMENT, NODE_LOCK]) as needed:
        if needed:
            made = ["-i", str(DOCUMENT), "-o", "build/hey", "-c", "@hey-api/client-fetch"]
            run([program("openapi-ts"), *made])
    script = HERE / "openapi-typescript.mjs"
    types = BUILD / "fetch" / "schema.ts"
    with once("openapi-typescript", types, [DOCUMENT, NODE_LOCK, script]) as needed:
        if needed:
            types.parent.mkdir(exist_ok=True)
            run(["node", script.name, str(DOCUMENT), str(types)])
    written = [*HERE.glob("*.ts"), HERE / "tsconfig.json"]
    with once("tsc --strict", BUILD / "js", [DOCUMENT, NODE_LOCK, *written]) as needed:
        if needed:
            shutil.rmtree(BUILD / "js", ignore_errors=True)
            run([program("tsc"), "-p", "."])


def python() -> None:
    """The client for Python, and mypy over it and its scenario."""
    config = HERE / "openapi-python-client.yaml"
    client = PYTHON_CLIENT / "touchstone_client"
    with once("openapi-python-client", client, [DOCUMENT, LOCK, config]) as needed:
        if needed:
            PYTHON_CLIENT.mkdir(parents=True, exist_ok=True)
            made = ["--path", str(DOCUMENT), "--config", str(config), "--output-path", str(client)]
            flags = ["--meta", "none", "--overwrite", "--fail-on-warning"]
            generator = [str(VENV / "bin" / "openapi-python-client"), "generate"]
            found = {"PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"}
            run([*generator, *made, *flags], more=found)
    written = [HERE / "scenario.py", HERE / "story.py"]
    with once("mypy --strict", BUILD / "mypy", [DOCUMENT, LOCK, config, *written]) as needed:
        if needed:
            checked(client, written)


def checked(client: Path, written: list[Path]) -> None:
    """The house's mypy, in the eyes of the client's own environment."""
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull]
    where = ["--python-executable", PYTHON, "--cache-dir", str(BUILD / "mypy")]
    run([*mypy, *where, str(client), *map(str, written)], more={"MYPYPATH": str(PYTHON_CLIENT)})
