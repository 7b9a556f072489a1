"""Look at a vendor's feed, and make a catalogue of it. Answers are JSON on standard output, for people and programs alike.

    python -m catalog.feeds inspect FILE                        its format, columns, the guessed mapping, its first rows
    python -m catalog.feeds report FILE                         what would become of each row; nothing is written
    python -m catalog.feeds build FILE --out FOLDER             a catalogue of the usable rows

A mapping names the column of each field: --mapping '{"name": "Titel", "image_url": "Bild"}', or a file that holds this. What it leaves out
is guessed; null says that no column has it. FILE may be CSV, TSV, XLSX, XML (Google Merchant) or JSON (Shopify), in any encoding.
"""

import argparse
import json
import re
import sys
from pathlib import Path

from catalog.feeds.fields import FIELDS, LABELS, checked, guess
from catalog.feeds.products import read_rows
from catalog.feeds.reader import read_feed
from catalog.feeds.report import report_on
from catalog.shops.numbers import currency as currency_code
from fashflix.errors import FashFlixError, FeedError

FIRST = 5
MEMORY = 3_000_000_000      # bytes for reading a feed


def inspect(given):
    """What a person needs to choose the mapping."""
    feed = read_feed(given.file, given.encoding)
    return {"file": feed.name, "kind": feed.kind, "encoding": feed.encoding, "rows": len(feed.rows), "columns": list(feed.columns),
            "fields": LABELS, "mapping": guess(feed.columns, [row for _, row in feed.rows]), "notes": list(feed.notes),
            "first": [{"row": number} | {name: text[:200] for name, text in row.items()} for number, row in feed.rows[:FIRST]]}


def report(given):
    """What would become of each row."""
    feed, mapping, rows = _read(given)
    return report_on(feed, mapping, rows, given.details)


def build(given):
    """Build the catalogue. Returns its counts."""
    from catalog.feeds.publishing import VendorPhotos, publish      # what only building needs (the model above all) is opened only here
    from fashflix.embedder import Embedder
    feed, mapping, rows = _read(given)
    photos = VendorPhotos(given.cache or given.out.with_name(f".{given.out.name}-photos"), given.photos, given.most_photos,
                          delay=given.delay, contact=given.contact, allow_private=given.allow_private)
    show = (lambda done, of: print(json.dumps({"done": done, "of": of}), flush=True)) if given.progress else _say
    try:
        count, remarks = publish(rows, feed.name, given.out, Embedder.load(given.model), photos, given.onto, show)
    finally:
        photos.close()
    left_out = [remark for remark in remarks if remark["reason"].startswith("left out")]
    return {"out": str(given.out), "products": count, "rows_left_out": sum(row.left_out is not None for row in rows),
            "photos_failed": len(left_out), "first_failure": left_out[0]["reason"] if left_out else None}


def _read(given):
    feed = read_feed(given.file, given.encoding)
    if given.currency and not currency_code(given.currency):
        raise FeedError(f"{given.currency!r} is not a currency. Give a code of three letters, such as EUR.")
    if given.site and not re.match(r"https?://[^\s/]+", given.site):
        raise FeedError(f"{given.site!r} is not a web address. Give the shop's, such as https://shop.example.")
    mapping = guess(feed.columns, [row for _, row in feed.rows])
    mapping = checked(mapping | _mapping(given.mapping), feed.columns)
    shop = re.sub(r"[^\w.-]+", "-", given.shop or Path(feed.name).stem).strip("-.").lower() or "vendor"
    return feed, mapping, read_rows(feed, mapping, shop, given.currency and currency_code(given.currency), given.site, bool(given.photos))


def _mapping(text):
    """A mapping from JSON text or from a file that holds it."""
    if not text:
        return {}
    try:
        value = json.loads(text if text.lstrip().startswith("{") else Path(text).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FeedError(f"The mapping cannot be read: {error}. Give JSON such as {{\"name\": \"title\"}} or a file that holds "
                        "it.") from error
    if not isinstance(value, dict) or not all(isinstance(column, str | None) for column in value.values()):
        raise FeedError(f"A mapping is a JSON object of field and column. The fields are {', '.join(FIELDS)}.")
    return value


def _limit_memory():
    """A second wall behind the readers' own limits: a feed that gets past them ends this program, not the machine."""
    try:
        import resource
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, ValueError, OSError):      # not on Windows, or a lower limit holds already
        pass


def _say(done, of):
    if sys.stderr.isatty() and (done % 10 == 0 or done == of):
        print(f"\r{done:,} of {of:,} products", end="\n" if done == of else "", file=sys.stderr, flush=True)


def _parser():
    parser = argparse.ArgumentParser(prog="python -m catalog.feeds", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, metavar="inspect | report | build")
    for command in (inspect, report, build):
        one = commands.add_parser(command.__name__, help=command.__doc__.split(".")[0].lower(), description=command.__doc__)
        one.set_defaults(command=command)
        one.add_argument("file", metavar="FILE", type=Path)
        one.add_argument("--encoding", help="of a text file; default: its mark, UTF-8 or a guess")
        if command is inspect:
            continue
        one.add_argument("--mapping", help="JSON, or a file that holds it")
        one.add_argument("--shop", help="the shop's name, the first part of product ids; default: the file's name")
        one.add_argument("--currency", help="of prices that state none, such as EUR")
        one.add_argument("--site", help="the shop's address, for links that are not whole (a Shopify list has only handles)")
        one.add_argument("--photos", type=Path, help="folder of photo files, where the feed names files and not addresses")
    one.add_argument("--out", type=Path, required=True, help="catalogue folder to write")
    one.add_argument("--onto", type=Path, help="catalogue folder whose other products are kept too; it stays as it is")
    one.add_argument("--model", type=Path, help="model file; default: the released one")
    one.add_argument("--cache", type=Path, help="folder for fetched photos; default: beside --out")
    one.add_argument("--most-photos", type=int, default=1, help="photos of each product; default 1")
    one.add_argument("--delay", type=float, default=1.0, help="least seconds between two requests to a host; default 1")
    one.add_argument("--contact", help="an address where the vendor can reach you, sent with every request")
    one.add_argument("--allow-private", action="store_true", help="also fetch from addresses that are not public: a server of your own")
    one.add_argument("--progress", action="store_true", help="a JSON line for each product")
    commands.choices["report"].add_argument("--details", type=int, help="at most so many rows in details")
    return parser


def main():
    given = _parser().parse_args()
    if given.command is not build:
        _limit_memory()
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")      # whatever the terminal's locale, whatever the feed holds
    try:
        answer = given.command(given)
    except FashFlixError as error:
        print(json.dumps({"error": str(error)}, ensure_ascii=False))
        sys.exit(1)
    print(json.dumps(answer, ensure_ascii=False, indent=None if getattr(given, "progress", False) else 1))


if __name__ == "__main__":
    main()
