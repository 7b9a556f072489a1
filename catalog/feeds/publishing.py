"""Products of a feed and their photos -> a catalogue folder, alone or together with a catalogue that is there already."""

import threading
from datetime import datetime, timezone
from functools import partial
from itertools import count
from pathlib import Path

from catalog.build import build_records
from catalog.cache import DAY, Cache
from catalog.fetch import PHOTO_BYTES, Fetcher
from catalog.lifecycle import Visit, check_drop, renew
from catalog.memory import read_history, read_state, remember
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


def publish(rows, feed_name, out, embedder, photos, onto=None, progress=None, accept_drop=False):
    """Build a catalogue of the usable rows.

    rows: list of catalog.feeds.products.Row, all of one shop. out: folder, replaced as a whole. photos: VendorPhotos.
    onto: catalogue folder whose products stay too. Those of the same shop are renewed by the feed, as a visit of the shop would do it:
    first_seen stays, prices gain a history, what the feed lacks for the second time is gone.
    progress: function of (done, of), or None. accept_drop: publish however many products of the shop the feed lacks.
    Returns (rows built, remarks) as catalog.build.build does.
    Raises FeedError when no row is usable or no photo of theirs, PublishRefused when the shop lost too many, SourceError when nothing
    can be built; `out` is then as it was.
    """
    used = [row.product for row in rows if row.left_out is None]
    if not used:
        raise FeedError("No row of the feed can be used; the report says why. Choose other columns, or ask the vendor for a complete feed.")
    if onto and Path(onto).resolve() == Path(out).resolve():
        raise FeedError(f"{out} is the catalogue that these products are added to; it is never changed in place. Choose another --out.")
    steps, previous = _Steps(progress), list(open_source(onto)[1]) if onto else []
    state, history = (read_state(onto), read_history(onto)) if onto else ({}, [])
    visit = _visit(used, feed_name, photos, steps)
    renewal = renew(previous, state.get("misses", {}), [visit])
    reuse = Reuse(Catalogue.open(onto) if onto else None, embedder.sha256)

    def finish(folder, built):
        if not any(row["product_id"] in renewal.seen for row in built):
            reason = steps.failures[0] if steps.failures else "they do not open as photos"
            raise FeedError(f"None of the {len(used):,} photos could be used, so nothing was published. The first reason: {reason}. "
                            "Look at the addresses in the feed's column of photos: do they open in a browser?")
        if not accept_drop:
            check_drop(renewal, built, [visit])
        remember(folder, built, renewal, [visit], state, history)
        reuse.write(folder)
    steps.total = len(renewal.records)
    records = (record if record["product_id"] in renewal.seen else steps.passing(record) for record in renewal.records)
    return build_records(records, steps.total, out, embedder, feed_name, finish, progress=False, reuse=reuse)


def _visit(products, feed_name, photos, steps):
    """A feed as a visit that met all its products."""
    now = datetime.now(timezone.utc).isoformat(timespec="seconds")

    def record(product):
        front, *further = photos.of(product)
        return record_of(product | {"fetched_at": now, "source": feed_name}, Path(), feed_name) | {
            "photos": [steps.counting(front), *further], "status": "gone" if product["availability"] == "out of stock" else "active"}
    summary = {
        "shop": products[0]["shop"],
        "outcome": "complete",
        "reason": None,
        "products": len(products),
        "source": feed_name,
        "uncertain": [],
    }
    return Visit(products, Path(), summary, record)


class _Steps:
    """Tells how many products are done, from any thread, and keeps why photos failed. progress: function of (done, of), or None."""

    def __init__(self, progress):
        self._progress, self._lock, self._done = progress, threading.Lock(), count(1)
        self.total, self.failures = 0, []

    def passing(self, record):
        self._step()
        return record

    def counting(self, read):
        """The function that reads a front photo, counted when it was called."""
        def reading():
            try:
                return read()
            except PhotoError as error:
                self.failures.append(str(error).rstrip("."))
                raise
            finally:
                self._step()
        return reading

    def _step(self):
        with self._lock:
            if self._progress:
                self._progress(next(self._done), self.total)
