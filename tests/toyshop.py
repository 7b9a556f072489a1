"""A small shop on 127.0.0.1 that can misbehave in every way a shop can, and remembers who asked for what.

    with ToyShop(products=60) as shop:
        shop.url, shop.asked, shop.answers["/women"] = [Answer(429, {"Retry-After": "1"})], shop.gone.add(3), shop.price[7] = 5.0 ...
"""

import gzip
import io
import json
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from PIL import Image

PER_LISTING = 24
ROBOTS = "User-agent: *\nDisallow: /private/\n"
KINDS = {"Dresses": "Dress", "T-Shirts": "T-Shirt", "Jeans": "Jeans", "Coats": "Coat"}
BOMB = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'ha'>" + b"".join(
    f"<!ENTITY b{n} '{'&b' + (str(n - 1) if n else '') + ';'}{'&b' + (str(n - 1) if n else '') + ';'}'>".encode() for n in range(30)) + \
    b"]><urlset><url><loc>&b29;</loc></url></urlset>"


@dataclass
class Answer:
    """One answer in place of the shop's own. cut: claim more bytes than are sent. drip: seconds between two bytes."""

    status: int = 200
    headers: dict = field(default_factory=dict)
    body: bytes = b""
    cut: bool = False
    drip: float = 0.0


@dataclass
class Asked:
    path: str
    status: int
    began: float
    headers: dict


class ToyShop:
    """products: how many. shopify: whether there is a products.json. address: to listen at. latency: seconds an answer takes.

    Change at any time: price (dict by number), gone (set of numbers), redder (set: their photo is another), robots (text or status),
    answers (path -> list of Answer, each used once, the last one for good when `stays`), wall (True: refuses everything but robots.txt).
    """

    def __init__(self, products=60, shopify=False, sitemap=True, address="127.0.0.1", robots=ROBOTS, latency=0.0):
        self.count, self.shopify, self.sitemap, self.robots, self.latency = products, shopify, sitemap, robots, latency
        self.price, self.gone, self.redder, self.answers, self.stays, self.wall = {}, set(), set(), {}, set(), False
        self.asked, self.at_once, self.most_at_once, self._lock = [], 0, 0, threading.Lock()
        self._server = _Server((address, 0), _Handler)
        self._server.shop = self
        self.port = self._server.server_address[1]
        self.url = f"http://{address}:{self.port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *error):
        self._server.shutdown()
        self._server.server_close()

    def paths(self, begins=""):
        """How often each path was asked for."""
        with self._lock:
            return Counter(one.path for one in self.asked if one.path.startswith(begins))

    def forget(self):
        with self._lock:
            self.asked.clear()

    def present(self):
        return [number for number in range(self.count) if number not in self.gone]

    def page(self, number):
        """A product's page, as shops write it for search engines."""
        data = {"@context": "https://schema.org", "@type": "Product", "name": self.name(number), "sku": f"SKU{number}",
                "image": self.photo(number), "brand": {"@type": "Brand", "name": "Toy & Sons"}, "category": list(KINDS)[number % 4],
                "url": f"{self.url}/products/thing-{number}",
                "audience": {"@type": "PeopleAudience", "suggestedGender": "female" if number % 2 else "male"},
                "offers": {"@type": "Offer", "price": f"{self.cost(number):.2f}", "priceCurrency": "EUR",
                           "availability": "https://schema.org/InStock"}}
        if number % 3:
            data["aggregateRating"] = {"@type": "AggregateRating", "ratingValue": 3 + number % 3 / 2, "reviewCount": 10 + number}
        return (f"<!doctype html><html><head><title>{escape(self.name(number))} | Toy</title>"
                f"<link rel=canonical href='{self.url}/products/thing-{number}'>"
                f"<script type='application/ld+json'>{json.dumps(data)}</script></head>"
                f"<body><h1>{escape(self.name(number))}</h1><img src='{self.photo(number)}'></body></html>").encode()

    def name(self, number):
        return f"Plain {list(KINDS.values())[number % 4]} No. {1000 + number}"

    def cost(self, number):
        return self.price.get(number, 10.0 + number)

    def photo(self, number):
        return f"{self.url}/photos/{number}{'r' if number in self.redder else ''}.jpg"

    def listing(self, page):
        there = self.present()
        tiles = "".join(f"<li class='product-tile'><a href='/products/thing-{number}'>"
                        f"<img src='/photos/{number}.jpg' alt='{self.name(number)}'>"
                        f"<h3 class='product-name'>{self.name(number)}</h3></a><span class='price'>€{self.cost(number):.2f}</span></li>"
                        for number in there[(page - 1) * PER_LISTING:page * PER_LISTING])
        more = f"<a rel='next' href='/women?page={page + 1}'>Next</a>" if page * PER_LISTING < len(there) else ""
        return f"<!doctype html><title>Women</title><ul class='grid'>{tiles}</ul>{more}<a href='/private/cart'>Cart</a>".encode()

    def shopify_products(self, page, limit):
        return json.dumps({"products": [{
            "id": 1000 + number, "title": self.name(number), "handle": f"thing-{number}", "vendor": "Toy & Sons",
            "product_type": list(KINDS)[number % 4], "tags": ["women" if number % 2 else "men"],
            "variants": [{"id": 9000 + number, "title": "Default", "sku": f"SKU{number}", "price": f"{self.cost(number):.2f}",
                          "compare_at_price": None, "available": True}],
            "images": [{"src": self.photo(number), "width": 64, "height": 80}], "options": [{"name": "Title", "values": ["Default Title"]}]}
            for number in self.present()[(page - 1) * limit:page * limit]]}).encode()

    def answer(self, path):
        """(status, headers, body) of the shop's own answer to a path with its query."""
        parts = urlsplit(path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if parts.path == "/robots.txt":
            stated = isinstance(self.robots, str)
            return (200, {"Content-Type": "text/plain"}, self.robots.encode()) if stated else (self.robots, {}, b"")
        if self.wall:
            return 403, {"Content-Type": "text/html"}, b"<title>Access Denied</title>"
        page, html = int(query.get("page", 1)), {"Content-Type": "text/html; charset=utf-8"}
        if parts.path in ("/", "/women"):
            return 200, html, self.listing(page)
        if self.shopify and parts.path == "/products.json":
            return 200, {"Content-Type": "application/json"}, self.shopify_products(page, int(query.get("limit", 30)))
        if self.shopify and parts.path == "/meta.json":
            return 200, {"Content-Type": "application/json"}, b'{"id": 1, "name": "Toy", "currency": "EUR"}'
        if self.sitemap and parts.path == "/sitemap.xml":
            parts = [self.url + "/sitemap-products.xml.gz", self.url + "/sitemap-about.xml"]
            return 200, {"Content-Type": "application/xml"}, _index(parts)
        if self.sitemap and parts.path == "/sitemap-products.xml.gz":
            pages = _urls([f"{self.url}/products/thing-{number}" for number in self.present()])
            return 200, {"Content-Type": "application/gzip"}, gzip.compress(pages)
        if parts.path == "/bomb.xml":
            return 200, {"Content-Type": "application/xml"}, BOMB
        if parts.path == "/go":
            return 302, {"Location": query["to"]}, b""
        return self._numbered(parts.path, html)

    def _numbered(self, path, html):
        number = "".join(character for character in path if character.isdigit())
        if path.startswith("/products/thing-") and number and int(number) in self.present():
            return 200, html, self.page(int(number))
        if path.startswith("/photos/") and number:
            return 200, {"Content-Type": "image/jpeg"}, toy_photo(int(number), "r" in path.rpartition("/")[2].removesuffix(".jpg"))
        return 404, html, b"<title>Not found</title>"


@lru_cache(maxsize=None)
def toy_photo(number, red=False):
    """A small JPEG, different for each number."""
    buffer = io.BytesIO()
    image = Image.new("RGB", (60, 80), (200, 30, 30) if red else (number * 37 % 256, number * 91 % 256, 90 + number % 160))
    image.paste((number % 256, number // 256 % 256, 128), (8, 8, 40, 40))
    image.save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def _urls(urls):
    return ("<?xml version='1.0' encoding='UTF-8'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
            + "".join(f"<url><loc>{escape(url)}</loc><lastmod>2024-01-01</lastmod></url>" for url in urls) + "</urlset>").encode()


def _index(urls):
    return ("<?xml version='1.0'?><sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
            + "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>" for url in urls) + "</sitemapindex>").encode()


class _Server(ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 64

    def handle_error(self, request, address):
        """Visitors that hang up are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version, disable_nagle_algorithm = "HTTP/1.1", True
    wbufsize = -1

    def do_GET(self):
        shop, began = self.server.shop, time.monotonic()
        with shop._lock:
            shop.at_once += 1
            shop.most_at_once = max(shop.most_at_once, shop.at_once)
            planned = shop.answers.get(self.path)
            one = (planned[0] if self.path in shop.stays else planned.pop(0)) if planned else None
        try:
            time.sleep(shop.latency)
            one = one or Answer(*shop.answer(self.path))
            tag = f'"{hash(one.body)}"'
            if one.status == 200 and self.headers.get("If-None-Match") == tag:
                one = Answer(304)
            with shop._lock:
                shop.asked.append(Asked(self.path, one.status, began, dict(self.headers)))
            self._send(one, {"ETag": tag} | one.headers if one.status == 200 else one.headers)
        finally:
            with shop._lock:
                shop.at_once -= 1

    def _send(self, one, headers):
        self.send_response(one.status)
        for name, value in headers.items():
            self.send_header(name, value)
        if one.status != 304:
            self.send_header("Content-Length", str(len(one.body) + 1000 * one.cut))
        if one.cut:
            self.close_connection = True
        self.end_headers()
        if not one.drip:
            self.wfile.write(one.body)
            return
        self.wfile.flush()
        for byte in one.body:
            time.sleep(one.drip)
            self.connection.sendall(bytes([byte]))

    def log_message(self, *arguments):
        pass


def unused_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
