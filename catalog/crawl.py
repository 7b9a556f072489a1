"""Visit a shop politely and write down its products.

    python -m catalog.crawl https://shop.example/ --out FOLDER                          its product list or sitemap, whichever it has
    python -m catalog.crawl "https://shop.example/women?page=1" --out FOLDER            a listing and the pages after it
    python -m catalog.crawl https://shop.example/sitemap.xml --out FOLDER --limit 200   the first 200 products of a sitemap
    python -m catalog.crawl https://shop.example/feed.xml --out FOLDER                  a product feed (Google Merchant, CSV, XLSX)

FOLDER then holds products.jsonl, photos/, log.jsonl and summary.json; `python -m catalog.build FOLDER/products.jsonl --out CATALOGUE` makes
a catalogue of it. A crawl that was stopped, even by kill -9, goes on where it was with the same command; a crawl that had ended begins anew
and asks only for what changed.
"""

import argparse
import json
import os
import sqlite3
import sys
import threading
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from datetime import datetime, timezone
from pathlib import Path

from tqdm import tqdm

from catalog import shops
from catalog.cache import DAY, Cache
from catalog.fetch import PAGE_BYTES, PHOTO_BYTES, Fetcher
from catalog.frontier import shop_name
from catalog.ledger import Ledger
from catalog.outcome import say, summarise
from catalog.records import merged, photo_urls
from catalog.tasks import FRONTIERS, KINDS, LIMITS, first_tasks, look_for_sitemaps
from catalog.variants import variants
from fashflix.errors import (AddressRefused, FashFlixError, FetchError, PageMissing, RobotsDisallowed, ShopBlocked, ShopUnavailable)

HOSTS_AT_ONCE = 6
PRODUCTS, LOG, SUMMARY, STATE = "products.jsonl", "log.jsonl", "summary.json", "state.sqlite"
LEAST_DELAY = 0.2                   # seconds; less is for shops of your own
PHOTO_LIFETIME = 30 * DAY


class Crawl:
    """One crawl of one shop into one folder. Close it, or use it in `with`.

    start: url. folder: made when missing. shop: its name in product ids; default, its host. frontier: one of catalog.tasks.FRONTIERS.
    limit: at most so many products. photos: so many of each product. details: visit the page of each product of a listing.
    extract: as catalog.shops.extract. progress: None shows a bar on a terminal only. politeness: options of catalog.fetch.Fetcher.
    """

    def __init__(self, start, folder, shop=None, frontier="auto", limit=None, photos=1, details=True, fresh=False, extract=shops.extract,
                 progress=None, **politeness):
        self.start, self.folder, self.frontier = start, Path(folder), frontier
        self.limit, self.photos, self.details = limit, photos, details
        self.shop, self.extract, self._fresh, self._progress = shop or shop_name(start), extract, fresh, progress
        (self.folder / "photos").mkdir(parents=True, exist_ok=True)
        self.ledger = Ledger(self.folder / STATE)
        self.fetcher = Fetcher(cache=Cache(self.folder / "cache"), **politeness)
        self._photo_cache = Cache(self.folder / "photos", packed=False, longest=PHOTO_LIFETIME)
        self._log, self._log_lock, self._stop = open(self.folder / LOG, "a", encoding="utf-8"), threading.Lock(), threading.Event()
        self.counts = {"network": 0, "unchanged": 0, "cache": 0}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._log.close()
        self.fetcher.close()
        self._photo_cache.close()
        self.ledger.close()

    def room(self):
        """How many products may still come."""
        return max(0, self.limit - self.ledger.product_count()) if self.limit else None

    def run(self):
        """Carry out all tasks, those of an earlier crawl that was stopped first. Returns the summary, as summary.json holds it."""
        self._begin()
        began = time.monotonic()
        with tqdm(unit=" pages", disable=None if self._progress is None else not self._progress) as bar:
            self._carry_out_all(bar)
            if not self.ledger.product_count() and not self._stop.is_set():
                self.ledger.wake("spare", "page")
                if self.frontier == "auto":
                    self.ledger.add([(self.start, "listing")])
                self._carry_out_all(bar)
            records = merged(self.ledger.products())
            self.ledger.add((url, "photo") for record in records for url in photo_urls(record, self.photos))
            self._carry_out_all(bar)
        return self._finish(records, time.monotonic() - began)

    def _begin(self):
        """A new crawl, or the rest of one that was stopped."""
        asked = {"start": self.start, "frontier": self.frontier, "limit": self.limit, "shop": self.shop}
        going = self.ledger.fact("asked")
        if going and not self.ledger.fact("finished") and not self._fresh:
            if going != asked:
                raise FetchError(f"{self.folder} holds a crawl of {going['start']} that has not ended. End it with its own command, add "
                                 "--fresh to drop it, or choose another folder.")
            return
        self.ledger.forget()
        self.ledger.state("asked", asked)
        tasks = first_tasks(self.start, self.frontier)
        self.ledger.add(tasks or look_for_sitemaps(self))

    def _carry_out_all(self, bar):
        """One thread per host, until no host has open tasks."""
        with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
            running = {}
            try:
                while True:
                    for host in self.ledger.hosts():
                        if host not in running and not self._stop.is_set():
                            running[host] = pool.submit(self._visit, host)
                    if not running:
                        return
                    wait(running.values(), timeout=0.2, return_when=FIRST_COMPLETED)
                    for host in [host for host, work in running.items() if work.done()]:
                        running.pop(host).result()
                    self._show(bar)
            except BaseException:
                self._stop.set()            # the threads end after the page they are at
                raise

    def _show(self, bar):
        counts = self.ledger.counts()
        bar.total = sum(count for (kind, _), count in counts.items() if kind != "spare")
        bar.n = bar.total - sum(count for (kind, state), count in counts.items() if state == "open" and kind != "spare")
        bar.set_postfix_str(f"{self.ledger.product_count():,} products", refresh=False)
        bar.refresh()

    def _visit(self, host):
        while not self._stop.is_set() and (task := self.ledger.next(host)):
            if self.room() == 0:
                self.ledger.drop_open("the limit of products was reached")
                task = self.ledger.next(host)
                if not task:
                    return
            self._carry_out(host, *task)

    def _carry_out(self, host, number, url, kind):
        """Fetch one page and do what its kind says. Nothing that a page holds can end the crawl."""
        began, origin, size, brought = time.monotonic(), None, 0, 0
        try:
            page = self._fetch_photo(url) if kind == "photo" else self.fetcher.get(url, LIMITS.get(kind, PAGE_BYTES))
            origin, size = page.origin, len(page.body)
            found = self._understand(kind, page)
            self.ledger.done(number, found)
            state, note, brought = "done", None, len(found.products)
        except FetchError as error:
            state, note = _state(error), str(error)
            self.ledger.ended(number, state, note, self._instead(kind))
            if isinstance(error, (ShopBlocked, ShopUnavailable)) and self.fetcher.host(url).stopped:
                self.ledger.close_host(host, state, note)
        self._write_log(url=url, kind=kind, state=state, origin=origin, bytes=size, seconds=round(time.monotonic() - began, 3),
                        products=brought, note=note)

    def _understand(self, kind, page):
        try:
            return KINDS[kind](self, page)
        except (FetchError, OSError, sqlite3.Error):
            raise
        except Exception as error:          # one page that the extractor cannot stand must not end a crawl of thousands
            raise FetchError(f"{page.url} could not be understood: {type(error).__name__}: {error}.") from error

    def _fetch_photo(self, url):
        """The photo in a size near what a catalogue needs, where its address tells how to ask for one; else as the page named it."""
        *sized, stated = variants(url)
        for one in sized:
            try:
                return self.fetcher.get(one, PHOTO_BYTES, self._photo_cache)
            except (ShopBlocked, ShopUnavailable):
                raise
            except FetchError:
                continue
        return self.fetcher.get(stated, PHOTO_BYTES, self._photo_cache)

    def _instead(self, kind):
        """What to try when a shop turned out not to be a Shopify shop."""
        try:
            return look_for_sitemaps(self) if kind == "probe" else []
        except FetchError:
            return []

    def _write_log(self, **event):
        with self._log_lock:
            if event["origin"]:
                self.counts[event["origin"]] += 1
            self._log.write(json.dumps({"at": datetime.now(timezone.utc).isoformat(timespec="milliseconds")} | event) + "\n")
            self._log.flush()

    def _finish(self, records, seconds):
        photos, currency = self.ledger.ends("photo"), self.ledger.fact("currency")
        for record in records:
            record["photos"] = [photos[url][2] for url in photo_urls(record, self.photos) if photos.get(url, (None,) * 3)[2]]
            if record.get("currency") is None and record.get("price") is not None:
                record["currency"] = currency
        _write_whole(self.folder / PRODUCTS, "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))
        summary = summarise(self, records, seconds)
        _write_whole(self.folder / SUMMARY, json.dumps(summary, indent=1, ensure_ascii=False) + "\n")
        self.ledger.state("finished", True)
        return summary



def _state(error):
    """How a task ends that raised."""
    ends = {PageMissing: "missing", RobotsDisallowed: "skipped", AddressRefused: "skipped", ShopBlocked: "blocked"}
    return ends.get(type(error), "failed")


def _write_whole(path, text):
    """Whole or not at all."""
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)


def add_options(parser):
    """The options that `catalog.refresh` shares."""
    parser.add_argument("--shop", help="the shop's name, the first part of product ids; default: its host name")
    parser.add_argument("--frontier", choices=FRONTIERS, default="auto", help="where products are looked for; default: what the shop has")
    parser.add_argument("--limit", type=int, help="at most so many products")
    parser.add_argument("--photos", type=int, default=1, help="photos of each product; default 1")
    parser.add_argument("--delay", type=float, default=1.0, help="least seconds between two requests to a host; default 1")
    parser.add_argument("--contact", help="an address where the shop can reach you, sent with every request")
    parser.add_argument("--allow-private", action="store_true", help="also visit addresses that are not public: a shop of your own")
    parser.add_argument("--no-details", dest="details", action="store_false", help="do not visit the page of each product of a listing")


def check_delay(delay, allow_private):
    """Raises FetchError for a delay that no shop should meet unasked."""
    if delay < (0 if allow_private else LEAST_DELAY):
        raise FetchError(f"A delay of {delay} seconds is less than {LEAST_DELAY}, too fast for a shop that is not yours. "
                         "For a shop of your own add --allow-private.")


def main():
    parser = argparse.ArgumentParser(prog="python -m catalog.crawl", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("start", metavar="START_URL")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fresh", action="store_true", help="drop a crawl that was stopped, and begin anew")
    add_options(parser)
    given = vars(parser.parse_args())
    try:
        check_delay(given["delay"], given["allow_private"])
        with Crawl(given.pop("start"), given.pop("out"), **given) as crawl:
            summary = crawl.run()
    except FashFlixError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped. The same command goes on where this one was.")
    print(say(summary, crawl.folder))
    sys.exit(0 if summary["products"] else 1)


if __name__ == "__main__":
    main()
