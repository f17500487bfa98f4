"""From the text of a CSV to rows of sound values, with every fault by its row and column."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

import msgspec

from api.middleware.advice import advise
from api.schemas.base import Body
from api.schemas.exchange.csv_imports import MOST_ROWS, CsvImport
from api.schemas.exchange.metrics import ImportDataPoint
from api.schemas.loose import fields_of
from api.schemas.maps.imports import ImportTouchpoint
from api.schemas.metrics.recordings import DimensionName, DimensionValue
from domain.errors import FieldError, Invalid
from domain.results import CsvTable

DELIMITERS = ",;\t|"
MOST_TOLD = 200
DIMENSION = "dimension."
MOST_COLUMNS, MOST_DIMENSIONS = 100, 5
LISTS = {"channels": ",", "evidence": "\n"}
OWN: Mapping[CsvTable, tuple[str, ...]] = {
    CsvTable.TOUCHPOINTS: ("stage",),
    CsvTable.DATA_POINTS: ("metric",),
}
INSIDE = ("emotions", "annotations", "responsible_department", "dimensions")
STRUCTS: Mapping[CsvTable, type[Body]] = {
    CsvTable.TOUCHPOINTS: ImportTouchpoint,
    CsvTable.DATA_POINTS: ImportDataPoint,
}


@dataclass(frozen=True, slots=True)
class Read:
    """The rows by their number, the header being row 1, and what is wrong with them."""

    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    faults: list[FieldError] = field(default_factory=list)

    def fault(self, row: int, name: str, detail: str, code: str) -> FieldError:
        """A fault of one cell, by the row and the column it has in the file."""
        column = self.columns.get(name, name)
        where = f"Row {row}, column {column}: " if column else f"Row {row}: "
        return FieldError(where + detail, code, f"#/rows/{row}/{column}".rstrip("/"))


def read_csv(body: CsvImport) -> Read:
    """The rows of a CSV, as far as they can be read."""
    text = body.csv.removeprefix("\ufeff")
    lines = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(body, text), strict=True)
    try:
        header = [name.strip() for name in next(lines, [])]
        names = _bounded(body, header)
        read = Read(columns={name: header[at] for at, name in names.items()})
        for number, line in enumerate(lines, start=2):
            if number > MOST_ROWS + 1:
                raise _refused(f"At most {MOST_ROWS} rows fit into one import: divide them.")
            if any(line):
                read.rows[number] = _row(body.table, read, number, line, names)
    except csv.Error as error:
        raise _refused(f"The text is no CSV: {error}.") from error
    return read


def _delimiter(body: CsvImport, text: str) -> str:
    first = text.partition("\n")[0]
    return body.delimiter or max(DELIMITERS, key=first.count)


def _bounded(body: CsvImport, header: list[str]) -> dict[int, str]:
    """The fields of the columns; Invalid for more of them than anybody needs."""
    if len(header) > MOST_COLUMNS:
        raise _refused(f"At most {MOST_COLUMNS} columns fit into one import.")
    return _names(body, header)


def _names(body: CsvImport, header: list[str]) -> dict[int, str]:
    """Which field stands in which column; Invalid for what there is not, or is twice."""
    known = {*fields_of(STRUCTS[body.table]), *OWN[body.table]} - set(INSIDE)
    mapping = body.mapping or {column: column for column in header}
    if missing := [column for column in body.mapping if column not in header]:
        has = _short(", ".join(header))
        raise _refused(f"There is no column {missing[0]!r}: the header has {has}.")
    names = {at: mapping[column] for at, column in enumerate(header) if column in mapping}
    for name in names.values():
        measured = body.table is CsvTable.DATA_POINTS and name.startswith(DIMENSION)
        if name not in known and not measured:
            raise _refused(f"There is no field {_short(name)!r}: use {', '.join(sorted(known))}.")
    if len(set(names.values())) < len(names):
        raise _refused("Two columns are the same field: map one of them to it.")
    _check_dimensions([one for one in names.values() if one.startswith(DIMENSION)])
    return names


def _check_dimensions(columns: list[str]) -> None:
    if len(columns) > MOST_DIMENSIONS:
        raise _refused(f"A data point has at most {MOST_DIMENSIONS} dimensions.")
    for column in columns:
        name = column.removeprefix(DIMENSION)
        try:
            msgspec.convert(name, DimensionName)
        except msgspec.ValidationError as error:
            detail = f"Dimension {name[:50]!r}: {advise(str(error), DimensionName)}"
            raise _refused(detail) from error


def _row(
    table: CsvTable, read: Read, number: int, line: list[str], names: Mapping[int, str]
) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for at, cell in enumerate(line[:MOST_COLUMNS]):
        name = names.get(at)
        if name is None or not cell.strip():
            continue
        if name in OWN[table]:
            said[name] = cell.strip()
        elif name.startswith(DIMENSION):
            said |= _converted(read, number, name, cell.strip(), DimensionValue)
        else:
            said |= _cell(table, read, number, name, cell)
    return said


def _cell(table: CsvTable, read: Read, number: int, name: str, cell: str) -> dict[str, Any]:
    kind = fields_of(STRUCTS[table])[name].type
    value: Any = cell
    if name in LISTS:
        value = [one.strip() for one in cell.split(LISTS[name]) if one.strip()]
    return _converted(read, number, name, value, kind)


def _converted(read: Read, number: int, name: str, value: Any, kind: Any) -> dict[str, Any]:
    try:
        return {name: msgspec.convert(value, kind, strict=False)}
    except msgspec.ValidationError as error:
        detail = advise(str(error).partition(" - at `")[0], kind)
        read.faults.append(read.fault(number, name, detail, "invalid"))
        return {}


def _short(text: str) -> str:
    """What a header says, so far as it helps to repeat it: it can be as long as the file."""
    return text if len(text) <= MOST_TOLD else f"{text[:MOST_TOLD]}..."


def _refused(detail: str) -> Invalid:
    fault = FieldError(detail, "invalid_csv", "#/csv")
    return Invalid(detail, code="invalid_csv", errors=[fault])


def dimensions(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The dimensions of a data point."""
    for name, value in said.items():
        if name.startswith(DIMENSION):
            yield name.removeprefix(DIMENSION), str(value)
