"""Visit shops again and bring a catalogue up to date, in one command that is fit for cron.

    python -m catalog.refresh https://shop.example/ --out CATALOGUE
    python -m catalog.refresh shops.toml --out CATALOGUE

shops.toml names one shop a table, with the options of `python -m catalog.crawl`:

    contact = "you@example.org"             # for all shops, as any option
    [[shop]]
    url = "https://shop.example/"
    limit = 2000
    [[shop]]
    url = "https://other.example/sitemap.xml"
    name = "other"

The first run makes the catalogue. Later runs ask only for what changed, keep the vectors of photos that did not, and write beside the
products history.parquet (prices), refresh.json (misses, how each visit ended) and photos.parquet. CATALOGUE.crawl keeps the crawls between
runs. Ends with 0 when all shops were read, 3 when one refused or was read in part (the catalogue is published all the same), 1 when
nothing was published: the old catalogue then stays.
"""

import argparse
import json
import sys
import tomllib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet

from catalog.build import build_records
from catalog.crawl import PRODUCTS, Crawl, add_options, check_delay
from catalog.lifecycle import HISTORY, Visit, check_drop, lengthen, renew
from catalog.outcome import say
from catalog.reuse import Reuse
from catalog.sources import open_source
from fashflix.catalogue import MANIFEST, Catalogue
from fashflix.embedder import Embedder
from fashflix.errors import FashFlixError, FetchError, SourceError

OPTIONS = ("shop", "frontier", "limit", "photos", "delay", "contact", "allow_private", "details")
HISTORY_FILE, STATE_FILE = "history.parquet", "refresh.json"


def refresh(shops, out, embedder, work=None, accept_drop=False, progress=None):
    """Crawl shops and publish the renewed catalogue.

    shops: list of dicts with `url` and options of catalog.crawl.Crawl. out: catalogue folder.
    work: folder for the crawls; default, beside out. accept_drop: publish whatever was lost.
    Returns (products published, vectors made, the shops' summaries). Raises FetchError when no product is known at all, PublishRefused when
    a shop lost too many; `out` is then as it was.
    """
    out = Path(out)
    visits = [_visit(shop, Path(work or f"{out}.crawl"), progress) for shop in shops]
    previous = Catalogue.open(out) if (out / MANIFEST).exists() else None
    records = list(open_source(out)[1]) if previous else []
    if not records and not any(visit.products for visit in visits):
        raise FetchError(visits[0].summary["reason"])
    state, history = _state(out), _history(out)
    renewal = renew(records, state.get("misses", {}), visits)
    reuse = Reuse(previous, embedder.sha256)

    def finish(folder, rows):
        if not accept_drop:
            check_drop(renewal, rows, visits)
        lines = lengthen(history, rows, renewal.seen)
        parquet.write_table(pa.Table.from_pylist(lines, schema=HISTORY), folder / HISTORY_FILE, compression="zstd")
        told = {visit.shop: {name: value for name, value in visit.summary.items() if name != "uncertain"} for visit in visits}
        state_now = {"misses": renewal.misses, "shops": state.get("shops", {}) | told}
        (folder / STATE_FILE).write_text(json.dumps(state_now, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        reuse.write(folder)

    source = ", ".join(visit.shop for visit in visits)
    count, _ = build_records(renewal.records, len(renewal.records), out, embedder, source, finish, progress, reuse)
    return count, reuse.made, [visit.summary for visit in visits]


def _visit(shop, work, progress):
    """Crawl one shop; a shop that cannot be read tells nothing about its products, and does not end the others."""
    options = {name: value for name, value in shop.items() if name in OPTIONS}
    check_delay(options.get("delay", 1.0), options.get("allow_private", False))
    with Crawl(shop["url"], work / folder_name(shop), progress=progress, **options) as crawl:
        summary = crawl.run()
    print(say(summary, crawl.folder), file=sys.stderr)
    products = [json.loads(line) for line in (crawl.folder / PRODUCTS).read_text(encoding="utf-8").splitlines()]
    return Visit(products, crawl.folder, summary)


def folder_name(shop):
    """The folder of a shop's crawl: made of its address, so that two starts in one shop do not meet."""
    kept = "".join(character if character.isalnum() or character in ".-" else "-" for character in shop["url"].partition("://")[2])
    return kept.strip("-.")[:100] or "shop"


def _state(folder):
    try:
        return json.loads((folder / STATE_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def _history(folder):
    path = folder / HISTORY_FILE
    return parquet.read_table(path).to_pylist() if path.is_file() else []


def read_settings(path):
    """The shops of a settings file. Returns a list of dicts as `refresh` takes. Raises SourceError naming what does not fit."""
    try:
        given = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SourceError(f"{path} cannot be read: {error}. `python -m catalog.refresh --help` shows what it may hold.") from error
    shops, common = given.pop("shop", None), given
    if not isinstance(shops, list) or not shops or not all(isinstance(shop, dict) and isinstance(shop.get("url"), str) for shop in shops):
        raise SourceError(f"{path} names no shop. Add at least\n[[shop]]\nurl = \"https://shop.example/\"")
    shops = [common | shop for shop in shops]
    for shop in shops:
        if "name" in shop:
            shop["shop"] = shop.pop("name")
        if unknown := set(shop) - {"url", *OPTIONS}:
            raise SourceError(f"{path} has an option {sorted(unknown)[0]!r} that does not exist. There are "
                              f"{', '.join(('url', 'name', *OPTIONS[1:]))}.")
    return shops


def main():
    parser = argparse.ArgumentParser(prog="python -m catalog.refresh", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", metavar="SETTINGS_OR_URL")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--work", type=Path, help="folder for the crawls; default: CATALOGUE.crawl")
    parser.add_argument("--accept-drop", action="store_true", help="publish even when a shop lost more than 30 %% of its products")
    add_options(parser)
    given = vars(parser.parse_args())
    try:
        url = given["what"].startswith(("http://", "https://"))
        shops = [{"url": given["what"]} | {name: given[name] for name in OPTIONS}] if url else read_settings(given["what"])
        count, made, summaries = refresh(shops, given["out"], Embedder.load(), given["work"], given["accept_drop"])
    except FashFlixError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped. The same command goes on where this one was.")
    print(f"{given['out']}: {count:,} products published, {made:,} photos new or changed.")
    sys.exit(0 if all(summary["outcome"] == "complete" for summary in summaries) else 3)


if __name__ == "__main__":
    main()
