"""The version of the contract: what `info.version` of the document says.

`touchstone contract` says when it must be raised, and to what; api/openapi/stability/rules.py says
what its three numbers mean to whoever has generated a client.
"""

from typing import Final

VERSION: Final = "1.0.0"
