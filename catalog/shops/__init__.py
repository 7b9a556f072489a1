"""Pages of shops -> products: `extract(body, url, content_type)`. Pure: bytes in, dicts out, nothing fetched.

    text, page          bytes -> text as browsers decode it, and the parsed page
    jsonld, markup, state       structured data: JSON-LD, microdata, RDFa, OpenGraph, framework state
    visible, listing    what a person reads: one product's block, or tiles of many
    numbers, gender, photos     amounts and currencies, women or men, which picture is the product
    merge               the most trusted statement of each fact
    gap, zappos, shopify, woocommerce, magento      shops and platforms with structures of their own

Express has no module: no page of it was ever seen, and it renders in the browser. Its pages are read by the general modules, unverified; an
empty shell gives nothing.

What a page does not state stays None; a page that is no product and no listing gives [].
"""

import re

from catalog.shops import gap, magento, shopify, woocommerce, zappos
from catalog.shops.gender import crumbs_of, gender_of, said_in
from catalog.shops.jsonld import PRODUCTS, blocks, first, nodes, product
from catalog.shops.listing import tiles
from catalog.shops.markup import microdata, opengraph
from catalog.shops.merge import merged
from catalog.shops.page import Page, clean
from catalog.shops.photos import usable
from catalog.shops.state import flight_nodes, from_next
from catalog.shops.visible import current_price, main_image, stars_and_reviews

LARGEST = 25_000_000            # bytes; a page beyond this is no page of a shop
WALL = re.compile(r"captcha|are you a (?:human|robot)|access denied|verify you are human|unusual traffic|enable javascript and cookies|pardon our interruption", re.I)
GONE = re.compile(r"^\W*404\b(?:\W*(?:error|page|not)|\W*$)|page (?:was )?not found|couldn.t find (?:this|that|the) page|no longer available|item not available|unavailable product|seite nicht gefunden|"
                  r"page introuvable|does not exist|product not found", re.I)
NO_PRODUCT_TYPES = {"newsarticle", "article", "blogposting", "recipe", "event", "jobposting", "videoobject", "faqpage", "movie", "book"}


def extract(body, url, content_type=""):
    """Find the products of one page.

    body: bytes as received. url: the page's address. content_type: of the HTTP header, "" when it had none.
    Returns list of dicts with the keys name, brand, price (float), list_price, currency (ISO code), rating (0 to 5), review_count (int), url,
    image_url, image_urls, gender ("women", "men", "unisex"), category, colours, product_key, group_key, availability. None where the page does
    not say. [] for a page that holds no product. Never raises for any bytes.
    """
    if not body or len(body) > LARGEST:
        return []
    try:
        return _extract(Page(body, url, content_type))
    except (RecursionError, MemoryError):
        return []


def _extract(page):
    found = shopify.products(page)
    if found is not None:
        return [_finished(page, one, ()) for one in found]
    if _is_wall(page):
        return []
    stated = [node for block in blocks(page.text) for node in nodes(block)] + flight_nodes(page.text)
    products = _distinct([node for node in stated if _types(node) & PRODUCTS and not _is_empty(node)])
    crumbs = crumbs_of(page, [node for node in stated if "breadcrumblist" in _types(node)])
    marked = [zappos.tile(one["scope"]) | {key: value for key, value in one.items() if value} if not one["name"] else one for one in microdata(page)]
    single = _main_product(page, products, marked, stated)
    if single is not None:
        return [_finished(page, one, crumbs) for one in [single] if one["name"]]
    return _listing(page, products, marked, crumbs)


def _types(node):
    value = node.get("@type")
    return {str(one).rsplit("/", 1)[-1].lower() for one in (value if isinstance(value, list) else [value])}


def _is_empty(node):
    return not (node.get("name") or node.get("offers") or node.get("hasVariant"))


def _distinct(found):
    """Each product once: variants inside a group are the group's, equal ids and names are one."""
    inside = {id(variant) for node in found for variant in (node.get("hasVariant") if isinstance(node.get("hasVariant"), list) else [])}
    kept, seen = [], set()
    for node in found:
        keys = {str(node["@id"])} if isinstance(node.get("@id"), str) else set()
        name = clean(node.get("name")) if isinstance(node.get("name"), str) else None
        keys |= {(name, str(node.get("url") or ""))} if name else set()
        if id(node) in inside or keys & seen:
            continue
        seen |= keys
        kept.append(node)
    return kept


def _is_wall(page):
    """A bot wall, an empty shell or a page that says the product is gone: nothing may come out."""
    title = page.title or ""
    if GONE.search(title) or (WALL.search(title)):
        return True
    words = page.tree.get_text(" ", strip=True)
    if len(words) < 1500 and (WALL.search(words) or GONE.search(words[:600])):
        return True
    heading = page.heading or ""
    return bool(GONE.search(heading))


def _main_product(page, products, marked, stated):
    """The one product that the page is about, its sources joined; None for a listing or any other page."""
    graph = opengraph(page)
    chosen = _about_this_page(page, products, lambda node: (str(node.get("name") or ""), str(node.get("url") or "")))
    scoped = _about_this_page(page, marked, lambda one: (one.get("name") or "", str(one.get("url") or "")))
    if chosen is not None and scoped is not None and len(marked) > 1 and (scoped.get("name") or "").casefold() != (first(chosen.get("name")) or "").casefold():
        scoped = None
    if chosen is None and scoped is None:
        if not _reads_like_a_product(page, graph, products, marked, stated):
            return None
    name = clean(chosen.get("name")) if chosen is not None and isinstance(chosen.get("name"), str) else (scoped or {}).get("name") or page.heading or next(
        (tag.get_text(" ", strip=True) for tag in page.tree.find_all("h2") if _in_title(page, tag)), None) or graph["name"]
    from_node = product(chosen, stated) if chosen is not None else None
    amount, full, code = current_price(page, name) if not (from_node and from_node["price"]) or not from_node["list_price"] else (None, None, None)
    stars, number = (None, None) if from_node and from_node["rating"] else stars_and_reviews(page, name)
    shown = {"name": page.heading or name, "price": amount, "list_price": full, "currency": code, "rating": stars, "review_count": number,
             "image_urls": [one for one in [main_image(page, name)] if one]}
    sources = [gap.product(page), from_node, scoped, from_next(page), magento.product(page), woocommerce.product(page),
               graph | {"name": _title_name(page, graph)}, shown]
    return _reduced(merged(sources), graph, shown) | {"audience": (from_node or {}).get("audience") or graph.get("audience"),
                                                      "state_gender": (sources[3] or {}).get("state_gender")}


def _reduced(result, graph, shown):
    """A lower price that the page states beside the structured one is the sale price; the structured one was the list price."""
    for other in (graph, shown):
        if result["price"] and other["price"] and other["currency"] in (None, result["currency"]) and other["list_price"] == result["price"] > other["price"]:
            return result | {"price": other["price"], "list_price": result["price"]}
    return result


def _title_name(page, graph):
    """The page's og:title without the shop's name, when it holds the heading."""
    if page.heading and graph["name"] and page.heading.casefold() in graph["name"].casefold():
        return page.heading
    return clean(re.split(r"\s+(?:за|for|ab|à partir de|from|купить|kaufen|buy)\s+(?=[^\w]*\d)|\s[|–—]\s", graph["name"])[0]) if graph["name"] else None


def _about_this_page(page, found, describe):
    """The only product, or the one whose name or address is the page's own. None when there is none, or when all are tiles."""
    if not found:
        return None
    here, heading = {_path(page.url), _path(page.canonical)}, (page.heading or "").casefold()
    for one in found:
        name, address = describe(one)
        if address and _path(page.absolute(address)) in here and _path(page.url):
            return one
    names = [(clean(describe(one)[0]) or "").casefold() for one in found]
    for fits in (lambda name: name == heading, lambda name: len(name) > 8 and len(heading) > 8 and (name in heading or heading in name)):
        for one, name in zip(found, names):
            if name and heading and fits(name):
                return one
    return found[0] if len(found) == 1 else None


def _path(address):
    """Host and path of an address, for comparing."""
    return re.sub(r"^https?://(?:www\.)?", "", str(address or "")).split("?")[0].split("#")[0].rstrip("/").lower()


def _reads_like_a_product(page, graph, products, marked, stated):
    """Whether a page without structured data is about one product: it calls itself one, or has a heading with a price and a way to buy."""
    if graph["is_product"] and graph["name"] and re.search(r"/(?:products?|p|dp|item)/", page.canonical):
        return True
    if len(products) > 1 or len(marked) > 1 or any(_types(node) & NO_PRODUCT_TYPES for node in stated):
        return False
    heading = page.heading or next((tag.get_text(" ", strip=True) for tag in page.tree.find_all("h2") if _in_title(page, tag)), None)
    if not (heading or graph["name"]):
        return False
    if graph["is_product"] and (graph["price"] or current_price(page)[0]):
        return True
    buy = page.tree.find(lambda tag: tag.name in ("button", "input", "a") and re.search(
        r"add.to.(?:cart|bag|basket)|buy now|in den (?:einkaufswagen|warenkorb)|ajouter au panier|añadir|в корзину|加入购物车|comprar",
        " ".join([tag.get_text(" ", strip=True)[:60], str(tag.get("value") or ""), str(tag.get("name") or ""), str(tag.get("id") or ""), str(tag.get("aria-label") or "")]), re.I))
    amount = current_price(page, heading)[0]
    if graph["is_product"] and buy:
        return True
    if not amount:
        return False
    if page.tree.find(id="productTitle") or (graph["name"] and graph["name"] == page.heading and not tiles(page)):
        return True
    return bool(buy and heading and len(tiles(page)) < 12)


def _in_title(page, tag):
    """Whether a heading is what the page's title begins with."""
    text = tag.get_text(" ", strip=True).casefold()
    return len(text) > 2 and (page.title or "").casefold().startswith(text)


def _listing(page, products, marked, crumbs):
    """Tiles of a listing, with what structured data says of each. A shop's front page is none: it shows a few of everything."""
    if re.fullmatch(r"https?://[^/]+(?:/(?:[a-z]{2}(?:[-_][a-zA-Z]{2})?)?)?/?", page.canonical.split("?")[0]):
        return []
    code = opengraph(page)["currency"]
    from_nodes = [product(node) for node in products] if len(products) > 1 else []
    options = [[one for one in some if one.get("name") and one.get("price") and one.get("url")] for some in (from_nodes, marked if len(marked) > 1 else [])]
    shown = tiles(page, code or next((one["currency"] for some in options for one in some if one["currency"]), None))
    best = max([shown, *options], key=len)
    if len(best) < 2:
        return []
    by_path = {_path(page.absolute(one["url"])): one for some in (shown, *options) for one in some if some is not best}
    return [_finished(page, merged([one, by_path.get(_path(page.absolute(one["url"])), {})]), crumbs, listed=True) for one in best]


def _finished(page, one, crumbs, listed=False):
    """Addresses made whole, photos checked, women/men decided."""
    photos = usable(page, one.get("image_urls") or [])
    address = page.absolute(one.get("url")) if one.get("url") else None
    if not listed:
        address = _own_address(page, address)
    gender = None
    if listed:
        own, around = said_in(f"{one['name']} {_path(address)}"), gender_of(page, {}, crumbs)
        gender = own.pop() if len(own) == 1 else around
    else:
        gender = gender_of(page, one | {"url": address}, crumbs)
    result = {key: one.get(key) for key in ("name", "brand", "price", "list_price", "currency", "rating", "review_count", "category", "colours", "product_key",
                                            "group_key", "availability")}
    if result["list_price"] and (not result["price"] or result["list_price"] <= result["price"]):
        result["list_price"] = None
    return result | {"url": address, "image_url": photos[0] if photos else None, "image_urls": photos, "gender": gender, "colours": [result["colours"]] if result["colours"] else []}


def _own_address(page, address):
    """The product's address: the canonical one if it is of this page's site, else what the data states, else the page's own."""
    for one in (page.canonical if page.has_canonical else None, address, page.url):
        if one and _host(one) and _host(one) == _host(page.url) and len(_path(one)) > len(_host(one)):
            return one
    return page.url if _host(page.url) else None


def _host(address):
    """The host of a web address without www, "" for anything else."""
    found = re.match(r"https?://(?:www\.)?([^/?#]+)", str(address), re.I)
    return found[1].lower() if found else ""
