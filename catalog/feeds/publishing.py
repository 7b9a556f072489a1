"""Products of a feed and their photos -> a catalogue folder, alone or together with a catalogue that is there already."""

import threading
from datetime import datetime, timezone
from functools import partial
from itertools import chain, count
from pathlib import Path

from catalog.build import build_records, further_files
from catalog.cache import DAY, Cache
from catalog.fetch import PHOTO_BYTES, Fetcher
from catalog.reuse import Reuse
from catalog.sources import open_source, record_of
from catalog.variants import fetch_photo
from fashflix.catalogue import Catalogue
from fashflix.errors import FeedError, PhotoError

PHOTO_LIFETIME = 30 * DAY


class VendorPhotos:
    """Where the photos of a feed come from: the vendor's server, politely, or a folder.

    cache: folder where fetched photos lie for the next time. folder: of photo files that the feed names, or None.
    politeness: options of catalog.fetch.Fetcher.
    """

    def __init__(self, cache, folder=None, most=1, **politeness):
        self._fetcher, self._cache = Fetcher(**politeness), Cache(Path(cache), packed=False, longest=PHOTO_LIFETIME)
        self._folder, self._most = folder and Path(folder).resolve(), most

    def of(self, product):
        """Functions that return bytes, front first; none is read before its turn."""
        if self._folder and product["files"]:
            return [partial(self._read, name) for name in product["files"][:self._most]]
        urls = product["image_urls"]
        return [partial(fetch_photo, urls, self._get), *(partial(fetch_photo, [url], self._get) for url in urls[1:self._most])]

    def close(self):
        self._fetcher.close()
        self._cache.close()

    def _get(self, url):
        return self._fetcher.get(url, PHOTO_BYTES, self._cache).body

    def _read(self, name):
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder) or not path.is_file():
            raise PhotoError(f"{name!r} is not in the folder of photos")
        return path.read_bytes()


def publish(rows, feed_name, out, embedder, photos, onto=None, progress=None):
    """Build a catalogue of the usable rows.

    rows: list of catalog.feeds.products.Row. out: folder, replaced as a whole. photos: VendorPhotos.
    onto: catalogue folder whose products stay too, except those of the same shop, which these replace.
    progress: function of (done, of), or None.
    Returns (rows built, remarks) as catalog.build.build does.
    Raises FeedError when no row is usable or no photo of theirs, SourceError when nothing can be built; `out` is then as it was.
    """
    used = [row.product for row in rows if row.left_out is None]
    if not used:
        raise FeedError("No row of the feed can be used; the report says why. Choose other columns, or ask the vendor for a complete feed.")
    if onto and Path(onto).resolve() == Path(out).resolve():
        raise FeedError(f"{out} is the catalogue that these products are added to; it is never changed in place. Choose another --out.")
    shops, now = {product["shop"] for product in used}, datetime.now(timezone.utc).isoformat(timespec="seconds")
    kept = _kept(onto, shops) if onto else []
    total = len(used) + len(kept)
    tick, failures = _ticker(total, progress), []
    records = chain((_record(product, photos, feed_name, now, tick, failures) for product in used),
                    (_kept_record(record, tick) for record in kept))
    reuse = Reuse(Catalogue.open(onto), embedder.sha256) if onto else None

    def finish(folder, built):
        if not any(row["shop"] in shops for row in built):
            reason = failures[0] if failures else "they do not open as photos"
            raise FeedError(f"None of the {len(used):,} photos could be used, so nothing was published. The first reason: {reason}. "
                            "Look at the addresses in the feed's column of photos: do they open in a browser?")
        if onto:
            further_files(onto)(folder, built)
            reuse.write(folder)
    return build_records(records, total, out, embedder, feed_name, finish, progress=False, reuse=reuse)


def _kept(folder, shops):
    """Records of a catalogue, except those of some shops."""
    return [record for record in open_source(folder)[1] if record["shop"] not in shops]


def _kept_record(record, tick):
    tick()
    return record


def _record(product, photos, feed_name, now, tick, failures):
    record = record_of(product | {"fetched_at": now, "source": feed_name}, Path(), feed_name)
    front, *further = photos.of(product)

    def read_front():
        try:
            return front()
        except PhotoError as error:
            failures.append(str(error).rstrip("."))
            raise
        finally:
            tick()
    return record | {"photos": [read_front, *further], "status": "gone" if product["availability"] == "out of stock" else "active"}


def _ticker(total, progress):
    """A function to call once for each product, from any thread."""
    lock, done = threading.Lock(), count(1)

    def tick():
        with lock:
            if progress:
                progress(next(done), total)
    return tick
