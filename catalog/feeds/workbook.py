"""XLSX -> a grid of cells, bounded: a workbook is a ZIP file of XML, and a small one may unpack to gigabytes."""

import datetime
import io
import re
import zipfile
import zlib

import openpyxl
from openpyxl.xml import DEFUSEDXML

from catalog.feeds.fields import known_columns
from catalog.feeds.tables import HEADER_WITHIN, MOST_COLUMNS, MOST_ROWS
from catalog.shops.numbers import CODES, SYMBOLS
from fashflix.errors import FeedError

UNPACKED, FILES = 100_000_000, 2_000        # bytes and files that a workbook may unpack to
EMPTY_RUN = 1_000                           # empty rows after which a sheet counts as ended


def read_workbook(data):
    """Rows of the sheet that looks most like a product list.

    data: bytes of an XLSX file. Returns (list of (row number, list of str or None), notes). Raises FeedError.
    """
    _check(data)
    if not DEFUSEDXML:
        raise FeedError("Workbooks are read only where defusedxml is installed: pip install -r requirements.txt")
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = {sheet.title: _rows(sheet) for sheet in book.worksheets[:20]}
    except FeedError:
        raise
    except Exception as error:              # openpyxl raises a dozen types on damaged workbooks
        raise FeedError(f"The workbook cannot be read ({type(error).__name__}: {str(error)[:120]}). "
                        "Open it, save it again as .xlsx or as CSV, and send that.") from error
    if not sheets:
        raise FeedError("The workbook has no sheet with cells. Send one with a header row and a row for each product.")
    title = max(sheets, key=lambda name: _likeness(sheets[name]))
    others = [name for name, rows in sheets.items() if name != title and rows]
    notes = [f"The sheet {title!r} is read, but not {', '.join(map(repr, others))[:200]}."] if others else []
    return sheets[title], notes


def _check(data):
    """Refuse what unpacks to too much, before anything is unpacked. The sizes in the directory bind: zipfile never reads beyond them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError) as error:
        raise FeedError(f"The file is a damaged ZIP file or workbook: {error}. Save it again as .xlsx or as CSV.") from error
    size = sum(entry.file_size for entry in entries)
    if size > UNPACKED or len(entries) > FILES:
        raise FeedError(f"The workbook would unpack to {size / 1e6:,.0f} MB in {len(entries):,} files; the limits are "
                        f"{UNPACKED / 1e6:.0f} MB and {FILES:,}. It was not opened. Send the product list alone, as CSV.")
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise FeedError("The file is a ZIP file but not a workbook. Unpack it and send the product list itself.")


def _rows(sheet):
    """Cells of a sheet as text. A sheet may claim any size, so its own word for it is not believed."""
    sheet.reset_dimensions()
    rows, empty = [], 0
    for number, cells in enumerate(sheet.iter_rows(max_row=2 * MOST_ROWS, max_col=MOST_COLUMNS), start=1):
        values = [_text(cell) for cell in cells]
        if any(values):
            rows.append((number, values))
        empty = 0 if any(values) else empty + 1
        if empty > EMPTY_RUN or len(rows) > MOST_ROWS + HEADER_WITHIN:
            break
    return rows


def _text(cell):
    value = cell.value
    if value is None or isinstance(value, bool):
        return None if value is None else str(value).lower()
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, (int, float)):
        plain = f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        return f"{plain} {currency}" if (currency := _currency(getattr(cell, "number_format", None))) else plain
    return None if str(value).startswith("#") and str(value).rstrip("!?/0").isupper() and cell.data_type == "e" else str(value)


def _currency(number_format):
    """The currency that a cell's format shows beside its number, such as [$€-407], "EUR" or [$USD]; None when it shows none."""
    shown = re.findall(r"\[\$([^\-\]]+)[^\]]*\]|\"([^\"]+)\"|([€£¥₹])", str(number_format or ""))
    for text in ("".join(parts).strip() for parts in shown):
        if text in CODES or text in SYMBOLS:
            return text
    return None


def _likeness(rows):
    return max((len(known_columns([cell or "" for cell in cells])) for _, cells in rows[:HEADER_WITHIN]), default=0), len(rows)
