"""Imports: a whole journey from one document, again and again.

`document` is what was read, `references` and `rights` say what is wrong with it, `draft` puts it
into entities, `writing` stores them, `run` is the verb.
"""

from domain.services.maps.imports.document import Document, Node
from domain.services.maps.imports.run import Outcome, import_journey
from domain.services.maps.imports.tabular import point_rows, require_rows, touchpoint_rows

__all__ = [
    "Document",
    "Node",
    "Outcome",
    "import_journey",
    "point_rows",
    "require_rows",
    "touchpoint_rows",
]
