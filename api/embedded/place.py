"""Where an embedded database lives: its folder, its lock, its passwords, its socket."""

import fcntl
import hashlib
import json
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from api.embedded.errors import EmbeddedError
from api.embedded.keeper import AWAY, Keeper
from api.embedded.roles import new_passwords

SUPERUSER = "postgres"
SIGNING_KEY = "signing_key"
LONGEST_SOCKET = 100  # the address of a unix socket has room for 104 bytes on macOS, 108 on Linux


@dataclass(frozen=True)
class Place:
    """The folder of one embedded database."""

    folder: Path
    keeper: Keeper

    @classmethod
    def choose(cls, wanted: Path, keeper: Keeper) -> "Place":
        """Take the wanted folder, or one below /var/lib when the keeper cannot reach it."""
        folder = wanted.resolve()
        _make(folder, keeper)
        if not keeper.reaches(folder):
            folder = AWAY / "data" / hashlib.sha256(bytes(folder)).hexdigest()[:12]
            _make(folder, keeper)
        return cls(folder, keeper)

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self.folder / "postgres"

    @property
    def log(self) -> Path:
        """What PostgreSQL has to say."""
        return self.folder / "postgres.log"

    @property
    def prepared(self) -> Path:
        """The mark that roles and database have been made."""
        return self.folder / "prepared"

    def lock(self) -> IO[str] | None:
        """Claim the folder for this process; None when another process has it."""
        handle = (self.folder / "lock").open("a")
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.close()
            return None
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        return handle

    def holder(self) -> str:
        """Name the process that has the folder."""
        return (self.folder / "lock").read_text() or "unknown"

    def secrets(self) -> dict[str, str]:
        """Read the passwords and the signing key, making them the first time."""
        path = self.folder / "secrets.json"
        if path.exists():
            known: dict[str, str] = json.loads(path.read_text())
            return known
        made = new_passwords() | {
            SUPERUSER: secrets.token_urlsafe(24),
            SIGNING_KEY: secrets.token_urlsafe(48),
        }
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(made, file)
        draft.replace(path)
        return made

    def new_socket_folder(self) -> Path:
        """Make the 0700 folder of the socket: here, or in a short place when here is too long."""
        here = self.folder / "run"
        if len(bytes(here / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET:
            return self.keeper.folder(here)
        return self.keeper.folder(Path(tempfile.mkdtemp(prefix="touchstone-")))

    def postmaster(self) -> list[str]:
        """Read what a running (or killed) server left in its pid file."""
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def socket_folder(self) -> Path:
        """Find the socket of the server that another process has started."""
        lines = self.postmaster()
        if len(lines) < 8 or lines[7].strip() != "ready":
            raise EmbeddedError(f"The database in {self.folder} is just starting; try again.")
        return Path(lines[4])


def _make(folder: Path, keeper: Keeper) -> None:
    """Make a folder through which the keeper may pass, and nobody else may look."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711 if keeper.is_other else 0o700)
