"""How long a start takes on a database that is there, and what an idle worker weighs."""

import subprocess
import time
import urllib.error
import urllib.request

from api.settings import Settings
from bench.machine import served

READY_SECONDS, IDLE_MEGABYTES = 2.0, 120.0


def started(settings: Settings) -> int:
    """Start the API, print seconds to ready and megabytes of its worker; 1 when too much."""
    at = time.perf_counter()
    with served("api.app:app", settings) as port:
        wait_until_ready(port)
        seconds = time.perf_counter() - at
        megabytes = heaviest("api.app:app")
    missed = seconds > READY_SECONDS or megabytes > IDLE_MEGABYTES
    print(
        f"start to ready {seconds:.2f} s (promised {READY_SECONDS:.0f}), "
        f"idle worker {megabytes:.0f} MB (promised {IDLE_MEGABYTES:.0f})"
        f"{'  missed' if missed else ''}"
    )
    return int(missed)


def wait_until_ready(port: int) -> None:
    """Until readiness answers 200; RuntimeError after half a minute."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready"):
                return
        except urllib.error.URLError:
            time.sleep(0.02)
    raise RuntimeError("the API is not ready")


def heaviest(target: str) -> float:
    """Resident megabytes of the largest process that serves a target."""
    listed = subprocess.run(["ps", "-eo", "rss=,args="], capture_output=True, text=True, check=True)
    sizes = [int(line.split()[0]) for line in listed.stdout.splitlines() if target in line]
    return max(sizes) / 1024
