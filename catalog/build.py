"""Build a catalogue folder from any source.

    python -m catalog.build products.csv --out FOLDER           a CSV file and the photos it names
    python -m catalog.build photos.parquet --out FOLDER         a parquet file with photos inside (column `image`)
    python -m catalog.build FOLDER --out FOLDER                 an existing catalogue: new vectors, after a change of model

Rows without a name or a readable photo are left out and reported in FOLDER/rejected.jsonl, one line each. The old folder stays until
the new one is complete and verified.
"""

import argparse
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
from tqdm import tqdm

from catalog.images import FRONT, FURTHER, keep, thumbnail
from catalog.publish import building, write_manifest
from catalog.sources import clean, open_source, source_names
from fashflix.catalogue import COLUMNS, DIMENSION, SEEN, TABLE, VECTORS
from fashflix.embedder import Embedder
from fashflix.errors import FashFlixError, PhotoError, SourceError
from fashflix.photo import open_photo

BATCH = 32
REPORT = "rejected.jsonl"


def build(source, out, embedder, photos=None, limit=None, progress=True):
    """Build a catalogue.

    source, photos: as in catalog.sources.open_source. out: folder, replaced as a whole.
    embedder: with embed(images) -> (n, 512), sha256 and attributes; where it names some, look(images) gives
        their probabilities as well. limit: at most so many rows.
    Returns (rows built, remarks): remarks is what rejected.jsonl holds, dicts with row, product_id and reason.
    Raises SourceError when nothing can be built; `out` is then as it was.
    """
    total, records = open_source(source, photos)
    total = min(total, limit or total)
    now = datetime.now(timezone.utc).replace(microsecond=0)
    work = _Work(embedder, now)
    sources = source_names(source)
    with building(out) as folder:
        (folder / "photos").mkdir()
        numbered = enumerate(work.noting(islice(records, total)), start=1)
        with tqdm(total=total, unit=" products", disable=not progress) as bar, ThreadPoolExecutor(2) as pool:
            ahead = None
            while some := list(islice(numbered, BATCH)):
                prepared = list(pool.map(lambda one: _prepare(*one, now), some))
                if ahead:
                    ahead.result()
                ahead = pool.submit(work.take, prepared, folder)
                bar.update(len(some))
            if ahead:
                ahead.result()
        if not work.rows:
            reason = f" The first reason: {work.remarks[0]['reason']}." if work.remarks else ""
            raise SourceError(f"No product of {source} could be used.{reason}")
        parquet.write_table(pa.Table.from_pylist(work.rows, schema=COLUMNS), folder / TABLE, compression="zstd")
        np.save(folder / VECTORS, np.concatenate(work.vectors).astype(np.float16))
        if embedder.attributes:
            np.save(folder / SEEN, np.concatenate(work.seen).astype(np.float16))
        (folder / REPORT).write_text("".join(json.dumps(remark) + "\n" for remark in work.remarks), encoding="utf-8")
        write_manifest(folder, len(work.rows), embedder.sha256, now.isoformat(), sources, work.showcase, embedder.attributes)
    return len(work.rows), work.remarks


def _prepare(number, record, now):
    """Everything about one record that needs no model. Returns (number, row, remarks, thumbnails, reason to reject or None)."""
    row, remarks = clean(record, now)
    row["product_id"] = row["product_id"] or f"{row['shop']}:{number}"
    if not row["name"]:
        return number, row, remarks, [], "it has no name"
    if not record["photos"]:
        return number, row, remarks, [], "it has no photo"
    thumbnails = []
    for place, read in enumerate(record["photos"]):
        try:
            data = read()
            thumbnails.append(data if record.get("kept") else thumbnail(data, FURTHER if place else FRONT))
        except (PhotoError, OSError) as error:
            if not thumbnails:
                return number, row, remarks, [], f"its photo cannot be used: {error}"
            remarks.append(f"photo {place + 1} cannot be used: {error}")
    return number, row, remarks, thumbnails, None


class _Work:
    """Rows, vectors and remarks as they come, in order."""

    def __init__(self, embedder, now):
        self.embedder, self.now, self.rows, self.vectors, self.remarks, self._ids = embedder, now, [], [], [], set()
        self.seen = []
        self._shown_first = set()

    @property
    def showcase(self):
        """Ids of the built products that a newcomer is to see first, in order."""
        return [row["product_id"] for row in self.rows if row["product_id"] in self._shown_first]

    def noting(self, records):
        """The records, as they pass; those that say `showcase` are remembered."""
        for record in records:
            if str(record.get("showcase")).lower() in ("true", "1", "yes"):
                self._shown_first.add(record.get("product_id"))
            yield record

    def take(self, prepared, folder):
        """Write the thumbnails of one batch and embed its front photos, as they will be shown."""
        fronts = []
        for number, row, remarks, thumbnails, reason in prepared:
            if reason is None and row["product_id"] in self._ids:
                reason = "its product_id appears twice; the first one was kept"
            if reason is None:
                try:
                    fronts.append(open_photo(thumbnails[0]))
                except PhotoError as error:
                    reason = f"its photo cannot be used: {error}"
            if reason is not None:
                remarks = [*remarks, f"left out: {reason}"]
            else:
                self._ids.add(row["product_id"])
                self.rows.append(row | {"image_files": [keep(data, folder) for data in thumbnails]})
            self.remarks += [{"row": number, "product_id": row["product_id"], "reason": remark} for remark in remarks]
        if fronts:
            vectors, seen = self.embedder.look(fronts) if self.embedder.attributes else (self.embedder.embed(fronts), None)
            self.vectors.append(np.asarray(vectors).reshape(len(fronts), DIMENSION))
            self.seen.append(seen)


def main():
    parser = argparse.ArgumentParser(prog="python -m catalog.build", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--photos", type=Path, help="folder the CSV's photo paths are relative to; default: the CSV's own")
    parser.add_argument("--limit", type=int, help="build the first so many rows only")
    given = parser.parse_args()
    try:
        count, remarks = build(given.source, given.out, Embedder.load(), given.photos, given.limit)
    except FashFlixError as error:
        sys.exit(str(error))
    left_out = sum(remark["reason"].startswith("left out") for remark in remarks)
    print(f"{given.out}: {count:,} products, {left_out:,} left out, {len(remarks) - left_out:,} values not used"
          + (f"; see {given.out / REPORT}" if remarks else ""))


if __name__ == "__main__":
    main()
