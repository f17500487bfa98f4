"""Tables as CSV and XLSX, safe to open: whatever somebody wrote stays text."""

import csv
import tempfile
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from api.schemas.exchange.tables import TABLES, Book, Cell, Table
from domain.queries.exchange.parts import Parts
from domain.results import ExportTable

BOM: Final = b"\xef\xbb\xbf"
PIECE: Final = 64 * 1024
ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula."""
LONGEST: Final = 32_767
"""Characters in a cell of XLSX."""
WIDTHS: Final = {"key": 16, "body": 60, "answers": 60, "description": 40, "quote": 40}
WIDTH: Final = 20


def plain(cell: Cell) -> Cell:
    """A cell of CSV: text that could be taken for a formula begins with an apostrophe."""
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, str) and cell.lstrip(" ").startswith(ACTIVE):
        return f"'{cell}"
    return cell


def csv_pieces(parts: Parts, table: ExportTable, *, bom: bool) -> Iterator[bytes]:
    """One table as UTF-8, in pieces; `bom` begins it as spreadsheets want it."""
    told, text = TABLES[table], StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(told.columns)
    yield BOM if bom else b""
    for row in told.rows(Book(parts)):
        writer.writerow([plain(cell) for cell in row])
        if text.tell() >= PIECE:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


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
