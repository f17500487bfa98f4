"""CSV to import: text, and which column is which field."""

from typing import Annotated

from msgspec import Meta, field

from api.schemas.base import Body
from domain.results import CsvTable

MOST_ROWS = 5_000
Column = Annotated[str, Meta(min_length=1, max_length=200)]
FieldName = Annotated[str, Meta(min_length=1, max_length=120)]


class CsvImport(Body):
    """Rows to bring in. Without a mapping each column is the field of its name.

    Touchpoints have `stage` (its name or key; needed for a new one), `key` (a row with a known one
    changes that touchpoint, as the key of an export does) and the fields of a touchpoint;
    `channels` are separated by commas. Data points have `metric` (its name), `from`, `to`, the
    components of the metric, and `dimension.NAME` for each dimension. An empty cell keeps what is
    there.
    """

    table: CsvTable
    csv: Annotated[str, Meta(min_length=1, max_length=4_000_000)]
    """The text of the file, with a header; a byte order mark is left aside."""
    mapping: Annotated[dict[Column, FieldName], Meta(max_length=100)] = field(default_factory=dict)
    """Which field each column is; columns that it does not name are left out."""
    delimiter: Annotated[str, Meta(pattern=r"^[,;\t|]$(?!\n)")] | None = None
    """A comma, a semicolon, a tab or a bar; without it the header shows which."""
    dry_run: bool = False
