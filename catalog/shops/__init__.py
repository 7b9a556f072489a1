"""Pages of shops -> products: `extract(body, url, content_type)`. Pure: bytes in, dicts out, nothing fetched.

    charset, page               bytes -> text as browsers decode it, and the page parsed once
    jsonld, microdata, rdfa     structured data -> schema.org nodes; schema -> what the nodes say of products
    opengraph, state            meta tags; what frameworks leave in scripts
    page_text, listing          what a person reads: one product, or tiles of many (zones: the parts that are neither)
    numbers, prices, ratings    amounts, current and former prices, stars
    gender, photos              women or men; which picture is the product
    merge                       which product the page is about, and which source's word wins
    gap, zappos, express, shopify, woocommerce, magento     what these shops and platforms do in their own way

What a page does not state stays None; a page that is neither a product nor a listing gives [].
"""

import logging

from catalog.shops.merge import products_of
from catalog.shops.page import Page

LARGEST = 20_000_000            # bytes; nothing that large is a page of a shop
TEXTS = ("html", "xml", "json", "text/plain", "octet-stream")
log = logging.getLogger(__name__)


def extract(body, url, content_type=""):
    """Find the products of one page; never raises, whatever the bytes.

    body: bytes as received. url: the page's address. content_type: of the HTTP header, "" when it had none.
    Returns list of dicts with the keys name, brand, price (float; of a range the lower end), list_price (float), currency (ISO code),
    rating (0 to 5), review_count (int), url (canonical, absolute), image_url (absolute), image_urls (list), gender ("women", "men", "unisex"),
    category (the shop's words), colours (list of the shop's words), product_key, group_key, availability ("in stock", "out of stock", "preorder").
    A key whose value the page does not state is None, or [] for lists. One product for a product page, several for a listing, [] for anything else.
    """
    kind = (content_type or "").lower()
    if not body or len(body) > LARGEST or (kind and "/" in kind and not any(text in kind for text in TEXTS)):
        return []
    try:
        return [one for one in products_of(Page(bytes(body), url, content_type)) if one["name"]]
    except Exception:           # a page that nobody thought of must not end a crawl of thousands; the log names it
        log.exception("The page %s could not be read; it counts as a page without products.", url)
        return []
