"""What a catalogue remembers beside its products: the history of prices, and how often each product was missed."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet

from catalog.lifecycle import HISTORY, lengthen

HISTORY_FILE, STATE_FILE = "history.parquet", "refresh.json"


def read_state(folder):
    """{"misses": {product_id: times}, "shops": {shop: how its last visit ended}} of a catalogue folder; {} when it remembers nothing."""
    try:
        return json.loads((Path(folder) / STATE_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def read_history(folder):
    """Lines of the price history of a catalogue folder, oldest first: list of dicts with catalog.lifecycle.HISTORY's columns."""
    path = Path(folder) / HISTORY_FILE
    return parquet.read_table(path).to_pylist() if path.is_file() else []


def remember(folder, rows, renewal, visits, state, history):
    """Write both into a folder that is being built. rows: its products. state, history: as read from the last catalogue."""
    lines = lengthen(history, rows, renewal.seen)
    parquet.write_table(pa.Table.from_pylist(lines, schema=HISTORY), Path(folder) / HISTORY_FILE, compression="zstd")
    told = {visit.shop: {name: value for name, value in visit.summary.items() if name != "uncertain"} for visit in visits}
    state_now = {"misses": renewal.misses, "shops": state.get("shops", {}) | told}
    (Path(folder) / STATE_FILE).write_text(json.dumps(state_now, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
