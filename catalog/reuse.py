"""Thumbnails, vectors and words of photos that did not change since the last build.

photos.parquet in a catalogue folder tells which thumbnail was made of which photo: source_sha256, size (of the thumbnail at most), file.
"""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet

from catalog.images import QUALITY
from fashflix.catalogue import Catalogue

PHOTOS = "photos.parquet"
COLUMNS = pa.schema([("source_sha256", pa.string()), ("size", pa.string()), ("file", pa.string())])


class Reuse:
    """What the last catalogue knows of photos. previous: Catalogue or None. model_sha256: vectors of another model are not used.

    After a build, `made` and `copied` count its vectors.
    """

    def __init__(self, previous, model_sha256):
        self._folder, self._files, self._rows, self._new = previous and previous.folder, {}, {}, {}
        self.made = self.copied = 0
        if previous is None:
            return
        self._vectors, self._seen = previous.vectors, previous.seen
        if previous.manifest["model_sha256"] == model_sha256:
            self._rows = {previous.product(row).image_files[0]: row for row in range(len(previous))}
        if (Path(previous.folder) / PHOTOS).is_file():
            table = parquet.read_table(Path(previous.folder) / PHOTOS).to_pylist()
            self._files = {(row["source_sha256"], row["size"]): row["file"] for row in table}

    def thumbnail(self, sha256, largest):
        """Bytes of the thumbnail that was made of a photo at this size, or None."""
        name = self._files.get((sha256, _size(largest)))
        path = name and Path(self._folder) / name
        return path.read_bytes() if path and path.is_file() else None

    def known(self, name):
        """The vector (512,) of a thumbnail by its name and its word probabilities (words,) or None; None for an unknown one."""
        row = self._rows.get(name)
        if row is None:
            self.made += 1
            return None
        self.copied += 1
        return self._vectors[row], None if self._seen is None else self._seen[row]

    def remember(self, sha256, largest, name):
        self._new[sha256, _size(largest)] = name

    def write(self, folder):
        """Write photos.parquet for the photos that the new catalogue still holds."""
        known = {key: name for key, name in (self._files | self._new).items() if (Path(folder) / name).is_file()}
        rows = [{"source_sha256": sha256, "size": size, "file": name} for (sha256, size), name in known.items()]
        parquet.write_table(pa.Table.from_pylist(rows, schema=COLUMNS), Path(folder) / PHOTOS, compression="zstd")


def _size(largest):
    return f"{largest[0]}x{largest[1]} q{QUALITY}"
