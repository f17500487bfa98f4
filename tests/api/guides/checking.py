"""What is no program of a page is held against what it is written for."""

from collections.abc import Callable, Iterator

from api.settings import Settings, SettingsError
from tests.api.guides.blocks import Block

BARE = ("README.md", "openapi/README.md")


def nothing(block: Block) -> Iterator[str]:
    """A block without a language: only where a reader is not to run anything."""
    if block.page not in BARE:
        yield "say what language it is, so that it can be tried"


def environment(block: Block) -> Iterator[str]:
    """Settings: a server would start with them, and knows every one of them."""
    lines = [line.partition("=") for line in block.text.splitlines()]
    given = {name: value for name, _, value in lines if name and not name.startswith("#")}
    try:
        known = Settings.read(given).environ()
    except SettingsError as error:
        yield str(error)
    else:
        unknown = {name for name in given if not name.startswith("AWS_")} - known.keys()
        yield from (f"there is no setting {name}" for name in sorted(unknown))


CHECKS: dict[str, Callable[[Block], Iterator[str]]] = {"": nothing, "env": environment}
