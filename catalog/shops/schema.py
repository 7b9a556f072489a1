"""schema.org nodes -> product dicts. A node is a dict with "@type"; JSON-LD, microdata, RDFa and framework state all become such nodes."""

import re
from functools import cached_property

from catalog.shops.numbers import count, currency, machine_number, price, rating
from catalog.shops.page import clean, place, plain

PRODUCTS = {"product", "productgroup", "individualproduct", "productmodel", "someproducts"}
OTHERS = {"issimilarto", "isrelatedto", "isaccessoryorsparepartfor", "isconsumablefor", "review", "reviews", "recommendations", "isvariantof"}
ARTICLES = {"newsarticle", "article", "blogposting", "recipe", "event", "jobposting", "profilepage"}
NO_PRODUCT = {*ARTICLES, "collectionpage", "searchresultspage"}
STOCK = {"instock": "in stock", "limitedavailability": "in stock", "onlineonly": "in stock", "instoreonly": "in stock", "available": "in stock",
         "outofstock": "out of stock", "soldout": "out of stock", "oos": "out of stock", "discontinued": "out of stock", "unavailable": "out of stock",
         "preorder": "preorder", "presale": "preorder", "backorder": "preorder"}
DEEPEST, MOST_NODES, MOST_OFFERS, MOST_PRODUCTS = 40, 30_000, 400, 600


class Graph:
    """The nodes of some JSON values, references by @id followed.

    values: parsed JSON. Nodes inside related products and reviews are left out.
    """

    def __init__(self, values):
        self.nodes, self.by_id = [], {}
        waiting, seen = [(value, 0) for value in reversed(list(values))], 0
        while waiting and seen < MOST_NODES:
            one, depth = waiting.pop()
            seen += 1
            inner = list(one.items()) if isinstance(one, dict) else [("", item) for item in one] if isinstance(one, list) else []
            if isinstance(one, dict) and one.get("@type"):
                self.nodes.append(one)
                if isinstance(one.get("@id"), str) and len(one) > 2:
                    self.by_id.setdefault(one["@id"], one)
            if depth < DEEPEST:
                waiting += [(item, depth + 1) for key, item in reversed(inner) if isinstance(item, (dict, list)) and key.lower() not in OTHERS]

    @cached_property
    def ratings(self):
        """The first AggregateRating nodes that name what they are about."""
        return [node for node in self.of("aggregaterating") if get(node, "itemReviewed")][:50]

    def of(self, *kinds):
        """Nodes of some types, in page order."""
        return [node for node in self.nodes if types(node) & set(kinds)]

    def follow(self, value):
        """The values of a property as a list, references replaced by what they name."""
        return [self.by_id.get(one["@id"], one) if isinstance(one, dict) and isinstance(one.get("@id"), str) and len(one) <= 2 else one
                for one in listed(value)]

    def nodes_in(self, node, *names):
        """The dicts that properties of a node hold, in order."""
        return [one for name in names for one in self.follow(get(node, name)) if isinstance(one, dict)]

    def products(self):
        """Every product that is stated with a name: list of product dicts. Variants of a group are the group's; equal ids or names are one."""
        found = self.of(*PRODUCTS)
        for offer in self.of("offer", "aggregateoffer"):
            for item in self.nodes_in(offer, "itemOffered"):
                if types(item) & PRODUCTS and not get(item, "offers"):
                    item["offers"] = {key: value for key, value in offer.items() if key != "itemOffered"}
        inside = {id(variant) for node in found for variant in self.nodes_in(node, "hasVariant", "model") if node is not variant}
        kept = {}
        for node in found:
            name = first(get(node, "name"))
            key = node.get("@id") if isinstance(node.get("@id"), str) else plain(name) + place(first(get(node, "url")))
            if id(node) in inside or not (name or get(node, "offers") or get(node, "hasVariant")):
                continue
            if len(kept) >= MOST_PRODUCTS:
                break
            known = kept.get(key)
            if known is None or (not known["name"] and name):
                kept[key] = self.product(node)
        return list(kept.values())

    def product(self, node):
        """One Product or ProductGroup node as a product dict; unrated says that the node itself states that nobody rated it."""
        variants = self.nodes_in(node, "hasVariant", "model")[:MOST_OFFERS]
        offers = [offer for one in (node, *variants) for offer in self.nodes_in(one, "offers")][:MOST_OFFERS]
        if not offers and (get(node, "price") or get(node, "lowPrice")):
            offers = [node]
        amount, full, code = self._best_offer(offers)
        stars, number, unrated = self._rated(node)
        pictures = [picture for one in (node, *variants[:1], *offers[:1]) for picture in self._pictures(get(one, "image"))]
        group = [get(node, "productGroupID"), get(node, "inProductGroupWithID"), *(get(one, "productGroupID") for one in self.nodes_in(node, "isVariantOf"))]
        return {
            "name": first(get(node, "name")), "brand": first(self.follow(get(node, "brand"))) or first(self.follow(get(node, "manufacturer"))),
            "price": amount, "list_price": full, "currency": code, "rating": stars, "review_count": number, "unrated": unrated,
            "url": first(get(node, "url")) or next((first(get(one, "url")) for one in offers if first(get(one, "url"))), None) or _id(node),
            "image_urls": pictures, "audience": self._audience(node, variants[:1]), "category": self._category(node), "colours": _colours(node, variants),
            "product_key": next((first(get(node, name)) for name in ("sku", "productID", "mpn") if first(get(node, name))), None) or (
                first(get(variants[0], "sku")) if len(variants) == 1 else None),
            "group_key": next((first(one) for one in group if first(one)), None),
            "availability": _availability([first(get(one, "availability")) for one in offers]),
            "is_aggregate": any("aggregateoffer" in types(one) for one in offers) and not first(get(node, "sku")),
        }

    def _best_offer(self, offers, deep=0):
        """The lowest price that any offer states, its list price and currency. Prices of what is in stock are not preferred: the page names the range."""
        found = []
        for offer in offers:
            details = self.nodes_in(offer, "priceSpecification")
            code = next((currency(first(get(one, "priceCurrency"))) for one in (offer, *details) if currency(first(get(one, "priceCurrency")))), None)
            full = [price(first(get(one, "price")), code) for one in details if _is_former(one)]
            stated = [first(get(offer, "price")), first(get(offer, "lowPrice")), *(first(get(one, name)) for name in ("price", "minPrice") for one in details
                                                                               if not _is_former(one))]
            amount = next((price(one, code) for one in stated if price(one, code)), None)
            if amount is None and deep < 3:
                amount, _, inner = self._best_offer(self.nodes_in(offer, "offers"), deep + 1)
                code = inner or code
            if amount is not None:
                found.append((amount, max((one for one in full if one and one > amount), default=None), code))
        return min(found, key=lambda one: one[0]) if found else (None, None, None)

    def _rated(self, node):
        """(rating, number of reviews, whether the node says that nobody rated) of a product, from its own rating or one beside it that names it."""
        beside = [one for one in self.ratings if self._is_about(one, node)]
        own = self.nodes_in(node, "aggregateRating")
        for one in own + beside:
            number = count(first(get(one, "reviewCount"))) or count(first(get(one, "ratingCount")))
            stars = rating(first(get(one, "ratingValue")), first(get(one, "bestRating")))
            counts = [machine_number(first(get(one, name))) for name in ("reviewCount", "ratingCount")]
            if number or (stars and not any(value == 0 for value in counts)):
                return stars, number, False
        return None, None, bool(own)

    def _is_about(self, rated, node):
        about = self.nodes_in(rated, "itemReviewed")
        return any(one is node or (first(get(one, "name")) and first(get(one, "name")) == first(get(node, "name"))) for one in about)

    def _pictures(self, value):
        """Addresses in an image value: text, list, ImageObject."""
        found = []
        for one in self.follow(value)[:60]:
            if isinstance(one, dict):
                found += [text for name in ("contentUrl", "url", "@id", "image", "thumbnailUrl") for text in listed(get(one, name)) if isinstance(text, str)][:1]
            elif isinstance(one, str) and one.strip():
                found.append(one.strip())
        return found

    def _audience(self, node, variants):
        """Words that name for whom a product is, or None."""
        said = [text for one in (node, *variants) for part in (*self.nodes_in(one, "audience"), one)
                for text in (first(get(part, "suggestedGender")), first(get(part, "gender")), first(get(part, "audienceType")) if part is not one else None) if text]
        said += [first(get(one, "value")) for one in self.nodes_in(node, "additionalProperty") if re.fullmatch(r"gender|geschlecht|genre|sexe?|department", plain(first(get(one, "name"))))]
        said += [first(one) for one in listed(get(node, "audience")) if isinstance(one, str)]
        return " | ".join(text.rsplit("/", 1)[-1] if text.startswith("http") else text for text in said if text) or None

    def _category(self, node):
        text = first(self.follow(get(node, "category")))
        return text if text and not text.startswith("http") and not text.isdigit() else None

    def crumbs(self):
        """The names of a BreadcrumbList, outermost first. Returns list of texts; of several lists the longest."""
        trails = []
        for node in self.of("breadcrumblist", "breadcrumb"):
            items = [one for one in self.nodes_in(node, "itemListElement", "child") or [node]]
            items.sort(key=lambda one: machine_number(first(get(one, "position"))) or 0)
            named = [first(get(one, "name")) or first(get(one, "title")) or next((first(get(inner, "name")) for inner in self.nodes_in(one, "item")), None) for one in items]
            trails.append([name for name in named if name][:12])
        single = [name for trail in trails if len(trail) == 1 for name in trail]
        return max([*trails, list(dict.fromkeys(single))], key=len, default=[])


def types(node):
    """The types of a node, lower case, without address."""
    return {re.split(r"[/#:]", str(one))[-1].lower() for one in listed(node.get("@type"))}


def listed(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def get(node, name):
    """A property by name, whatever its case or schema: prefix."""
    if name in node:
        return node[name]
    wanted = name.lower()
    return next((value for key, value in node.items() if isinstance(key, str) and key.lower().removeprefix("schema:") == wanted), None)


def first(value, deep=0):
    """A plain text from a value that may be a number, a list, or a node with a name or value; None where there is none."""
    for one in listed(value)[:20]:
        if isinstance(one, dict) and deep < 4:
            one = first(next((one[key] for key in ("name", "@value", "value", "title") if one.get(key)), None), deep + 1)
        if isinstance(one, list) and deep < 4:
            one = first(one, deep + 1)
        text = clean(one)
        if text and text.lower() not in ("null", "undefined", "none", "n/a", "nan"):
            return text
    return None


def _is_former(detail):
    return bool(re.search(r"list|strike|srp|regular|original|msrp", " ".join(filter(None, (first(get(detail, "priceType")), first(get(detail, "name"))))), re.I))


def _id(node):
    return node["@id"] if isinstance(node.get("@id"), str) and node["@id"].startswith("http") else None


def _colours(node, variants):
    """Colours as the shop writes them, in order, each once."""
    said = [first(get(one, "color")) for one in (node, *variants[:40])]
    return list(dict.fromkeys(text for text in said if text and len(text) < 60))[:12]


def availability(text):
    """ "in stock", "out of stock", "preorder" or None, from schema.org's, OpenGraph's or Google's words."""
    return STOCK.get(re.sub(r"[\W_]", "", str(text or "").rsplit("/", 1)[-1].lower()))


def _availability(said):
    known = [availability(one) for one in said if availability(one)]
    return next((one for one in ("in stock", "preorder", "out of stock") if one in known), None)
