"""A feed's row -> a product dict as catalog.shops.extract gives them, and a remark on each value that could not be used."""

import html
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from catalog.feeds.prices import read_price
from catalog.records import product_id
from catalog.shops import numbers
from catalog.shops.gender import UNISEX, said_in
from catalog.shops.photos import real
from fashflix.vocabulary import facet_of, word_for

LONGEST_NAME = 300
CHILDREN = {"kids", "kid", "newborn", "infant", "toddler", "baby", "children", "child", "girls", "boys"}
STOCK = {
    **dict.fromkeys(("instock", "true", "yes", "limitedavailability", "availablefororder"), "in stock"),
    **dict.fromkeys(("outofstock", "false", "no", "soldout", "discontinued"), "out of stock"),
    **dict.fromkeys(("preorder", "backorder"), "preorder"),
}


@dataclass(frozen=True)
class Row:
    """One row's fate. product: dict, also when it is left out. left_out: why, or None. remarks: on values that stay empty."""

    number: int
    product: dict
    remarks: tuple
    left_out: str | None = None


def read_rows(feed, mapping, shop, currency=None, site=None, has_files=False):
    """Rows of a feed as products, in order.

    mapping: {field: column} as catalog.feeds.fields.guess gives it. shop: its name, the first part of product ids.
    currency: of prices that state none, or None. site: the shop's address, for links that are not whole.
    has_files: photos may be file names.
    Returns list of Row; of two rows with one product number, the first is used.
    """
    seen, rows = {}, []
    for number, cells in feed.rows:
        row = _row(number, {field: cells.get(column) for field, column in mapping.items()}, shop, currency, site, has_files)
        if row.left_out is None:
            first = seen.setdefault(row.product["product_id"], number)
            if first != number:
                row = Row(number, row.product, row.remarks, f"its product number is the same as in row {first}, which is used")
        rows.append(row)
    return rows


def _row(number, cells, shop, currency, site, has_files):
    remarks = []
    product = {
        "name": _plain(cells.get("name"))[:LONGEST_NAME] or None, "brand": _plain(cells.get("brand")) or None, "shop": shop,
        "product_key": _plain(cells.get("product_key")) or None, "group_key": _plain(cells.get("group_key")) or None,
        "url": _address(cells.get("url"), site, "the address of its page", remarks),
        "availability": _stock(cells.get("availability"), remarks),
        "category": _category(cells.get("category")), "colours": _colours(cells.get("colours"), remarks),
        "rating": _number(numbers.rating, cells.get("rating"), "rating", remarks),
        "review_count": _number(numbers.count, cells.get("review_count"), "number of reviews", remarks),
        **_prices(cells, currency, remarks), **_photos(cells, site, has_files, remarks),
    }
    product["gender"] = _gender(cells, product["name"], remarks)
    product["product_id"] = product_id(product)
    return Row(number, product, tuple(remarks), _unusable(product))


def _unusable(product):
    if not product["name"]:
        return "it has no name"
    if not product["image_url"] and not product["files"]:
        return "it has no photo that can be fetched"
    return None


def _prices(cells, currency, remarks):
    """price, list_price, currency. A reduced price is the price; what it was before stays beside it."""
    own = numbers.currency(_plain(cells.get("currency"))) or currency
    found = {}
    for field in ("price", "sale_price", "list_price"):
        found[field] = read_price(_plain(cells.get(field)), own)
        if cells.get(field) and found[field].amount is None:
            remarks.append(f"{field.replace('_', ' ')} {_short(cells[field])}: {found[field].problem}, so it stays empty")
    price, sale, full = found["price"], found["sale_price"], found["list_price"]
    amount, before = price.amount, full.amount or price.before
    stated = {one.currency for one in found.values() if one.currency}
    if len(stated) > 1:
        remarks.append(f"prices in {' and '.join(sorted(stated))}: only the price is used")
        sale = full = read_price("", None)
        before = price.before
    if sale.amount is not None and amount is not None and sale.amount > amount:
        remarks.append(f"reduced price {_short(cells['sale_price'])} is higher than the price, so it is not used")
    elif sale.amount is not None:
        amount, before = sale.amount, amount if amount != sale.amount else before
    if amount is None and before is not None:
        before = None
    code = (price.currency or sale.currency or full.currency or own) if amount is not None else None
    if amount is not None and code is None:
        remarks.append("the price has no currency, so no price filter finds it")
    is_reduced = before is not None and amount is not None and before > amount
    return {"price": amount, "list_price": before if is_reduced else None, "currency": code}


def _photos(cells, site, has_files, remarks):
    """image_url, image_urls, and files: names of photos in a folder of the vendor's."""
    addresses, files = [], []
    for field in ("image_url", "image_urls"):
        for text in _parts(cells.get(field)):
            whole = _address(text, site if "/" in text else None, "the photo", remarks if not has_files else [])
            if whole and not real(whole):
                remarks.append(f"the photo {_short(text)} is a placeholder")
            elif whole:
                addresses.append(whole)
            elif has_files and not re.match(r"\w+:", text):
                files.append(text)
    addresses = list(dict.fromkeys(addresses))
    return {"image_url": addresses[0] if addresses else None, "image_urls": addresses, "files": files}


def _parts(text):
    return [part.strip() for part in re.split(r"\||,\s*(?=https?:)|;\s*(?=https?:)|\s+(?=https?:)", str(text or "")) if part.strip()]


def _address(text, site, what, remarks):
    """An absolute http address, or None with a remark."""
    text = _plain(text).replace(" ", "%20")
    if not text:
        return None
    whole = urljoin(site.rstrip("/") + "/", text) if site and not re.match(r"\w+:", text) else text
    try:
        parts = urlsplit(whole)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.username is None and re.fullmatch(r"[^\s<>\"\\]+", whole)
    except ValueError:
        good = False
    if not good:
        remarks.append(f"{what} {_short(text)} is not a whole web address, so it stays empty")
    return whole if good else None


def _gender(cells, name, remarks):
    """women, men, unisex or None: the column that says so, else the category's path, else the name. Children's things are for neither."""
    age, stated = _plain(cells.get("age_group")).lower(), _plain(cells.get("gender"))
    if age in CHILDREN or stated.lower() in CHILDREN:
        remarks.append("it is for children, so women or men stays empty")
        return None
    if stated:
        said = said_in(stated)
        if stated.lower() in UNISEX or len(said) == 2:
            return "unisex"
        word = word_for(stated)
        if said or facet_of(word or "") == "gender":
            return said.pop() if said else word
        remarks.append(f"women or men {_short(stated)} is neither, so it stays empty")
        return None
    for text in (cells.get("category"), name):
        said = said_in(_plain(text))
        if len(said) == 1:
            return said.pop()
    return None


def _category(text):
    """A shop's words for the type, without what only says women or men; catalog.sources brings it into the vocabulary."""
    return _plain(text) or None


def _colours(text, remarks):
    words = [word.strip() for word in re.split(r"[/,;&|+]|\band\b|\bund\b", _plain(text)) if word.strip()]
    known = [word for word in (word_for(word) for word in words) if word and facet_of(word) == "colour"]
    if words and not known:
        remarks.append(f"colour {_short(text)} is none that FashFlix knows, so it stays empty")
    return list(dict.fromkeys(known))


def _stock(text, remarks):
    plain = re.sub(r"[\W_]+", "", _plain(text).lower())
    plain = plain.rpartition("schemaorg")[2] if "schemaorg" in plain else plain
    if not plain:
        return None
    if plain.isdigit():
        return "in stock" if int(plain) else "out of stock"
    if plain not in STOCK:
        remarks.append(f"availability {_short(text)} is none that FashFlix knows, so it stays empty")
    return STOCK.get(plain)


def _number(read, text, what, remarks):
    text = _plain(text)
    value = read(text) if text else None
    if text and value is None and not re.fullmatch(r"0(?:[.,]0+)?", text):       # 0: nobody has rated it yet
        remarks.append(f"{what} {_short(text)} is not usable, so it stays empty")
    return value


def _plain(text):
    """Text in one line, without control characters; &amp; and the like become what they stand for. Nobody reads it as markup."""
    text = html.unescape(text) if text and re.search(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);", text) else text or ""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def _short(text):
    return repr(_plain(text)[:60])
