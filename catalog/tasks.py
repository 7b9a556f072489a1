"""The kinds of pages a crawl visits, and what is done with each: bytes -> products and further tasks."""

from dataclasses import dataclass
from datetime import datetime, timezone
from urllib.parse import urlsplit

from catalog.feeds.fields import guess
from catalog.feeds.products import read_rows
from catalog.feeds.reader import parse_feed
from catalog.fetch import SITEMAP_BYTES
from catalog.frontier import (guess_kind, looks_like_product, next_shopify_page, read_currency, read_listing, read_sitemap, same_shop,
                              shopify_page, speaks_of_products)
from catalog.records import photo_urls
from catalog.robots import origin_of
from fashflix.errors import FetchError

FRONTIERS = ("auto", "shopify", "sitemap", "listing", "feed", "page")
SITEMAPS, LISTINGS = 500, 1000      # at most so many in one crawl
LIMITS = dict.fromkeys(("sitemap", "shopify", "probe", "feed"), SITEMAP_BYTES)
MERCHANT = b"base.google.com/ns/1.0"        # the namespace of product feeds in XML


@dataclass(frozen=True)
class Found:
    """What a page brought. detailed: the products come from their own page or a full list, not from a listing's tiles.

    tasks: (url, kind) pairs. file: of a photo, relative to the crawl's folder. facts: what the page told about the shop.
    """

    products: tuple = ()
    detailed: bool = True
    tasks: tuple = ()
    file: str | None = None
    facts: tuple = ()


def first_tasks(start, frontier):
    """The tasks a crawl begins with. Raises FetchError for a frontier that does not exist."""
    if frontier not in FRONTIERS:
        raise FetchError(f"There is no frontier {frontier!r}. Choose one of {', '.join(FRONTIERS)}.")
    kind = guess_kind(start) if frontier == "auto" else frontier
    if kind == "shopify":
        return [(origin_of(start) + "/meta.json", "meta"), (shopify_page(start, 1), "shopify")]
    if kind == "sitemap" and guess_kind(start) != "sitemap":
        return []                           # robots.txt tells; see look_for_sitemaps
    return [(start, kind)] if kind else [(shopify_page(start, 1), "probe")]


def look_for_sitemaps(crawl):
    """Tasks for a shop that is no Shopify shop: its sitemaps when the start is its front page, otherwise the start as a listing."""
    if urlsplit(crawl.start).path.strip("/") and crawl.frontier != "sitemap":
        return [(crawl.start, "page" if looks_like_product(crawl.start) else "listing")]
    named = crawl.fetcher.robots.rules(crawl.start).sitemaps
    return [(url, "sitemap") for url in named or [origin_of(crawl.start) + "/sitemap.xml"]]


def _probe(crawl, page):
    """Is this a Shopify shop? Its product list says so itself."""
    found = _shopify(crawl, page)
    return Found(found.products, tasks=((origin_of(crawl.start) + "/meta.json", "meta"), *found.tasks))


def _shopify(crawl, page):
    further = next_shopify_page(page.body, page.url)
    products = _products(crawl, page)
    return Found(products, tasks=(*([(further, "shopify")] if further else []), *_photos(crawl, products)))


def _meta(crawl, page):
    """A Shopify product list states no currency; the shop's own meta.json does."""
    return Found(facts=(("currency", read_currency(page.body)),))


def _feed(crawl, page):
    """A vendor's feed states the products itself: their pages are not visited."""
    feed = parse_feed(page.body, urlsplit(page.url).path.rpartition("/")[2] or "feed")
    rows = read_rows(feed, guess(feed.columns, [cells for _, cells in feed.rows]), crawl.shop, site=origin_of(page.url))
    products = _marked(crawl, page, [row.product for row in rows if row.left_out is None])
    if not products:
        raise FetchError(f"{page.url} holds no row that can be used; the first reason: "
                         f"{next((row.left_out for row in rows if row.left_out), 'it has no rows')}.")
    return Found(products, tasks=tuple(_photos(crawl, products)))


def _sitemap(crawl, page):
    if MERCHANT in page.body[:4096]:
        return _feed(crawl, page)
    further, pages = read_sitemap(page.body, page.url)
    pages = [url for url in pages if same_shop(url, crawl.start)]
    of_products = speaks_of_products(page.url)
    kinds = [(url, "page" if of_products or looks_like_product(url) else "spare") for url in pages]
    room = max(0, SITEMAPS - crawl.ledger.count("sitemap"))
    return Found(tasks=(*((url, "sitemap") for url in further[:room]), *kinds))


def _listing(crawl, page):
    products = _products(crawl, page)
    if _is_own_page(products, page.url):
        return _page(crawl, page)
    further, guessed = read_listing(page.body, page.url)
    urls = [product["url"] for product in products if product.get("url") and same_shop(product["url"], crawl.start)] or guessed
    brings_more = crawl.ledger.count_unknown(urls or [page.url], "page") or any(not product.get("url") for product in products)
    goes_on = further and brings_more and crawl.ledger.count("listing") < LISTINGS
    details = [(url, "page") for url in urls] if crawl.details or not products else []
    return Found(products, detailed=False, tasks=(*details, *([(further, "listing")] if goes_on else [])))


def _page(crawl, page):
    products = _products(crawl, page)
    if not _is_own_page(products, page.url):        # a listing that came up as a page: its products are known by their tiles only
        return Found(products, detailed=False)
    return Found(products, tasks=tuple(_photos(crawl, products)))


def _photo(crawl, page):
    if page.entry is None or not page.entry.path.suffix:
        raise FetchError(f"{page.url} is not a JPEG, PNG or WebP photo (it says {page.content_type or 'nothing'}).")
    return Found(file=page.entry.path.relative_to(crawl.folder).as_posix())


def _products(crawl, page):
    return _marked(crawl, page, crawl.extract(page.body, page.url, page.content_type))


def _marked(crawl, page, products):
    """Products with shop, time and page, as many as may still come."""
    now = datetime.now(timezone.utc).replace(microsecond=0).isoformat()
    return tuple(product | {"shop": crawl.shop, "fetched_at": now, "source_url": page.url} for product in products[:crawl.room()])


def _photos(crawl, products):
    return [(url, "photo") for product in products for url in photo_urls(product, crawl.photos)]


def _is_own_page(products, url):
    """Whether products are one product, or variants of one, rather than the tiles of a listing."""
    groups = {product.get("group_key") or product.get("url") for product in products}
    own = {product.get("url") for product in products if product.get("url")}
    return len(products) == 1 or (len(products) > 1 and (len(groups) == 1 and None not in groups
                                                         or {urlsplit(link).path for link in own} == {urlsplit(url).path}))


KINDS = {"probe": _probe, "shopify": _shopify, "meta": _meta, "sitemap": _sitemap, "listing": _listing, "feed": _feed, "page": _page, "photo": _photo}
