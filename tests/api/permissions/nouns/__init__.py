"""What each noun adds to the stage: its probes (PROBES), its ties (TIES), its things (furnish).

A module of this folder may define any of the three; it is found by being here.
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from tests.api.permissions.cast import Cast

MODULES: list[ModuleType] = [
    import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)
]


def merged(name: str) -> dict[str, Any]:
    """The dictionaries of this name in all the nouns, as one."""
    return {key: value for one in MODULES for key, value in getattr(one, name, {}).items()}


async def furnish(cast: Cast) -> None:
    """Put the things of all the nouns on stage, in the order of their file names."""
    for one in MODULES:
        if hasattr(one, "furnish"):
            await one.furnish(cast)
