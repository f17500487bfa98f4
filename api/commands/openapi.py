"""`touchstone openapi`: the contract, as a file."""

from pathlib import Path

import rich_click as click

from api.app import create_litestar
from api.commands.contract import CHANGELOG, FOLDER, changelog
from api.commands.machine import say
from api.openapi.config import document
from api.schemas.exchange.schema import schema
from api.schemas.integration.webhooks_document import webhooks_document
from api.settings import Settings

PUBLISHED = FOLDER / "openapi.json"
SCHEMA = PUBLISHED.with_name("journeymap-1.schema.json")
WEBHOOKS = PUBLISHED.with_name("webhooks.json")

HELP = """
Write the OpenAPI document of this release, and beside it what is sent to webhooks (webhooks.json),
the JSON Schema of journeymap/1 and what differs from the last release, in the changelog.

It is the same on every machine: no setting and no database has a part in it. A test fails when the
committed file differs.

\b
Examples:
  touchstone openapi
  touchstone openapi --output /dev/stdout
  touchstone openapi --check
"""


def published() -> bytes:
    """Render the document that the repository holds."""
    return document(create_litestar(Settings(env="test", secret="-" * 32, demo=False)))


@click.command(help=HELP)
@click.option("--output", type=click.Path(path_type=Path), default=PUBLISHED, help="Where to.")
@click.option("--check", is_flag=True, help="Write nothing, fail when the file is out of date.")
def openapi(output: Path, check: bool) -> None:
    text = published()
    if not check:
        output.write_bytes(text)
        say(f"Wrote {output}.")
        if output.resolve() == PUBLISHED:
            for path, beside in ((SCHEMA, schema()), (WEBHOOKS, webhooks_document())):
                path.write_bytes(beside)
                say(f"Wrote {path}.")
            (FOLDER / CHANGELOG).write_text(changelog(), encoding="utf-8")
            say(f"Wrote {FOLDER / CHANGELOG}.")
    elif not output.exists() or output.read_bytes() != text:
        raise click.ClickException(f"{output} is out of date: run `touchstone openapi`.")
