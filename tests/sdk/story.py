"""What the scenario shares with nobody: steps told with a tick, and the things that it sends."""

import math
import struct
import sys
import traceback
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

PASSWORD = "touchstone-demo"
NOWHERE = UUID("0198c0de-77aa-7000-8000-000000000000")
Kind = TypeVar("Kind")


def step(says: str, does: Callable[[], None]) -> None:
    """Do one step and say so; the first that fails ends the scenario."""
    try:
        does()
    except Exception:
        print(f"  ✗ {says}", flush=True)
        traceback.print_exc()
        sys.exit(1)
    print(f"  ✓ {says}", flush=True)


def given(kind: type[Kind], found: object) -> Kind:
    """What a call gave, which has to be of this kind."""
    if not isinstance(found, kind):
        raise AssertionError(f"{kind.__name__} was to come, it was {found}")
    return found


def equal(found: object, wanted: object) -> None:
    """Two things that have to be the same."""
    if found != wanted:
        raise AssertionError(f"{found!r}\nwas to be\n{wanted!r}")


def tone() -> bytes:
    """A tenth of a second of a tone, as a WAV file: sound is kept as it is sent."""
    wave = [round(9000 * math.sin(at * 2 * math.pi * 440 / 8000)) for at in range(800)]
    data = struct.pack(f"<{len(wave)}h", *wave)
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16)
    return (
        b"RIFF"
        + struct.pack("<I", 36 + len(data))
        + b"WAVE"
        + form
        + b"data"
        + struct.pack("<I", len(data))
        + data
    )
