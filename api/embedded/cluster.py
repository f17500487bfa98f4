"""The embedded PostgreSQL, for one Touchstone at a time."""

import atexit
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import IO, Self

from api.embedded.birth import initialise, prepare
from api.embedded.errors import EmbeddedError
from api.embedded.keeper import Keeper
from api.embedded.place import Place
from api.embedded.programs import folder_of_programs, within_reach
from api.embedded.roles import DATABASE
from api.embedded.server import end, end_leftover, launch
from api.settings import DRIVER


class Cluster:
    """One PostgreSQL, started by this process or joined when another process has started it."""

    def __init__(self, folder: Path, programs: str = "", *, throwaway: bool = False) -> None:
        keeper = Keeper.find()
        self.programs = within_reach(folder_of_programs(programs), keeper)
        self.place = Place.choose(folder, keeper)
        self.throwaway = throwaway
        self.socket = Path()
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    @classmethod
    def for_tests(cls, programs: str = "") -> Self:
        """Make a cluster in the temporary folder: fast, not durable, gone after `stop`."""
        cluster = cls(Path(tempfile.mkdtemp(prefix="ts-")), programs, throwaway=True)
        atexit.register(cluster.stop)
        return cluster

    @property
    def is_new(self) -> bool:
        """Whether there is no database in the folder yet."""
        return not self.place.prepared.exists()

    def url(self, role: str) -> str:
        """Give the address by which a role connects."""
        password = self.place.secrets()[role]
        return f"{DRIVER}://{role}:{password}@/{DATABASE}?host={self.socket}"

    def start(self) -> Self:
        """Start the server, making the database first when there is none."""
        self._lock = self.place.lock()
        if self._lock is None:
            raise EmbeddedError(
                f"The database in {self.place.folder} belongs to a running Touchstone "
                f"(process {self.place.holder()}). Stop that one, or name another folder in "
                "TOUCHSTONE_DATA."
            )
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def join(self) -> Self:
        """Use the server of a running Touchstone, or else start one until `stop`."""
        lock = self.place.lock()
        if lock is not None:
            lock.close()
            return self.start()
        self.socket = self.place.socket_folder()
        return self

    def stop(self) -> None:
        """Stop cleanly what this process has started, and only that."""
        if self._process is not None:
            end(self._process, durable=not self.throwaway)
            self._process = None
            shutil.rmtree(self.socket, ignore_errors=True)
        if self._lock is not None:
            self._lock.close()
            self._lock = None
            if self.throwaway:
                shutil.rmtree(self.place.folder, ignore_errors=True)

    def _start(self) -> None:
        end_leftover(self.place)
        if not self.place.data.exists():
            initialise(self.place, self.programs, durable=not self.throwaway)
        self.socket = self.place.new_socket_folder()
        self._process = launch(self.place, self.programs, self.socket, durable=not self.throwaway)
        if self.is_new:
            prepare(self.place, self.programs, self.socket)
