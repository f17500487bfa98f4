"""`touchstone audit`: what an auditor asks of the ledger."""

import rich_click as click

HELP = """
Prove that the ledger is complete and unaltered, or take it elsewhere to be checked.

\b
Examples:
  touchstone audit verify
  touchstone audit export ledger.jsonl
"""


@click.group(help=HELP)
def audit() -> None:
    pass
