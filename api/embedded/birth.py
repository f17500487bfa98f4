"""The first start of an embedded database: initdb, the roles, the database."""

import os
import shutil
import subprocess
from pathlib import Path

from api.embedded.errors import EmbeddedError
from api.embedded.place import SUPERUSER, Place
from api.embedded.programs import version_of
from api.embedded.roles import roles_sql


def initialise(place: Place, programs: Path, durable: bool) -> None:
    """Make PostgreSQL's folder with SCRAM and a random password; an interrupted try is redone."""
    draft = place.folder / "postgres.new"
    shutil.rmtree(draft, ignore_errors=True)
    place.keeper.folder(draft)
    password = place.folder / "password"
    password.touch(0o600)
    password.write_text(place.secrets()[SUPERUSER])
    place.keeper.give(password, 0o600)
    try:
        _run(
            [
                *(programs / "initdb", "--pgdata", draft, "--username", SUPERUSER),
                *("--pwfile", password, "--auth", "scram-sha-256", "--encoding", "UTF8"),
                *_locale(programs),
                *([] if durable else ["--no-sync"]),
            ],
            place,
        )
    finally:
        password.unlink()
    draft.rename(place.data)


def prepare(place: Place, programs: Path, socket: Path) -> None:
    """Make the roles and the database, once."""
    passwords = place.secrets()
    _run(
        [programs / "psql", "--no-psqlrc", "-q", "-v", "ON_ERROR_STOP=1", "-h", socket],
        place,
        script=roles_sql(passwords),
        PGUSER=SUPERUSER,
        PGPASSWORD=passwords[SUPERUSER],
        PGDATABASE=SUPERUSER,
    )
    place.prepared.touch()


def _locale(programs: Path) -> list[str]:
    """Order text by code point, everywhere alike; PostgreSQL 16 has no provider of its own."""
    if version_of(programs) < 17:
        return ["--locale", "C.UTF-8"]
    return ["--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]


def _run(command: list[str | Path], place: Place, script: str = "", **environ: str) -> None:
    done = subprocess.run(
        command,
        input=script,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", **environ},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        **place.keeper.run_as(),
    )
    if done.returncode:
        raise EmbeddedError(f"{Path(command[0]).name} failed:\n{done.stderr or done.stdout}")
