"""Where a shop's products are: sitemaps, pages of a listing, Shopify's products.json, feeds. Reads bytes, fetches nothing.

What is found are tasks, pairs of (url, kind), which `catalog.crawl` carries out.
"""

import json
import re
import zlib
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit
from xml.etree.ElementTree import ParseError

from bs4 import BeautifulSoup
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from fashflix.errors import FetchError

SITEMAP_BYTES, SITEMAP_URLS = 50_000_000, 50_000        # sitemaps.org: at most 50 MB and 50,000 urls in one file
SHOPIFY_LIMIT = 250
PRODUCT_PATH = re.compile(r"/(?:products?|p|pd|dp|item|shop/product|prod)/[^/?]+|product\.do|/[^/]*\d{4,}[^/]*$|\.html$", re.I)
NOT_PRODUCT = re.compile(r"/(?:blogs?|news|pages?|help|about|contact|stores?|careers|account|cart|checkout|search|policies|login|"
                         r"wishlist)(?:/|$)", re.I)
NEXT_WORDS = re.compile(r"^\s*(?:next(?: page)?|older|weiter|suivant|siguiente)?\s*[›»→>]?\s*$", re.I)
PAGE_KEYS = ("page", "p", "pg", "pagenumber")


def shop_name(url):
    """The host name of a shop without www; "" for what is no address."""
    return host_of(url).removeprefix("www.")


def host_of(url):
    """The host name in a url; "" for what is no address."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def same_shop(url, other):
    """Whether two urls are of one shop: the same host name, with or without www."""
    return shop_name(url) == shop_name(other)


def looks_like_product(url):
    """Whether a url is shaped like a product's page. A guess, used only to choose which pages to visit."""
    path = urlsplit(url).path
    return bool(PRODUCT_PATH.search(path)) and not NOT_PRODUCT.search(path)


def read_sitemap(body, url):
    """The urls of a sitemap, an index of sitemaps, an RSS or Atom feed, or a list in plain text; packed with gzip or not.

    Returns (urls of further sitemaps, urls of pages). Raises FetchError for what is none of these, is too large, or holds entities.
    """
    body = _unpacked(body, url)
    if not body.lstrip()[:1] == b"<":
        lines = [line.strip() for line in body.decode("utf-8-sig", "replace").splitlines()]
        pages = [line for line in lines if re.match(r"https?://\S+$", line)]
        if not pages:
            raise FetchError(f"{url} is not a sitemap: it is neither XML nor a list of addresses.")
        return [], pages[:SITEMAP_URLS]
    try:
        root = fromstring(body, forbid_dtd=True)
    except DefusedXmlException as error:
        raise FetchError(f"{url} defines entities of its own, as files do that blow up when read. It was not read.") from error
    except (ParseError, ValueError, LookupError) as error:
        raise FetchError(f"{url} is not a sitemap: {error}.") from error
    kind = _tag(root)
    found = list(dict.fromkeys(_locations(root, url)))[:SITEMAP_URLS]
    if kind == "sitemapindex":
        return _best_sitemaps(found), []
    if kind in ("urlset", "rss", "feed", "rdf"):
        return [], found
    raise FetchError(f"{url} is not a sitemap: its outermost element is <{kind}>.")


def guess_kind(url):
    """The kind of task that a start address is, or None when only a look at the shop can tell."""
    path = urlsplit(url).path.lower()
    if path.endswith("/products.json"):
        return "shopify"
    if re.search(r"\.(?:xml|rss|atom)(?:\.gz)?$|\.gz$|sitemap[^/]*\.txt$", path):
        return "sitemap"
    if re.search(r"\.(?:csv|tsv|xlsx)$", path):
        return "feed"
    return None


def _unpacked(body, url):
    if body[:2] != b"\x1f\x8b":
        return body
    unpack = zlib.decompressobj(31)
    try:
        plain = unpack.decompress(body, SITEMAP_BYTES)
    except zlib.error as error:
        raise FetchError(f"{url} is packed with gzip but damaged: {error}.") from error
    if unpack.unconsumed_tail:
        raise FetchError(f"{url} unpacks to more than {SITEMAP_BYTES:,} bytes. It was not read.")
    return plain


def _locations(root, url):
    """Addresses of entries: <loc> of <url> and <sitemap>, <link> of <item> and <entry>; never those of images or alternates."""
    for entry in root.iter():
        if _tag(entry) in ("url", "sitemap", "item", "entry"):
            for child in entry:
                text = child.get("href") if child.get("href") and child.get("rel", "alternate") == "alternate" else child.text
                wanted = "loc" if _tag(entry) in ("url", "sitemap") else "link"
                if _tag(child) == wanted and _plain_namespace(child) and text and text.strip():
                    yield from _whole(url, text.strip())
                    break


def _whole(base, link):
    """A link as a whole address; nothing for one that cannot be read."""
    try:
        address = urljoin(base, link)
        urlsplit(address).port
    except ValueError:
        return
    yield address


def _tag(element):
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _plain_namespace(element):
    return "image" not in element.tag and "video" not in element.tag


def _best_sitemaps(urls):
    """Of an index's sitemaps, those that speak of products, or all when none does."""
    return [url for url in urls if speaks_of_products(url)] or urls


def speaks_of_products(url):
    """Whether the address of a sitemap says that it lists products."""
    return bool(re.search(r"product|pdp|(?<!s)item", urlsplit(url).path, re.I))


def shopify_page(url, page):
    """The address of one page of a Shopify shop's, or one of its collections', product list."""
    collection = re.match(r"/collections/[^/]+", urlsplit(url).path)
    path = f"{collection[0] if collection else ''}/products.json"
    return urljoin(url, f"{path}?{urlencode({'limit': SHOPIFY_LIMIT, 'page': page})}")


def next_shopify_page(body, url):
    """The next page's address, or None after the last one. Raises FetchError for what is not such a list."""
    try:
        products = json.loads(body)["products"]
        count = len(products) if isinstance(products, list) else -1
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise FetchError(f"{url} is not a Shopify product list.") from error
    if count < 0:
        raise FetchError(f"{url} is not a Shopify product list.")
    asked = dict(parse_qsl(urlsplit(url).query))
    return shopify_page(url, int(asked.get("page", 1)) + 1) if count >= SHOPIFY_LIMIT else None


def read_currency(body):
    """The currency that a Shopify shop's meta.json states, as its ISO code, or None."""
    try:
        code = json.loads(body)["currency"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return code if isinstance(code, str) and re.fullmatch(r"[A-Z]{3}", code) else None


def read_listing(body, url):
    """Further addresses in a listing. Returns (next page or None, pages that look like products of this shop)."""
    soup = BeautifulSoup(body, "html.parser")
    base = soup.find("base", href=True)
    root = next(_whole(url, base["href"]), url) if base else url
    links = [(element, link) for element in soup.find_all(["a", "link"], href=True) for link in _whole(root, element["href"].strip())]
    links = [(element, link.split("#")[0]) for element, link in links if link.startswith("http") and same_shop(link, url)]
    products = [link for element, link in links if element.name == "a" and looks_like_product(link) and link != url]
    return _next_page(links, url), list(dict.fromkeys(products))


def _next_page(links, url):
    """rel=next as the shop states it, a link that is named so, or the link to the page number after this one."""
    for element, link in links:
        if "next" in [word.lower() for word in element.get("rel") or []] and link != url:
            return link
    for element, link in links:
        label = element.get("aria-label") or element.get("title") or element.get_text(" ")
        if element.name == "a" and label.strip() and NEXT_WORDS.match(label) and link != url and urlsplit(link).path == urlsplit(url).path:
            return link
    here = _page_number(url)
    return next((link for element, link in links if element.name == "a" and here and _page_number(link) == (here[0], here[1] + 1)), None)


def _page_number(url):
    """(the address without its page number, the number), 1 when it names none."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    numbers = [int(value) for key, value in query if key.lower() in PAGE_KEYS and re.fullmatch(r"\d{1,5}", value)]
    rest = sorted(pair for pair in query if pair[0].lower() not in PAGE_KEYS)
    return (parts.path, tuple(rest)), (numbers[0] if numbers else 1)
