"""Whom the embedded PostgreSQL runs as: ourselves, or for root a system user of its own."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypedDict

NAME = "touchstone"
AWAY = Path("/var/lib/touchstone")


class RunAs(TypedDict, total=False):
    """The arguments by which a sub-process becomes somebody else."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Keeper:
    """The system user who keeps the database. PostgreSQL refuses to run as root."""

    uid: int
    gid: int
    is_other: bool

    @classmethod
    def find(cls) -> Self:
        """Take ourselves, or as root the user `touchstone` (made when missing), else `nobody`."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid(), is_other=False)
        entry = _user(NAME) or _make_user() or pwd.getpwnam("nobody")
        return cls(entry.pw_uid, entry.pw_gid, is_other=True)

    def run_as(self) -> RunAs:
        """Give the arguments for `subprocess` that start a program as the keeper."""
        if not self.is_other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path, mode: int) -> None:
        """Hand a file or folder over to the keeper."""
        path.chmod(mode)
        if self.is_other:
            os.chown(path, self.uid, self.gid)

    def folder(self, path: Path) -> Path:
        """Make a folder that only the keeper (and root) may enter."""
        path.mkdir(parents=True, exist_ok=True)
        self.give(path, 0o700)
        return path

    def reaches(self, path: Path) -> bool:
        """Say whether the keeper may walk through every folder above `path`."""
        if not self.is_other:
            return True
        return all(self._passes(parent) for parent in path.resolve().parents if parent.exists())

    def _passes(self, folder: Path) -> bool:
        status = folder.stat()
        mine = status.st_uid == self.uid and status.st_mode & stat.S_IXUSR
        return bool(mine or status.st_mode & stat.S_IXOTH)


def _user(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _make_user() -> pwd.struct_passwd | None:
    useradd = shutil.which("useradd")
    if useradd:
        command = [useradd, "--system", "--no-create-home", "--user-group", "--home-dir", str(AWAY)]
        subprocess.run([*command, NAME], check=False, capture_output=True)
    return _user(NAME)
