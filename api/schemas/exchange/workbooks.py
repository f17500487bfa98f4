"""Tables as XLSX, safe to open: whatever somebody wrote stays text."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from api.schemas.exchange.sheets import PIECE
from api.schemas.exchange.tables import TABLES, Book, Cell, Table
from domain.queries.exchange.parts import Parts

LONGEST: Final = 32_767
"""Characters in a cell of XLSX."""
WIDTHS: Final = {"key": 16, "body": 60, "answers": 60, "description": 40, "quote": 40}
WIDTH: Final = 20


def xlsx_pieces(parts: Parts) -> Iterator[bytes]:
    """All tables, one sheet each; rows go to the disk as they come."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journey.xlsx"
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": folder,
        }
        with xlsxwriter.Workbook(path, options) as book:
            header, told = book.add_format({"bold": True}), Book(parts)
            for name, table in TABLES.items():
                _sheet(book.add_worksheet(name.value), table, told, header)
        with path.open("rb") as made:
            while piece := made.read(PIECE):
                yield piece


def _sheet(sheet: Worksheet, table: Table, book: Book, header: Format) -> None:
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(table.columns):
        sheet.set_column(column, column, WIDTHS.get(name, WIDTH))
        sheet.write_string(0, column, name, header)
    for number, row in enumerate(table.rows(book), start=1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell)


def _write(sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell[:LONGEST])
    elif hasattr(cell, "isoformat"):
        sheet.write_string(row, column, cell.isoformat())
    else:
        sheet.write_number(row, column, cell)
