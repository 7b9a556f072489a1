"""What a person reads on a product page: heading, price, stars, reviews, main photo. Used where structured data is silent."""

import re

from catalog.shops import prices, ratings
from catalog.shops.page import around, marks, place, plain, words
from catalog.shops.photos import is_small, of_image
from catalog.shops.zones import is_elsewhere

BUY = re.compile(r"add[\s_-]*to[\s_-]*(?:cart|bag|basket|trolley)|(?:^|\s)buy(?: it)? now|in den (?:einkaufswagen|warenkorb)|ajouter au panier|añadir (?:a la|al) (?:cesta|carrito|bolsa)|agregar al carrito|"
                 r"aggiungi al (?:carrello|sacchetto)|in (?:mijn )?winkel(?:wagen|mand)|lägg i (?:varukorg|kundvagn)|læg i kurv|legg i handlekurv|lisää (?:koriin|ostoskoriin)|do koszyka|do košíku|"
                 r"adicionar (?:ao carrinho|à sacola)|comprar|в корзину|加入购物车|加入購物車|カートに(?:入れる|追加)|장바구니|sepete ekle|notify me when|out of stock|sold out", re.I)
PRODUCT_PATH = re.compile(r"/(?:p|pd|pdp|dp|prd|pro|product|products|produit|produkt|produkte|producto|productos|prodotto|item|items|goods|artikel|article-\d+|shop/[^/]+/[^/]+)/[^/]|"
                          r"/productpage|/product\.do|[-_/]p-?\d{3,}|-p\.html|\d{5,}(?:\.html?)?$|-[a-z]?\d{4,}(?:\.html?|/)?$", re.I)
NEARBY, FAR = 9, 14             # ancestors of the heading in which the product's own block is looked for
GALLERY = re.compile(r"gallery|galerie|product[-_ ]?(?:image|photo|media|picture|img)|main[-_]?image|landingimage|primary|pdp|wp-post-image|zoom|carousel-item|hero|slide|fotorama|detail", re.I)


NOTHING = {"name": None, "price": None, "list_price": None, "currency": None, "rating": None, "review_count": None, "image_urls": [], "evidence": 0}


def product(page, tiles):
    """What the page shows of one product: product dict with `evidence`, the number of signs that the page is about one product.

    tiles: as catalog.shops.listing.tiles gives; what lies inside them belongs to other products.
    """
    others = {id(tile) for tile, one, _ in tiles if not is_of_page(page, tile, one)}
    heading = next((tag for tag in page.headings if not is_elsewhere(tag) and not _is_in(tag, others)), None)
    amount, full, code = _price(page, heading, others)
    stars, number = ratings.of_product(page, _scopes(heading, NEARBY), lambda tag: _is_in(tag, others))
    photo = _photo(page, heading, others)
    return {"name": words(heading) if heading is not None else None, "price": amount, "list_price": full, "currency": code, "rating": stars, "review_count": number,
            "image_urls": [photo] if photo else [], "evidence": _evidence(page, others, amount)}


def is_of_page(page, tile, one):
    """Whether what looks like a tile is the page's own product: it holds the heading, or has the page's address or name."""
    return (place(one["url"]) == place(page.own_address) or plain(one["name"]) in page.names[:4]
            or any(above is tile for heading in page.headings[:3] for above in (heading, *list(heading.parents)[:12])))


def _is_in(tag, others):
    return id(tag) in others or any(id(one) in others for one in list(tag.parents)[:20])


def _evidence(page, others, amount):
    """Signs that the page is about one product: a way to buy it outside tiles, an address like a product's, one heading that og:title repeats."""
    buy = any(BUY.search(" ".join(str(part) for part in (words(tag, 60), tag.get("value"), tag.get("name"), tag.get("id"), tag.get("aria-label"), tag.get("title")) if part)[:200])
              and not is_elsewhere(tag) and not _is_in(tag, others)
              for tag in page.tree.find_all(["button", "input", "a", "product-form"], limit=1500))
    named = plain(page.first("og:title")) and plain(page.first("og:title")) in [plain(words(tag)) for tag in page.headings[:4]]
    address = bool(PRODUCT_PATH.search(page.own_address or page.url))
    return 2 * buy + bool(named) + address + bool(amount)


def _scopes(heading, far):
    return list(around(heading, far))[1:] if heading is not None else []


def _price(page, heading, others):
    """(price, list price, code) of the elements nearest to the heading that call themselves a price, else of amounts in the words beside it."""
    scopes = _scopes(heading, FAR)
    for scope in [*scopes, page.tree.body or page.tree]:
        mine = [tag for tag in prices.priced(scope, 60) if not is_elsewhere(tag) and not _is_in(tag, others) and tag is not heading]
        for at, tag in enumerate(mine):
            together = [one for one in mine[at:at + 6] if one is tag or _are_close(tag, one)]
            found = prices.read(together, page.here, page.currency)
            if found[0]:
                return found if found[1] else _with_former(page, tag, found)
    for scope in scopes[:6]:
        if len(words(scope, 3000) or "") < 3000 and not any(id(tag) in others for tag in scope.find_all(True, limit=1500)):
            found = prices.read([scope], page.here)
            if found[0]:
                return found
    return None, None, None


def _with_former(page, tag, found):
    """The price, with a former one that stands beside it in an element without a telling name."""
    for above in (tag.parent, tag.parent.parent if tag.parent is not None else None):
        if above is not None and above.name not in ("body", "html", "main", "[document]") and len(words(above, 300) or "") < 160:
            wider = prices.read([above], page.here, page.currency)
            if wider[1] and wider[0] == found[0]:
                return wider
    return found


def _are_close(one, other):
    """Whether two elements share their parent, or its parent."""
    if one.parent is other.parent:
        return True
    above = [id(tag) for tag in (one.parent, one.parent.parent if one.parent is not None else None) if tag is not None and tag.name not in ("body", "html")]
    return any(id(tag) in above for tag in (other.parent, other.parent.parent if other.parent is not None else None) if tag is not None)


def _photo(page, heading, others):
    """The first picture that calls itself the product's, else the first real one near the heading. Returns an address or None."""
    images = [tag for tag in page.tree.find_all("img", limit=600) if not is_small(tag)]
    for tag in images:
        if any(GALLERY.search(marks(one)) for one in around(tag, 6)) and not is_elsewhere(tag) and not _is_in(tag, others) and of_image(tag):
            return of_image(tag)
    for scope in _scopes(heading, NEARBY):
        for tag in scope.find_all("img", limit=30):
            if not is_small(tag) and not is_elsewhere(tag) and not _is_in(tag, others) and of_image(tag):
                return of_image(tag)
    return None
