"""Separated text (CSV, TSV, semicolons, bars) and any grid of cells -> header and rows."""

import csv
import io
from collections import Counter
from itertools import islice

from catalog.feeds.fields import known_columns
from fashflix.errors import FeedError

SEPARATORS = ("\t", ",", ";", "|")
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 100_000, 200, 20_000
HEADER_WITHIN = 30              # rows in which the header is looked for
TALLEST_CELL = 200              # lines in one cell: more means that a quotation mark was never closed


def read_separated(text):
    """Rows of separated text. Returns (list of (line number, list of cells), name of the separator, notes)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    first = list(islice((line for line in text.split("\n") if line.strip()), HEADER_WITHIN))
    separator = max(SEPARATORS, key=lambda one: _fit(first, one))
    notes = []
    try:
        rows = list(_rows(text, separator, csv.QUOTE_MINIMAL))
        broken = any(cell.count("\n") > TALLEST_CELL for _, cells in rows for cell in cells)
    except csv.Error:
        broken = True
    if broken:
        rows = list(_rows(text, separator, csv.QUOTE_NONE))
        notes.append("A quotation mark is never closed, so quotation marks were read as plain characters.")
    return rows, {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}[separator], notes


def _rows(text, separator, quoting):
    csv.field_size_limit(max(LONGEST_CELL * 10, csv.field_size_limit()))
    reader, line = csv.reader(io.StringIO(text), delimiter=separator, quoting=quoting), 1
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1


def _fit(lines, separator):
    """How well a separator explains some lines: known column names first, then how many lines are cut into equally many cells."""
    widths = Counter(len(line.split(separator)) for line in lines)
    widths.pop(1, None)
    known = max((len(known_columns([cell.strip('" ') for cell in line.split(separator)])) for line in lines), default=0)
    return known, max(widths.values(), default=0), max(widths, default=0)


def as_table(rows):
    """Find the header of a grid.

    rows: list of (number in the file, list of cells), cells str or None. Rows above the header (titles, notes) are dropped.
    Returns (columns, list of (number, {column: text}), notes). Raises FeedError when no row can be a header.
    """
    rows = [(number, [_text(cell) for cell in cells[:MOST_COLUMNS]]) for number, cells in rows if any(_text(cell) for cell in cells)]
    if not rows:
        raise FeedError("The file holds no rows. Send one with a header row and a row for each product.")
    place = _header(rows)
    columns = _unique(rows[place][1])
    if len([name for name in columns if name]) < 2:
        raise FeedError(f"No header row was found; the first row reads {' '.join(rows[0][1])[:80]!r}. "
                        "Send a table whose first row names its columns, such as id, title, link, image_link and price.")
    above = f"{place} rows above the header (row {rows[place][0]}) were skipped." if place > 1 else "One row above the header was skipped."
    notes = [above] if place else []
    body = rows[place + 1:]
    if len(body) > MOST_ROWS:
        notes.append(f"The file has {len(body):,} rows; only the first {MOST_ROWS:,} are read.")
    wider = sum(any(cells[len(columns):]) for _, cells in body)
    if wider:
        notes.append(f"{wider:,} rows have more cells than the header has columns; the surplus is not read.")
    table = [(number, {name: cell for name, cell in zip(columns, cells) if name and cell}) for number, cells in body[:MOST_ROWS]]
    return [name for name in columns if name], [(number, row) for number, row in table if row and set(row.values()) != set(row)], notes


def _header(rows):
    """Place of the header: the row that names most fields; otherwise the first row that is as wide as most rows are."""
    first = rows[:HEADER_WITHIN]
    known = [len(known_columns(cells)) for _, cells in first]
    if max(known) >= 2:
        return known.index(max(known))
    widths = [sum(bool(cell) for cell in cells) for _, cells in first]
    usual = Counter(widths).most_common(1)[0][0]
    return next((place for place, width in enumerate(widths) if width >= usual), 0)


def _unique(names):
    """Column names made different from each other: "image", "image (2)"."""
    seen, unique = Counter(), []
    for name in names:
        name = " ".join(name.split())[:100]
        seen[name] += 1
        unique.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return unique


def _text(cell):
    return "" if cell is None else str(cell).strip()[:LONGEST_CELL]
