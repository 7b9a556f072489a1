"""schema.org data in the markup itself (microdata, RDFa), and OpenGraph."""

from catalog.shops.numbers import count, currency, price, prices_in, rating
from catalog.shops.page import clean

PRICE_KEYS = ("product:sale_price:amount", "og:price:amount", "product:price:amount", "og:product:price:amount", "twitter:data1")
CURRENCY_KEYS = ("product:sale_price:currency", "og:price:currency", "product:price:currency")


def microdata(page):
    """Products stated by itemscope / itemprop or typeof / property. Returns list of product dicts, outermost ones only."""
    scopes = [tag for tag in page.tree.find_all(itemtype=lambda kind: kind and "schema.org/product" in kind.lower())]
    scopes += [tag for tag in page.tree.find_all(typeof=lambda kind: kind and "product" in kind.lower().replace("schema:", "").split())]
    known = set(map(id, scopes))
    outer = [tag for tag in scopes if not any(id(parent) in known for parent in tag.parents)]
    return [_product(tag, page) for tag in outer[:400]]


def _product(scope, page):
    def values(name):
        return [_value(tag) for tag in scope.find_all(lambda tag: _names(tag, name)) if not _in_other(tag, scope, name)]

    amounts = [one for one in map(price, values("price")) if one] or [one for one in map(price, values("lowprice")) if one]
    code = next((currency(one) for one in values("pricecurrency") if currency(one)), None)
    if not amounts:
        offer = scope.find(itemtype=lambda kind: kind and "offer" in kind.lower())
        amounts, code = ([shown[0][0]], shown[0][1]) if offer and (shown := [one for one in prices_in(offer.get_text(" ", strip=True)) if one[0] > 0]) else (amounts, code)
    number = next((one for one in map(count, values("reviewcount") + values("ratingcount")) if one), None)
    stars = rating(next(iter(values("ratingvalue")), None), next(iter(values("bestrating")), None))
    return {"name": next((clean(one) for one in values("name") if clean(one)), None), "brand": next((clean(one) for one in values("brand") if clean(one)), None),
            "price": amounts[0] if amounts else None, "list_price": None,
            "currency": code, "rating": stars if number or stars else None,
            "review_count": number, "url": next((one for one in values("url") if one), None), "image_urls": [one for one in values("image") if one],
            "category": next((clean(one) for one in values("category")), None), "colours": next((clean(one) for one in values("color")), None),
            "product_key": next((clean(one) for one in values("sku") + values("productid") if clean(one)), None),
            "availability": next((one for one in values("availability") if one), None), "scope": scope}


def _names(tag, name):
    stated = tag.get("itemprop") or tag.get("property")
    return isinstance(stated, str) and name in stated.lower().replace("schema:", "").split()


def _in_other(tag, scope, name):
    """Whether a property belongs to something inside the product that is not its offer, rating or brand."""
    inside = {"name": ("brand", "review", "author", "offer", "product", "organization", "person", "listitem"), "image": ("brand", "review", "person", "product"),
              "url": ("brand", "review", "offer", "organization", "listitem", "product"), "ratingvalue": ("review",), "category": (), "price": ("product",)}.get(name, ("product",))
    for parent in tag.parents:
        if parent is scope:
            return False
        kind = str(parent.get("itemtype") or parent.get("typeof") or "").lower().rsplit("/", 1)[-1]
        if kind and any(word in kind and not (word == "review" and "aggregate" in kind) for word in inside):
            return True
    return False


def _value(tag):
    """The value of a property, as the microdata standard reads it."""
    for name in ("content", "src", "href", "data-src") if tag.name in ("img", "meta", "link", "a", "source", "span", "div", "p") else ("content",):
        if tag.get(name) and not (name in ("href", "src") and tag.name in ("span", "div", "p")):
            if name == "href" and tag.name == "a" and "name" in str(tag.get("itemprop", "")).split():
                continue
            return tag[name]
    return tag.get_text(" ", strip=True)


def opengraph(page):
    """What OpenGraph and product meta tags state. Returns a product dict."""
    amount = next((price(value) for key in PRICE_KEYS for value in page.meta.get(key, []) if price(value)), None)
    code = next((currency(value) for key in CURRENCY_KEYS for value in page.meta.get(key, []) if currency(value)), None)
    kind = str(page.first("og:type") or "").lower()
    full = next((price(value) for key in ("product:original_price:amount", "og:price:standard_amount") for value in page.meta.get(key, []) if price(value)), None)
    return {"name": clean(page.first("og:title", "twitter:title")), "brand": clean(page.first("product:brand", "og:brand")), "price": amount,
            "list_price": full if full and amount and full > amount else None, "currency": code, "url": page.first("og:url"),
            "image_urls": [*page.meta.get("og:image:secure_url", []), *page.meta.get("og:image", []), *page.meta.get("twitter:image", [])],
            "audience": page.first("product:gender", "product:target_gender", "og:gender"), "is_product": "product" in kind,
            "product_key": page.first("product:retailer_item_id", "product:sku")}
