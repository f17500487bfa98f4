"""The demo's documents: data in the repository, read as it is."""

from pathlib import Path
from typing import Any

import msgspec

FOLDER = Path(__file__).resolve().parents[2] / "demo"


def document(name: str) -> Any:
    """One document of the demo by the name of its file."""
    return msgspec.json.decode((FOLDER / name).read_bytes())
