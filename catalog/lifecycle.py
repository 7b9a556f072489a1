"""What becomes of products from one visit of their shop to the next. Rules only: nothing is fetched or written.

    seen                                first_seen stays, last_seen moves, active
    not seen by a complete crawl        a miss; after two in a row: gone, and kept for the histories of people
    its shop refused the visit          blocked, which is not gone: no miss
    its page could not be read,
    or the crawl was not complete       as it was
"""

from dataclasses import dataclass, field

import pyarrow as pa

from catalog.records import plain_address
from catalog.sources import record_of
from fashflix.catalogue import MOMENT
from fashflix.errors import PublishRefused

MISSES = 2
LARGEST_DROP = 0.3
HISTORY = pa.schema([("product_id", pa.string()), ("seen", MOMENT), ("price", pa.float64()), ("list_price", pa.float64()),
                     ("currency", pa.string())])


@dataclass(frozen=True)
class Visit:
    """One crawl of one shop.

    products: its product dicts. photos: folder their photo paths are relative to. summary: as catalog.outcome gives it.
    """

    products: list
    photos: object
    summary: dict

    @property
    def shop(self):
        return self.summary["shop"]


@dataclass
class Renewal:
    """The records of the next catalogue, and what was decided about them.

    seen: product ids that were met. before: shop -> number of products it had, gone ones aside.
    """

    records: list = field(default_factory=list)
    misses: dict = field(default_factory=dict)
    seen: set = field(default_factory=set)
    before: dict = field(default_factory=dict)


def renew(previous, misses, visits):
    """The next catalogue's records.

    previous: list of records of the last catalogue, as catalog.sources.open_source yields them.
    misses: {product_id: times missed in a row}. visits: Visits, one a shop; products of other shops stay as they are. Returns a Renewal.
    """
    renewal = Renewal(misses=dict(misses))
    known = {record["product_id"]: record for record in previous}
    by_address = _unique_addresses(previous)
    for visit in visits:
        renewal.before[visit.shop] = sum(record["shop"] == visit.shop and record["status"] != "gone" for record in previous)
        for product in visit.products:
            old = known.get(product["product_id"]) or by_address.get((visit.shop, plain_address(product.get("url"))))
            if product.get("name") and (old["product_id"] if old else product["product_id"]) not in renewal.seen:
                record = _seen(product, old, visit.photos)
                renewal.records.append(record)
                renewal.seen.add(record["product_id"])
                renewal.misses.pop(record["product_id"], None)
    outcomes = {visit.shop: visit.summary for visit in visits}
    for record in previous:
        if record["product_id"] not in renewal.seen:
            renewal.records.append(record | {"status": _unseen(record, outcomes.get(record["shop"]), renewal.misses)})
    return renewal


def _seen(product, old, photos):
    """A product that was met, as a record, with what only its last row can tell: id, first sight, and photos that did not come."""
    record = record_of(product, photos, product.get("source_url"))
    if old is None:
        return record
    record |= {"product_id": old["product_id"], "first_seen": old["first_seen"]}
    if product.get("partial"):              # only its tile in a listing was seen: what the tile does not show is not taken back
        record |= {name: old[name] for name in ("brand", "rating", "review_count", "gender", "category", "colours", "group_id")
                   if record.get(name) in (None, [])}
    return record | {"old_photos": old["photos"]}


def _unseen(record, summary, misses):
    """The status of a product that was not met. Counts its misses."""
    if summary is None or record["status"] == "gone":
        return record["status"]
    if summary["outcome"] == "blocked":
        return "blocked"
    if summary["outcome"] != "complete" or plain_address(record["url"]) in {plain_address(url) for url in summary["uncertain"]}:
        return record["status"]
    misses[record["product_id"]] = misses.get(record["product_id"], 0) + 1
    if misses[record["product_id"]] < MISSES:
        return "active"
    misses.pop(record["product_id"])
    return "gone"


def _unique_addresses(records):
    """(shop, address) -> record, for addresses that only one product of the shop has."""
    found = {}
    for record in records:
        key = record["shop"], plain_address(record["url"])
        found[key] = record if key[1] and key not in found else None
    return {key: record for key, record in found.items() if record}


def check_drop(renewal, rows, visits):
    """Raises PublishRefused when a complete crawl met far fewer usable products than its shop had: more likely a fault than a sale.

    rows: of the catalogue that is about to be published.
    """
    for visit in visits:
        before = renewal.before.get(visit.shop, 0)
        now = sum(row["shop"] == visit.shop and row["product_id"] in renewal.seen for row in rows)
        if visit.summary["outcome"] == "complete" and now < (1 - LARGEST_DROP) * before:
            raise PublishRefused(f"{visit.shop} had {before:,} products and now {now:,}, a drop of {1 - now / before:.0%}; more than "
                                 f"{LARGEST_DROP:.0%} is taken for a fault, so the old catalogue stays. Look into the crawl's log.jsonl; "
                                 "if the shop really shrank, run the same command with --accept-drop.")


def lengthen(history, rows, seen):
    """The price history with a line for each product whose price, list price or currency differs from its last line.

    history: list of dicts with the columns of HISTORY, oldest first. rows: of the catalogue. seen: ids of products met now. Returns a list.
    """
    last = {line["product_id"]: (line["price"], line["list_price"], line["currency"]) for line in history}
    lines = list(history)
    for row in rows:
        now = row["price"], row["list_price"], row["currency"]
        if row["product_id"] in seen and row["price"] is not None and last.get(row["product_id"]) != now:
            lines.append({"product_id": row["product_id"], "seen": row["last_seen"]} | dict(zip(("price", "list_price", "currency"), now)))
    return lines
