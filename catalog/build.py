"""Build a catalogue folder from any source.

    python -m catalog.build products.csv --out FOLDER           a CSV file and the photos it names
    python -m catalog.build photos.parquet --out FOLDER         a parquet file with photos inside (column `image`)
    python -m catalog.build crawl/products.jsonl --out FOLDER   what `python -m catalog.crawl` brought
    python -m catalog.build FOLDER --out FOLDER                 an existing catalogue: new vectors, after a change of model

Rows without a name or a readable photo are left out and reported in FOLDER/rejected.jsonl, one line each. The old folder stays until
the new one is complete and verified.
"""

import argparse
import hashlib
import json
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
from tqdm import tqdm

from catalog.duplicates import share_groups
from catalog.images import FRONT, FURTHER, keep, name_of, thumbnail
from catalog.publish import building, write_manifest
from catalog.sources import clean, open_source, source_names
from fashflix.catalogue import COLUMNS, DIMENSION, SEEN, TABLE, VECTORS
from fashflix.embedder import Embedder
from fashflix.errors import FashFlixError, PhotoError, SourceError
from fashflix.photo import open_photo

BATCH = 32
REPORT = "rejected.jsonl"
FURTHER_FILES = ("history.parquet", "refresh.json", "photos.parquet")      # see catalog.refresh


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
    return build_records(islice(records, total), total, out, embedder, Path(source).name, further_files(source), progress,
                         sources=source_names(source))


def build_records(records, total, out, embedder, source, finish=None, progress=True, reuse=None, sources=None):
    """Build a catalogue of records, as `build` does.

    records: iterable of `total` records as catalog.sources makes them; `old_photos` are used when none of `photos` can be.
    source: name for messages and, unless `sources` lists others, for the manifest.
    finish: function of (folder, rows), called before publishing: it may add files, and what it raises keeps `out` as it was.
    reuse: catalog.reuse.Reuse, where vectors and thumbnails of unchanged photos come from; default, nowhere.
    """
    now = datetime.now(timezone.utc).replace(microsecond=0)
    work = _Work(embedder, reuse)
    with building(out) as folder:
        (folder / "photos").mkdir()
        numbered = enumerate(work.noting(records), start=1)
        with tqdm(total=total, unit=" products", disable=None if progress is None else not progress) as bar, ThreadPoolExecutor(2) as pool:
            ahead = None
            while some := list(islice(numbered, BATCH)):
                prepared = list(pool.map(lambda one: _prepare(*one, now, reuse), some))
                if ahead:
                    ahead.result()
                ahead = pool.submit(work.take, prepared, folder)
                bar.update(len(some))
            if ahead:
                ahead.result()
        if not work.rows:
            reason = f" The first reason: {work.remarks[0]['reason']}." if work.remarks else ""
            raise SourceError(f"No product of {source} could be used.{reason}")
        vectors = np.concatenate(work.vectors)
        share_groups(work.rows, vectors, folder)
        parquet.write_table(pa.Table.from_pylist(work.rows, schema=COLUMNS), folder / TABLE, compression="zstd")
        np.save(folder / VECTORS, vectors.astype(np.float16))
        if embedder.attributes:
            np.save(folder / SEEN, np.concatenate(work.seen).astype(np.float16))
        (folder / REPORT).write_text("".join(json.dumps(remark) + "\n" for remark in work.remarks), encoding="utf-8")
        if finish:
            finish(folder, work.rows)
        write_manifest(folder, len(work.rows), embedder.sha256, now.isoformat(), sources or [source], work.showcase, embedder.attributes)
    return len(work.rows), work.remarks


def further_files(source):
    """Carries what a catalogue holds beside its products (price history, misses) into one that is built from it."""
    def carry(folder, rows):
        for name in FURTHER_FILES:
            if (Path(source) / name).is_file():
                shutil.copyfile(Path(source) / name, folder / name)
    return carry


def _prepare(number, record, now, reuse=None):
    """Everything about one record that needs no model. Returns (number, row, remarks, thumbnails, reason to reject or None).

    thumbnails: (bytes, sha256 of the photo they were made of or None) pairs.
    """
    row, remarks = clean(record, now)
    row["product_id"] = row["product_id"] or f"{row['shop']}:{number}"
    if not row["name"]:
        return number, row, remarks, [], "it has no name"
    thumbnails, problems = _thumbnails(record, reuse)
    if not thumbnails and record.get("old_photos"):
        problems.append("the photo of its last visit is kept")
        thumbnails = [(read(), None) for read in record["old_photos"]]
    if not thumbnails:
        return number, row, remarks, [], problems[0]
    return number, row, remarks + problems, thumbnails, None


def _thumbnails(record, reuse):
    """The thumbnails of a record's photos that can be used, and a sentence about each that cannot."""
    thumbnails, problems = [], [] if record["photos"] else ["it has no photo"]
    for place, read in enumerate(record["photos"]):
        try:
            data = read()
            thumbnails.append((data, None) if record.get("kept") else _small(data, FURTHER if thumbnails else FRONT, reuse))
        except (PhotoError, OSError) as error:
            problems.append(f"photo {place + 1} cannot be used: {error}" if place else f"its photo cannot be used: {error}")
    return thumbnails, problems


def _small(data, largest, reuse):
    if reuse is None:
        return thumbnail(data, largest), None
    sha256 = hashlib.sha256(data).hexdigest()
    return reuse.thumbnail(sha256, largest) or thumbnail(data, largest), (sha256, largest)


class _Work:
    """Rows, vectors and remarks as they come, in order."""

    def __init__(self, embedder, reuse=None):
        self.embedder, self.reuse, self.rows, self.vectors, self.remarks, self._ids = embedder, reuse, [], [], [], set()
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
                    fronts.append(self._front(thumbnails[0][0]))
                except PhotoError as error:
                    reason = f"its photo cannot be used: {error}"
            if reason is not None:
                remarks = [*remarks, f"left out: {reason}"]
            else:
                self._ids.add(row["product_id"])
                self.rows.append(row | {"image_files": [self._keep(*one, folder) for one in thumbnails]})
            self.remarks += [{"row": number, "product_id": row["product_id"], "reason": remark} for remark in remarks]
        if fronts:
            vectors, seen = self._look(fronts)
            self.vectors.append(vectors)
            self.seen.append(seen)

    def _front(self, data):
        """What is known of a thumbnail, (vector (512,), seen (words,)), or the thumbnail as an image. Raises PhotoError."""
        known = self.reuse.known(name_of(data)) if self.reuse else None
        unusable = known is None or (known[1] is None and self.embedder.attributes)
        return open_photo(data) if unusable else known

    def _keep(self, data, origin, folder):
        name = keep(data, folder)
        if self.reuse and origin:
            self.reuse.remember(*origin, name)
        return name

    def _look(self, fronts):
        """Vectors (n, 512) and word probabilities (n, words) of images; those that are known already stay as they are."""
        vectors = np.zeros((len(fronts), DIMENSION), np.float32)
        seen = np.zeros((len(fronts), len(self.embedder.attributes)), np.float32)
        new = [place for place, front in enumerate(fronts) if not isinstance(front, tuple)]
        if new and self.embedder.attributes:
            vectors[new], seen[new] = self.embedder.look([fronts[place] for place in new])
        elif new:
            vectors[new] = self.embedder.embed([fronts[place] for place in new])
        for place, front in enumerate(fronts):
            if isinstance(front, tuple):
                vectors[place] = front[0]
                seen[place] = front[1] if self.embedder.attributes else 0
        return vectors, seen


def main():
    parser = argparse.ArgumentParser(prog="python -m catalog.build", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--photos", type=Path, help="folder the photo paths are relative to; default: the source's own")
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
