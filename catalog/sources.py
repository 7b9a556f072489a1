"""What a catalogue is built from -> records: dicts with the catalogue's columns as far as they are stated, and the photos' bytes.

A record carries `photos`, a list of functions that return bytes, front first, so that no photo is read before its turn.
"""

import csv
import json
import math
import re
from datetime import datetime
from functools import partial
from pathlib import Path

import pyarrow.parquet as parquet

from catalog.records import product_id
from fashflix.catalogue import COLUMNS, MANIFEST, WORDS, Catalogue, read_manifest
from fashflix.errors import SourceError
from fashflix.vocabulary import facet_of, word_for

PHOTO_COLUMNS = ("photos", "image_files", "image")
MYNTRA_GENDER = {"Men": "men", "Women": "women", "Unisex": "unisex"}
COLUMN_NAMES = {"id": "product_id", "article_type": "category", "base_colour": "colours", "title": "name", "link": "url"}
ROWS_AT_ONCE = 256


def open_source(source, photos=None):
    """Open a source.

    source: path of a .csv file, a .parquet file with a column `image` of bytes, a .jsonl file of products as `catalog.crawl` writes it,
        or a catalogue folder.
    photos: folder the photo paths of a CSV or JSON lines file are relative to; default: the file's own.
    Returns (number of records, iterator of records). Raises SourceError when it cannot be read at all.
    """
    source = Path(source)
    if not source.exists():
        raise SourceError(f"There is nothing at {source}. Give a CSV file, a parquet file, a JSON lines file or a catalogue folder.")
    if source.is_dir():
        return _from_catalogue(source)
    if source.suffix.lower() == ".csv":
        return _from_csv(source, Path(photos or source.parent))
    if source.suffix.lower() == ".parquet":
        return _from_parquet(source)
    if source.suffix.lower() == ".jsonl":
        return _from_jsonl(source, Path(photos or source.parent))
    raise SourceError(f"{source} is neither a .csv, a .parquet, a .jsonl file nor a catalogue folder.")


def source_names(source):
    """What the manifest names as the source: a file's name; of a rebuilt catalogue, what it was first built from."""
    source = Path(source)
    return read_manifest(source).get("sources") or [source.name] if source.is_dir() else [source.name]


def _from_csv(source, photos):
    try:
        with open(source, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, restkey="surplus"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(f"{source} cannot be read as a UTF-8 CSV file: {error}.") from error
    column = next((name for name in PHOTO_COLUMNS if rows and name in rows[0]), None)
    if column is None:
        raise SourceError(f"{source} has no row, or no column {' or '.join(PHOTO_COLUMNS)} that names each product's photo files.")
    if "name" not in rows[0] and "title" not in rows[0]:
        raise SourceError(f"{source} has no column `name`.")

    def record(row):
        paths = [path.strip() for path in (row.pop(column) or "").split("|") if path.strip()]
        return row | {"source": source.name, "photos": [partial(_read_inside, photos, path) for path in paths]}

    rows.sort(key=lambda row: _number(row.get("rank")) or math.inf)      # stable: without a rank, the file's order
    return len(rows), map(record, rows)


def _read_inside(folder, path):
    """Bytes of a photo in the folder; a path that leads out of it is refused."""
    full = (folder / path).resolve()
    if not full.is_relative_to(folder.resolve()):
        raise OSError(f"{path} lies outside {folder}")
    return full.read_bytes()


def _from_jsonl(source, photos):
    """One product dict a line, as `catalog.shops.extract` gives them, with `photos`, a list of paths."""
    try:
        products = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError, RecursionError) as error:
        raise SourceError(f"{source} cannot be read as lines of JSON: {error}.") from error
    if not products or not all(isinstance(product, dict) for product in products):
        raise SourceError(f"{source} holds no product, or a line that is not a JSON object.")
    return len(products), (record_of(product, photos, source.name) for product in products)


def record_of(product, photos, source):
    """A product dict as a record. photos: folder its photo paths are relative to. source: where it comes from, when it does not say."""
    seen = _moment(product.get("fetched_at"))
    stated = {name: product.get(name) for name in COLUMNS.names if name not in ("first_seen", "last_seen", "image_files", "status")}
    paths = [path for path in product.get("photos") or [] if isinstance(path, str)]
    return stated | {
        "product_id": product.get("product_id") or product_id(product), "category": _category(product.get("category")),
        "group_id": product.get("group_id") or (f"{product.get('shop')}:{product['group_key']}" if product.get("group_key") else None),
        "source": product.get("source_url") or product.get("source") or source, "first_seen": seen, "last_seen": seen,
        "photos": [partial(_read_inside, photos, path) for path in paths]}


def _category(words):
    """The vocabulary's category in a shop's words, such as "Women > Mini Dresses", the last part first; the words when none fits."""
    for part in reversed(re.split(r"\s*(?:[>/|,»›&]|\bfor\b|\band\b)\s*", words) if isinstance(words, str) else []):
        pieces = part.split()
        for start in range(len(pieces)):
            word = word_for(" ".join(pieces[start:]))
            if word and facet_of(word) == "category":
                return word
    return words


def _moment(text):
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else None


def _from_parquet(source):
    try:
        file = parquet.ParquetFile(source)
    except Exception as error:              # pyarrow raises several unrelated types on damaged files
        raise SourceError(f"{source} cannot be read as a parquet file: {error}.") from error
    if not {"image", "name"} <= set(file.schema_arrow.names):
        raise SourceError(f"{source} needs the columns `image` (bytes) and `name`; it has {', '.join(file.schema_arrow.names)}.")

    def records():
        for batch in file.iter_batches(ROWS_AT_ONCE):
            for row in batch.to_pylist():
                image = row.pop("image")
                if "id" in row:
                    row["product_id"] = f"{source.stem}:{row.pop('id')}"
                if row.get("gender") is not None:
                    row["gender"] = MYNTRA_GENDER.get(row["gender"], row["gender"])
                yield row | {"source": source.name, "photos": [partial(bytes, image)] if image else []}
    return file.metadata.num_rows, records()


def _from_catalogue(folder):
    if not (folder / MANIFEST).exists():
        raise SourceError(f"{folder} is a folder but not a catalogue: it has no {MANIFEST}.")
    catalogue = Catalogue.open(folder)

    def records():
        for row in range(len(catalogue)):
            product = vars(catalogue.product(row))
            yield product | {"kept": True, "showcase": bool(catalogue.showcase[row]), "photos": [partial(_read_inside, folder, path) for path in product["image_files"]]}
    return len(catalogue), records()


def clean(record, today):
    """A record as a row of the catalogue, without photos.

    record: dict of strings or values. today: datetime, UTC, for a product that is seen for the first time.
    Returns (row, remarks): the row with every column; one remark for each stated value that could not be used and stays absent.
    """
    if record.get("kept"):
        return {name: record[name] for name in COLUMNS.names}, []
    record = {COLUMN_NAMES.get(name, name): value for name, value in record.items() if not _absent(value)}
    row, remarks = {}, []
    for field in COLUMNS:
        value = record.get(field.name)
        row[field.name] = cleaned = _value(field, value)
        if value is not None and cleaned in (None, []) and field.name != "image_files":
            remarks.append(f"{field.name} {str(value)[:60]!r} is not usable and stays empty")
    row["first_seen"] = row["first_seen"] or today
    row["last_seen"] = row["last_seen"] or today
    row["status"] = row["status"] or "active"
    row["is_sample"] = bool(row["is_sample"])
    row["shop"] = row["shop"] or Path(record["source"]).stem
    if row["list_price"] is not None and row["price"] is None:
        row["list_price"] = None
    return row, remarks


def _value(field, value):
    if value is None:
        return None
    facet = {"gender": "gender", "category": "category", "colours": "colour", "pattern": "pattern"}.get(field.name)
    if field.type == WORDS:
        words = [word_for(word) for word in (value if isinstance(value, (list, tuple)) else str(value).split("|"))]
        return [word for word in words if word and (facet is None or facet_of(word) == facet)]
    if facet:
        word = word_for(value)
        return word if facet_of(word or "") == facet else None
    if field.name in ("price", "list_price", "rating", "review_count"):
        number = _number(value)
        within = number is not None and 0 <= number <= (5 if field.name == "rating" else 1e9)
        return (int(number) if field.name == "review_count" else number) if within else None
    if field.name in ("url", "image_url"):
        return str(value).strip() if re.match(r"https?://[^\s]+$", str(value).strip()) else None
    if field.name == "is_sample":
        return str(value).strip().lower() in ("true", "1", "yes")
    if field.name in ("first_seen", "last_seen"):
        return value if hasattr(value, "tzinfo") else None
    if field.name == "status":
        return value if value in ("active", "gone", "blocked") else None
    return re.sub(r"\s+", " ", str(value)).strip() or None


def _number(value):
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _absent(value):
    return value is None or value == "" or value == [] or (isinstance(value, float) and math.isnan(value))
