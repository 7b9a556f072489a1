"""How near a polite crawl comes to the fastest that politeness allows.

    python -m tests.benchmarks.crawl --json tests/benchmarks/crawl.json

A shop on 127.0.0.1 takes 20 ms for each answer. The limit is one request to each host every `delay` seconds: with a page and a photo
for each product on one host, 1 / (2 delay) products a second; with photos on a host of their own, 1 / delay; a Shopify list brings 250
products a page. Without a delay the limit is the machine: the figure beside it is how fast one connection brings the same answers, read
and not used.
"""

import argparse
import json
import platform
import tempfile
import time
from pathlib import Path

import requests

from catalog.crawl import Crawl
from tests.toyshop import ToyShop

LATENCY = 0.02


def row(job, ours, peer, note):
    return {"job": job, "ours": round(ours, 2), "peer": round(peer, 2), "ratio": round(ours / peer, 3), "unit": "products/s", "note": note}


def crawled(shop, delay):
    """(products a second, products) of one crawl."""
    with tempfile.TemporaryDirectory() as folder, Crawl(shop.url + "/", folder, delay=delay, allow_private=True, progress=False) as crawl:
        began = time.perf_counter()
        count = crawl.run()["products"]
        return count / (time.perf_counter() - began), count


def plain(shop):
    """Products a second of asking for the same pages and photos over one connection, one after the other."""
    with requests.Session() as session:
        began = time.perf_counter()
        for number in range(shop.count):
            session.get(f"{shop.url}/products/thing-{number}").content
            session.get(shop.photo(number)).content
        return shop.count / (time.perf_counter() - began)


def rows():
    for delay, products in ((0.1, 120), (0.5, 40), (1.0, 25)):
        with ToyShop(products, latency=LATENCY) as shop:
            speed, count = crawled(shop, delay)
        yield row(f"pages and photos on one host, delay {delay} s", speed, 1 / (2 * delay), f"{count} products; limit 1 / (2 delay)")
    with ToyShop(150, latency=LATENCY) as shop, ToyShop(150, address="127.0.0.2", latency=LATENCY) as photos:
        shop.photo = lambda number: f"{photos.url}/photos/{number}.jpg"
        speed, count = crawled(shop, 0.1)
    yield row("photos on a host of their own, delay 0.1 s", speed, 1 / 0.1, f"{count} products; limit 1 / delay")
    with ToyShop(500, shopify=True, latency=LATENCY) as shop:
        speed, count = crawled(shop, 0.05)
    yield row("Shopify list, photos on the same host, delay 0.05 s", speed, 1 / 0.05,
              f"{count} products; limit 1 / delay, the list's pages aside")
    with ToyShop(1000) as shop:
        speed, count = crawled(shop, 0)
        yield row("a shop of one's own, no delay", speed, plain(shop),
                  f"{count} products; beside fetching the same answers and not using them")


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.crawl", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, help="write the rows there")
    given, measured = parser.parse_args(), []
    for one in rows():
        measured.append(one)
        print(f"{one['job']:54} {one['ours']:8.2f} {one['peer']:8.2f} {one['unit']}  x{one['ratio']:.2f}  {one['note']}", flush=True)
    if given.json:
        told = {"command": "python -m tests.benchmarks.crawl", "machine": platform.processor() or platform.machine(), "rows": measured}
        given.json.write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    main()
