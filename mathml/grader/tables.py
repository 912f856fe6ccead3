"""CSV that a spreadsheet reads as it was meant: quoted where needed, and never a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

__all__ = ["read_csv", "write_csv"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The table as text. What is no number, and would begin a formula, gets an apostrophe before it.

    Source: OWASP, "CSV injection".
    """
    out = io.StringIO()
    writer = csv.writer(out)  # by RFC 4180
    writer.writerow(headings)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, (int, float)):
        return "" if value != value else f"{value:.6g}"
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def read_csv(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Headings and rows of a file as a spreadsheet or a learning-management system writes it.

    Raises
    ------
    ValueError
        If it is no such table.
    OSError
        If it cannot be read.
    """
    try:
        reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), strict=True)
        rows = [{name: value or "" for name, value in row.items() if name is not None} for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{path} is no CSV file in UTF-8: {error}") from None
    if not reader.fieldnames:
        raise ValueError(f"{path} is empty")
    return list(reader.fieldnames), rows
