"""`touchstone`: everything that is done to an installation from its command line."""

from typing import Any

import rich_click as click

from api.commands.audit import audit
from api.commands.backup import backup, restore
from api.commands.contract import contract
from api.commands.migrate import migrate
from api.commands.openapi import openapi
from api.commands.password import reset_password
from api.commands.seed import seed
from api.commands.serve import serve
from api.commands.webhook_receiver import webhook_receiver
from api.commands.worker import worker
from api.embedded.errors import EmbeddedError
from api.plugins.role_check import UnsafeRole
from api.settings import SettingsError

HELP = """
Touchstone: customer journey maps that a whole organization answers for.

`touchstone serve` is all it takes to try it: it brings its own PostgreSQL and a demo organization.

Settings come from the environment (TOUCHSTONE_*, DATABASE_URL); the README lists them.
"""
EXPECTED = (EmbeddedError, SettingsError, UnsafeRole)


class Touchstone(click.RichGroup):
    """The group that turns what an operator can mend into a sentence, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except EXPECTED as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Touchstone, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="touchstone")
def main() -> None:
    pass


for command in (
    serve, worker, migrate, seed, openapi, contract, backup, restore, audit, reset_password,
    webhook_receiver,
):  # fmt: skip
    main.add_command(command)
