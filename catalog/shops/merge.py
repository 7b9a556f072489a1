"""One page's statements, joined by trust: which product the page is about, what each source says of it, and which word wins."""

import re

from catalog.shops import express, gap, jsonld, listing, magento, microdata, opengraph, page_text, rdfa, shopify, state, woocommerce
from catalog.shops.gender import gender_of
from catalog.shops.page import clean, path_of, place, plain, site, words
from catalog.shops.photos import usable
from catalog.shops.schema import ARTICLES, NO_PRODUCT, Graph

KEYS = ("name", "brand", "price", "list_price", "currency", "rating", "review_count", "url", "image_url", "image_urls", "gender", "category", "colours",
        "product_key", "group_key", "availability")
SIMPLE = ("name", "brand", "category", "colours", "product_key", "group_key", "availability", "audience", "state")
WALL = re.compile(r"captcha|are you (?:a )?(?:human|robot)|access (?:to this page has been )?denied|verify(?:ing)? (?:that )?you are (?:a )?human|unusual traffic|enable javascript and cookies|"
                  r"pardon our interruption|just a moment|attention required|security check|press (?:&|and) hold|request blocked|robot or human", re.I)
GONE = re.compile(r"^\W*(?:(?:error|fehler|http|page|seite)\W*)?(?:404|410)(?:\W*(?:error|page|not|seite)\b|\s*[|–—:-]|\W*$)|[|–—:-]\s*(?:(?:error|fehler|page)\W*)?404\W*$|"
                  r"not[- ]found|(?:can.?t|cannot|couldn.?t|could not|unable to) (?:find|locate)|no longer (?:available|exists?|sold)|(?:item|product|page|style) (?:is )?(?:not|un)[- ]?available|"
                  r"unavailable (?:product|item)|does(?:n.t| not) exist|page (?:is )?(?:missing|gone)|no results|0 results|nicht (?:gefunden|mehr verfügbar)|keine ergebnisse|introuvable|n.existe (?:pas|plus)|plus disponible|"
                  r"no (?:se )?(?:encontrad[oa]|encontró|existe)|non (?:trovat[oa]|disponibile)|niet (?:gevonden|beschikbaar)|не найден|hittades inte|oops|feeling lost|something went wrong", re.I)
NOT_SHOWN = re.compile(r"/(?:cart|bag|basket|checkout|warenkorb|panier|account|login|signin|wish-?list|customer-service|help|faq|about|stores?|store-locator|blogs?|journal|magazine|press|careers|contact)(?:/|$)", re.I)
FRONT = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?)?(?:/(?:[a-z]{2}(?:[-_][a-z]{2})?|home))?(?:/index\.html?)?/?", re.I)
MANY_TILES = 8


def products_of(page):
    """All products that a page states. page: catalog.shops.page.Page. Returns list of product dicts with KEYS."""
    found = shopify.answer(page)
    if found is not None:
        return [_finished(page, one, (), listed=True) for one in found]
    if "<" not in page.text or _is_wall(page):
        return []
    states = state.values(page)
    graph, marked = Graph(jsonld.values(page) + state.typed(states)), Graph(microdata.nodes(page) + rdfa.nodes(page))
    tiles = listing.tiles(page) if page.is_readable else []
    crumbs = max(graph.crumbs(), marked.crumbs(), key=len) or page.crumbs
    main = _one_product(page, graph, marked, states, tiles)
    if main is not None:
        return [_finished(page, main, crumbs)]
    return [_finished(page, one, crumbs, listed=True) for one in _listing(page, graph, marked, states, tiles)]


def _is_wall(page):
    """A page of a bot protection rather than of the shop."""
    if WALL.search(page.title or ""):
        return True
    said = words(page.tree, 1500) or ""
    return len(said) < 700 and bool(WALL.search(said))


def _is_gone(page):
    """A page that says it has nothing: what else it shows are recommendations."""
    told = [page.title, *(words(tag, 160) for tag in page.headings[:2])]
    return any(GONE.search(text) for text in told if text) or bool(re.search(r"/404\b|unavailable|not-found", page.stated_address or ""))


def _one_product(page, graph, marked, states, tiles):
    """The one product that the page is about, its sources joined; None for a listing or any other page."""
    told = [_own(page, source.products()) for source in (graph, marked)]
    structured = next((one for one, sure in told if one and sure), None) or next((one for one, _ in told if one), None)
    sure = any(sure for _, sure in told)
    if (_is_gone(page) and not sure) or (not structured and _is_front(page)):
        return None
    meta, shown = opengraph.product(page), page_text.product(page, tiles) if page.is_readable else page_text.NOTHING
    others = [tile for tile in tiles if not tile[2] and not page_text.is_of_page(page, *tile[:2])]
    if structured and structured["is_aggregate"] and len(others) >= MANY_TILES and not (structured["url"] or meta["is_product"]):
        return None                                     # a category that states the range of its prices as if it were a product
    in_state, in_shop = state.product(page, states), [gap.product(page, states), shopify.product(page, states), magento.product(page, states), woocommerce.product(page), express.product(page)]
    if not structured and not _is_about_one(page, graph, meta, shown, in_state, in_shop, tiles):
        return None
    of_graph, of_marks = ((one if one is not None and (structured is one or _same(one, structured)) else {}) for one, _ in told)
    joined = _joined([in_shop[0], of_graph, of_marks, *in_shop[1:], _named(page, meta), in_state, shown])
    joined = _at_sale(joined, [meta, shown, *in_shop])
    if any(one.get("unrated") for one in (of_graph, of_marks)):
        joined["rating"] = joined["review_count"] = None
    return joined | {"url": gap.address(page) or joined["url"], "name": joined["name"] or _title(page)}


def _same(one, other):
    """Whether two sources speak of one product: equal names, one within the other, equal keys, or no name to tell them apart."""
    mine, yours = plain(one["name"]), plain(other["name"])
    return not mine or not yours or mine in yours or yours in mine or (one["product_key"] and one["product_key"] == other["product_key"])


def _own(page, found):
    """(the product among several that is the page's own, whether its name or address says so); (None, False) where none is."""
    here = {place(address) for address in (page.url, page.own_address, page.stated_address) if address}
    best, most = None, 0.0
    for one in found:
        name, address = plain(one["name"]), page.absolute(one["url"]) if one["url"] else None
        at = 4 if address and place(address) in here and len(path_of(address)) > 1 else 0
        called = max((5 - 0.5 * rank for rank, own in enumerate(page.names[:5]) if name and name == own), default=0) or max(
            (2.0 for own in page.names[:6] if min(len(name), len(own)) >= 4 and (f" {name} " in f" {own} " or (len(found) == 1 and f" {own} " in f" {name} "))), default=0)
        weight = at + called + (0.5 if one["price"] else 0) + (0.2 if one["image_urls"] else 0)
        if weight > most and (at or called or len(found) == 1):
            best, most = one, weight
    if best is not None and len(found) > 2 and not _stands_out(page, best, found):
        return None, False
    return best, most >= 2


def _stands_out(page, best, found):
    """Whether a product among many is the page's own by its name, not a tile whose name the page's heading happens to hold."""
    others = [plain(one["name"]) for one in found if one is not best]
    heading = page.names[0] if page.names else ""
    return plain(best["name"]) in page.names[:3] or not any(other and (other in heading or heading in other) for other in others)


def _is_front(page):
    return bool(FRONT.fullmatch(path_of(page.own_address or page.url)))


def _is_about_one(page, graph, meta, shown, in_state, in_shop, tiles):
    """Whether a page without structured data is about one product: it calls itself one, its state does, or enough signs say so."""
    if NOT_SHOWN.search(path_of(page.url)) or graph.of(*NO_PRODUCT) or "article" in (page.first("og:type") or ""):
        return False
    name = shown["name"] or meta["name"] or in_state.get("name")
    if not name:
        return False
    if in_state.get("price") or any(one.get("price") for one in in_shop):
        return True
    if meta["is_product"]:
        return bool(meta["price"] or shown["price"] or (meta["image_urls"] and shown["evidence"] >= 2) or page_text.PRODUCT_PATH.search(page.own_address or page.url))
    listed = len(listing.products(tiles))
    if not shown["price"] or (listed >= 3 and not shown["evidence"] >= 4):
        return False
    return shown["evidence"] >= 3 and bool(shown["image_urls"] or meta["image_urls"])


def _named(page, meta):
    """OpenGraph's facts under the page's heading where og:title holds it: titles carry the shop's name, prices and advertising."""
    own = [words(tag) for tag in page.headings[:2]]
    name = next((text for text in own if text and meta["name"] and plain(text) and plain(text) in plain(meta["name"])), None) or _title(page)
    return meta | {"name": name if meta["name"] else None}


def _title(page):
    """The product's name in og:title and title: what both begin with, without the shop's name and what follows a price."""
    said = [text for text in (page.first("og:title", "twitter:title"), page.title) if text]
    if not said:
        return None
    common, both = said[0], len(said) == 2 and plain(said[0]) != plain(said[1])
    if both:
        shared = next((at for at, (one, other) in enumerate(zip(*said)) if one != other), min(map(len, said)))
        begun = said[0][:shared] if not said[0][shared - 1:shared + 1].isalnum() or shared == len(said[0]) else said[0][:shared].rsplit(" ", 1)[0]
        both = len(plain(begun)) > 3
        common = begun if both else common
    cut = re.split(r"\s+(?:за|for|ab|à partir de|from|купить|kaufen|buy|online)\b(?=.{0,20}\d|\s*$)", common)[0]
    cut = re.split(r"\s*[|•]\s*" if both else r"\s*[|•]\s*|\s+[–—·-]\s+(?!.*\s[–—·-]\s)|\s::?\s", cut)[0]
    shop = plain(page.first("og:site_name"))
    text = clean(cut.strip(" -–—|:·,."))
    return text if text and plain(text) != shop else None


def _joined(sources):
    """sources: product dicts, most trusted first. What the first states stands; an amount keeps the currency of its source, a rating its count."""
    result = {key: None for key in (*KEYS, "audience", "state")} | {"image_urls": [], "colours": []}
    for source in sources:
        amount = source.get("price")
        if amount is not None and result["price"] is None:
            result |= {key: source.get(key) for key in ("price", "list_price", "currency")}
        elif amount is not None and amount == result["price"]:
            result["currency"] = result["currency"] or source.get("currency")
            result["list_price"] = result["list_price"] or source.get("list_price")
        if source.get("rating") is not None or source.get("review_count") is not None:
            if result["rating"] is None and result["review_count"] is None:
                result |= {key: source.get(key) for key in ("rating", "review_count")}
            elif result["rating"] is None and source.get("review_count") in (None, result["review_count"]):
                result["rating"] = source["rating"]
            elif result["review_count"] is None and source.get("rating") in (None, result["rating"]):
                result["review_count"] = source["review_count"]
        for key in SIMPLE:
            result[key] = result[key] or source.get(key)
        result["url"] = result["url"] or source.get("url")
        result["image_urls"] = result["image_urls"] + [one for one in source.get("image_urls") or [] if isinstance(one, str)]
    return result


def _at_sale(joined, others):
    """A lower amount, shown beside the stated one as its former price, is the price; a stated amount that is another's in cents is divided."""
    for other in others:
        amount, full, code = other.get("price"), other.get("list_price"), other.get("currency")
        if not joined["price"] or not amount or code not in (None, joined["currency"]) and joined["currency"]:
            continue
        if full and abs(full - joined["price"]) < 0.006 and amount < joined["price"]:
            return joined | {"price": amount, "list_price": full}
        if abs(joined["price"] - 100 * amount) < 0.5 and joined["price"] >= 1000:
            return joined | {"price": amount, "list_price": full}
    return joined


def _listing(page, graph, marked, states, tiles):
    """The products of a listing: the largest of what tiles, structured data and state list, completed by the others. [] for any other page."""
    if _is_front(page) or _is_gone(page) or NOT_SHOWN.search(path_of(page.url)):
        return []
    if graph.of(*ARTICLES) or "article" in (page.first("og:type") or ""):
        return []
    listed = [listing.products(tiles)]
    listed += [[one for one in some if one.get("name") and one.get("url") and one.get("price")] for some in (graph.products(), marked.products(), state.listing(page, states))]
    best = max(listed, key=len)
    if len(best) < 2:
        return []
    rest = [{place(page.absolute(one["url"])): one for one in some} for some in listed if some is not best]
    return [_joined([one, *(some.get(place(page.absolute(one["url"])), {}) for some in rest)]) for one in best]


def _finished(page, one, crumbs, listed=False):
    """Addresses made whole, photos checked, women or men decided; the dict that catalog.shops.extract promises."""
    address = page.absolute(one.get("url")) if one.get("url") else None
    if not listed:
        own = page.own_address
        address = address if gap.address(page) else own if own and (page.stated_address or not address or site(address) != site(page.url)) else address or own
    photos = usable(page, one.get("image_urls") or [])
    result = {key: one.get(key) for key in KEYS} | {"url": address, "image_url": photos[0] if photos else None, "image_urls": photos}
    result["colours"] = [text for text in one.get("colours") or [] if text]
    result["category"] = one.get("category") or _category(crumbs, one.get("name"))
    if result["price"]:
        result["currency"] = result["currency"] or page.currency
    if not result["price"] or (result["list_price"] or 0) <= result["price"]:
        result["list_price"] = None
    result["gender"] = _gender(page, one | {"url": address}, crumbs, listed)
    return result


def _category(crumbs, name):
    """The last breadcrumb that is not the product itself, the shop's front page or a word for women or men alone."""
    named = [crumb for crumb in crumbs[1:] or crumbs if plain(crumb) and plain(crumb) != plain(name) and plain(crumb) not in ("home", "start", "accueil", "inicio")]
    return named[-1] if named else None


def _gender(page, one, crumbs, listed):
    """Of a tile: what its own name, address and data say, else what the listing says."""
    if not listed:
        return gender_of(page, one, crumbs)
    from catalog.shops.gender import is_unisex, said_in
    for text, in_name in ((one.get("audience"), False), (one.get("name"), True), (one.get("category"), False), (one.get("state"), False), (path_of(one.get("url")), True)):
        said = said_in(text, in_name)
        if is_unisex(text) or len(said) == 1:
            return "unisex" if is_unisex(text) else said.pop()
    return gender_of(page, {}, crumbs)
