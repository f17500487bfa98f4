"""`touchstone openapi`: the contract, as a file."""

from collections.abc import Callable, Iterable
from pathlib import Path

import rich_click as click

from api.app import create_litestar
from api.commands.contract import CHANGELOG, FOLDER, changelog
from api.commands.machine import say
from api.openapi.config import document
from api.openapi.stability import NotReady
from api.schemas.exchange.schema import schema
from api.schemas.integration.webhooks_document import webhooks_document
from api.settings import Settings

PUBLISHED = FOLDER / "openapi.json"
SCHEMA = PUBLISHED.with_name("journeymap-1.schema.json")
WEBHOOKS = PUBLISHED.with_name("webhooks.json")

HELP = """
Write the OpenAPI document of this release, and beside it what is sent to webhooks (webhooks.json),
the JSON Schema of journeymap/1 and what differs from the last release, in the changelog. With
another --output than that of the repository it writes the OpenAPI document alone.

They are the same on every machine: no setting and no database has a part in them. Tests fail when
a committed file differs.

\b
Examples:
  touchstone openapi
  touchstone openapi --output /dev/stdout
  touchstone openapi --check
"""

WHERE = click.Path(dir_okay=False, path_type=Path)


def published() -> bytes:
    """Render the document that the repository holds."""
    return document(create_litestar(Settings(env="test", secret="-" * 32, demo=False)))


def files(output: Path = PUBLISHED) -> list[tuple[Path, Callable[[], bytes]]]:
    """Each file with what renders it.

    The changelog comes last, and is rendered when the others are written: it says what differs in
    them.
    """
    if output.resolve() != PUBLISHED:
        return [(output, published)]
    return [
        (output, published),
        (SCHEMA, schema),
        (WEBHOOKS, webhooks_document),
        (FOLDER / CHANGELOG, lambda: changelog().encode()),
    ]


@click.command(help=HELP)
@click.option("--output", type=WHERE, default=PUBLISHED, help="Where to.")
@click.option("--check", is_flag=True, help="Write nothing, fail when a file is out of date.")
def openapi(output: Path, check: bool) -> None:
    try:
        behind = settle(files(output), check=check)
    except NotReady as missing:
        raise click.ClickException(str(missing)) from missing
    if behind:
        raise click.ClickException(f"Out of date: {', '.join(behind)}. Run `touchstone openapi`.")


def settle(rendered: Iterable[tuple[Path, Callable[[], bytes]]], *, check: bool) -> list[str]:
    """Write each file, or only look: those that are not what they would be now."""
    behind = []
    for path, render in rendered:
        text = render()
        if not check:
            path.write_bytes(text)
            say(f"Wrote {path}.")
        elif not path.exists() or path.read_bytes() != text:
            behind.append(str(path))
    return behind
