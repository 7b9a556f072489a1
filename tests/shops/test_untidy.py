"""Untidy pages: what shops really write beside the standards. Each row of a table is one way of writing, and what a person would read in it."""

import json

import pytest

from catalog.shops import extract

URL = "https://www.shop.example/products/linen-shirt"
SHIRT = {"@context": "https://schema.org", "@type": "Product", "name": "Linen Shirt", "image": "/i/a.jpg",
         "offers": {"@type": "Offer", "price": "49.00", "priceCurrency": "USD"}}
BARE = {key: value for key, value in SHIRT.items() if key != "image"}
H1 = "<h1>Linen Shirt</h1>"
BUY = "<button>Add to bag</button><img class=product-image src='/i/a.jpg' width=600 height=800>"
IS_PRODUCT = '<meta property="og:type" content="product"><meta property="og:title" content="Linen Shirt"><meta property="og:image" content="/i/a.jpg">'


def page(body, head="", title="Linen Shirt | Shop", language="en"):
    menu = "<nav><a href='/women'>Women</a><a href='/men'>Men</a></nav>"
    return f"<!doctype html><html lang={language}><head><title>{title}</title>{head}</head><body>{menu}{body}</body></html>".encode()


def ld(*values):
    return "".join(f'<script type="application/ld+json">{one if isinstance(one, str) else json.dumps(one)}</script>' for one in values)


def check(body, expected, url=URL):
    found = extract(body, url, "text/html; charset=utf-8")
    assert len(found) == 1 and {key: found[0][key] for key in expected} == expected


@pytest.mark.parametrize("block", [
    json.dumps(json.dumps(SHIRT)),
    json.dumps(SHIRT)[:-1],
    json.dumps(SHIRT | {"description": "a long text"})[:-9],
    json.dumps({"description": "XX"} | SHIRT).replace("XX", 'Our "best" shirt, 5" hem'),
    json.dumps(SHIRT | {"description": "XX"}).replace("XX", r"5\" and 3\' and \x41"),
    '{"@type": "Organization", "name": "Shop"},' + json.dumps(SHIRT),
], ids=["JSON in a string", "a bracket missing", "cut off in a text", "bare quotes", "escapes that JSON has not",
        "two values with a comma"])
def test_broken_json_is_completed(block):
    check(page(H1, ld(block)), {"name": "Linen Shirt", "price": 49.0, "currency": "USD"})


def test_of_offers_in_several_currencies_the_visitors_counts_and_amounts_are_not_compared():
    offers = [{"price": price, "priceCurrency": code} for price,
              code in (("4500", "JPY"), ("42.00", "EUR"), ("49.00", "USD"), ("39.00", "GBP"))]
    block = ld(SHIRT | {"offers": offers})
    check(page(H1, block, language="en-US"), {"price": 49.0, "currency": "USD"})
    check(page(H1, block + '<meta property="og:price:currency" content="GBP">'), {"price": 39.0, "currency": "GBP"})
    check(page(H1, block), {"price": 42.0, "currency": "EUR"}, "https://shop.de/p/linen-shirt")
    check(page(H1, block), {"price": 4500.0, "currency": "JPY"})


def test_a_group_of_variants_has_the_pages_address_and_its_lowest_price():
    variants = [{"@type": "Product", "name": f"Linen Shirt - {size}", "color": "Red",
                 "offers": {"url": f"/products/linen-shirt?variant={size}", "price": price, "priceCurrency": "USD"}} for size,
                price in (("S", 55), ("M", 49))]
    check(page(H1, ld({"@type": "ProductGroup", "name": "Linen Shirt", "productGroupID": "LS", "hasVariant": variants})),
          {"name": "Linen Shirt", "price": 49.0, "url": URL, "group_key": "LS", "colours": ["Red"]})


STATES = {
    "nuxt 3": '<script type="application/json" id="__NUXT_DATA__">' + json.dumps(
        [["Reactive", 1], {"data": 2}, {"product": 3}, {"name": 4, "price": 5, "currency": 6, "images": 7}, "Linen Shirt", 49, "USD", [8],
         "https://cdn.example/a.jpg"]) + "</script>",
    "prices in an object": "<script>window.__PRELOADED_STATE__ = " + json.dumps(
        {"pdp": {"productName": "Linen Shirt", "prices": {"currentPrice": 49, "fullPrice": 70, "currency": "USD"},
                 "images": ["/i/a.jpg"]}}) + ";</script>",
    "base and promotion": "<script>window.__PRELOADED_STATE__ = " + json.dumps({"entity": {"E1": {"product": {
        "name": "Linen Shirt", "prices": {"base": {"currency": {"code": "USD"}, "value": 69.9},
                                          "promo": {"currency": {"code": "USD"}, "value": 49.0}},
        "images": {"main": {"00": {"image": "https://cdn.example/a.jpg"}}}}}}}) + "</script>",
    "JSON.parse": "<script>window.__INITIAL_STATE__ = JSON.parse(" + json.dumps(json.dumps(
        {"product": {"name": "Linen Shirt", "price": 49, "currency": "USD", "image": "/i/a.jpg"}})) + ")</script>",
}


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_states_of_frameworks_are_read(state):
    check(page(H1 + state), {"name": "Linen Shirt", "price": 49.0, "currency": "USD"})


def test_rdfa_with_rel_around_an_offer():
    check(page('<div typeof="schema:Product"><h1 property="schema:name">Linen Shirt</h1><div rel="schema:offers"><div typeof="schema:Offer">'
               '<span property="schema:priceCurrency" content="USD"></span><span property="schema:price">49.00</span></div></div></div>'),
          {"name": "Linen Shirt", "price": 49.0, "currency": "USD"})


@pytest.mark.parametrize("shown, url, expected", [
    ("<p class=price>Rp 299.000</p>", URL, (299000.0, None, "IDR")), ("<p class=price>499,-</p>", "https://www.shop.no/p/linen-shirt",
                                                                      (499.0, None, "NOK")),
    ("<p class=price>$89.95</p>", "https://www.shop.com.au/p/linen-shirt", (89.95, None, "AUD")),
                                                  ("<p class=price>CHF 49.–</p>", URL, (49.0, None, "CHF")),
    ("<p class=price>₹1,29,999</p>", URL, (129999.0, None, "INR")), ("<p class=price>From $29.00 - $49.00</p>", URL, (29.0, None, "USD")),
    ("<div class=price>39,99 € <s>59,99 €</s> <small>Niedrigster Preis der letzten 30 Tage: 35,99 €</small></div>", URL,
     (39.99, 59.99, "EUR")),
    ("<p>4 payments of <b>$12.25</b></p><p class=product-price>$49.00</p>", URL, (49.0, None, "USD")),
    ("<span class=price>$49.00</span><span class=club-price>Club $40.00</span>", URL, (49.0, None, "USD")),
    ("<span class=member-price>Members: $40.00</span>", URL, (40.0, None, "USD")),
    ("<p class=price>$49.00 CAD</p>", URL, (49.0, None, "CAD")), ("<p class=price>199.00 د.إ</p>", URL, (199.0, None, "AED")),
    ("<p class=price>R$ 199,90 ou 4x de R$ 49,97</p>", URL, (199.9, None, "BRL")),
                                                  ("<p class=price>1 299,90 zł</p>", URL, (1299.9, None, "PLN")),
    ("<p class=price>$59.990</p>", "https://shop.cl/p/polera", (59990.0, None, "CLP")),
    ("<div class=price>MRP ₹1,999 <b>₹999</b> (50% OFF)</div>", URL, (999.0, 1999.0, "INR")),
    ("<p class=price>£49.00 inc VAT <span>£40.83 ex VAT</span></p>", URL, (49.0, None, "GBP")),
    ("<p class=price>$49.00 <b>2 for $90.00</b></p>", URL, (49.0, None, "USD")),
    ("<p>Price: <b class=now>€49.00</b> <i class=priceold>€70.00</i></p>", URL, (49.0, 70.0, "EUR")),
    ("<p class=price>Was £70.00 Now £49.00 Save £21.00</p>", URL, (49.0, 70.0, "GBP")),
])
def test_prices_as_shops_show_them(shown, url, expected):
    body = page(f"<main><div class=product-detail>{H1}{shown}{BUY}</div></main>", IS_PRODUCT)
    check(body, dict(zip(("price", "list_price", "currency"), expected)), url)


@pytest.mark.parametrize("shown, rating, number", [
    ("<a aria-label='Rated 4.4 out of 5 stars'>★★★★☆ <span>(312)</span></a>", 4.4, 312),
    ("<div class=yotpo><span>4.7 star rating</span><a>128 Reviews</a></div>", 4.7, 128),
    ("<div class=rating><span>4.3</span><a>27 reviews</a></div>", 4.3, 27),
    ("<div class=review-count>(27)</div><div class=avg-rating>4.3</div>", 4.3, 27),
    ("<div class=star-rating><span style='width:86%'></span></div><a>27 reviews</a>", 4.3, 27),
    ("<div class=trustpilot-widget>Rated 4.8 out of 5 | 12,345 reviews</div>", None, None),
    ("<div class=review-item>5 out of 5 stars <p>Great. 3 reviews by this person</p></div>", None, None),
    ("<div class=badge data-average-rating='0.00' data-number-of-reviews='0'>No reviews</div>", None, None),
])
def test_ratings_as_shops_show_them(shown, rating, number):
    check(page(f"<main><div class=product-detail>{H1}{shown}</div></main>", ld(SHIRT)), {"rating": rating, "review_count": number})


@pytest.mark.parametrize("shown, photo", [
    ("<picture><source data-srcset='/i/a-400.webp 400w, /i/a-1200.webp 1200w'><img src='/i/blank.gif'></picture>", "/i/a-1200.webp"),
    ("<img src='data:image/gif;base64,R0' data-src='/i/a_{width}x.jpg' data-widths='[180, 540]'>", "/i/a_540x.jpg"),
    ("<img src='data:image/gif;base64,R0'><noscript><img src='/i/a.jpg'></noscript>", "/i/a.jpg"),
    ("<img srcset='/w_400,h_500/a.jpg 400w, /w_1200,h_1500/a.jpg 1200w'>", "/w_1200,h_1500/a.jpg"),
    ("<img src='/i/s.jpg' srcset='/i/s.jpg 1x, /i/l.jpg 2x'>", "/i/l.jpg"),
                                          ("<img src='/i/size-chart.jpg'><img src='/i/a.jpg'>", "/i/a.jpg"),
    ("<div class=slide style=\"background-image: url('/i/a.jpg')\"></div>", "/i/a.jpg"), ("<img src='/i/a.jpg' width=16>", None),
])
def test_photos_that_are_shown_late_or_in_several_sizes(shown, photo):
    check(page(f"<main>{H1}<div class=product-gallery>{shown}</div></main>", ld(BARE)),
          {"image_url": photo and "https://www.shop.example" + photo})


def test_a_logo_that_is_the_first_heading_is_not_the_products_name():
    logo = "<header><h1><a href='/'><img alt='Shop' src='/logo.png'>Shop</a></h1></header>"
    check(page(f"{logo}<main><h2 class=product-title>Linen Shirt</h2><p class=price>$49.00</p>{BUY}</main>"),
          {"name": "Linen Shirt", "price": 49.0})


@pytest.mark.parametrize("audience, gender", [({"suggestedGender": "female"}, "women"),
                                              ({"suggestedGender": ["male", "female"]}, "unisex"),
                                              ({"suggestedGender": "female", "suggestedMaxAge": 12}, None)])
def test_the_audience_decides_and_girls_are_no_women(audience, gender):
    check(page(H1, ld(SHIRT | {"audience": audience})), {"gender": gender})


def test_a_breadcrumb_that_leads_to_both_women_and_men_is_a_menu():
    for crumbs, gender in ((("Women", "Shirts"), "women"), (("Women", "Men", "Shirts"), None)):
        trail = "".join(f"<li>{crumb}</li>" for crumb in crumbs)
        check(page(f"<nav aria-label=breadcrumb><ol>{trail}</ol></nav>{H1}", ld(SHIRT)), {"gender": gender})


@pytest.mark.parametrize("offers", [[[{"price": "49.00", "priceCurrency": "USD"}], [{"price": "52.00", "priceCurrency": "USD"}]],
                                    {"price": "49.00 USD"}, {"price": "US $49.00", "priceCurrency": "USD"},
                                    {"price": ["49.00"], "priceCurrency": ["USD"]},
                                    {"price": "49.00-79.00", "priceCurrency": "USD"}])
def test_offers_of_odd_shapes(offers):
    check(page(H1, ld(SHIRT | {"offers": offers})), {"price": 49.0, "currency": "USD"})


def test_the_rating_of_the_shop_in_microdata_is_not_the_products():
    shop = ("<div itemscope itemtype='https://schema.org/Organization'><div itemprop=aggregateRating itemscope itemtype='https://schema.org/AggregateRating'>"
            "<span itemprop=ratingValue>4.9</span> <span itemprop=reviewCount>9999</span></div></div>")
    check(page(f"<main><div class=product-detail>{H1}</div></main>{shop}", ld(SHIRT)), {"rating": None, "review_count": None})


def test_a_data_layer_names_women_or_men():
    layer = {"ecommerce": {"detail": {"products": [{"name": "Linen Shirt", "price": "49.00", "category": "Mens/Shirts"}]}}}
    check(page(f"{H1}<script>dataLayer.push({json.dumps(layer)})</script>", ld(SHIRT)), {"gender": "men", "price": 49.0})


TILES = {
    "a link around all": "<li><a href='/products/shirt-{n}'><img src='/i/{n}.jpg'><p>Acme</p><p>Linen Shirt {n}</p><p>${p}</p></a></li>",
    "elements of their own": "<product-card><a href='/products/shirt-{n}'><img src='/i/{n}.jpg'></a><product-title>Linen Shirt {n}</product-title>"
                             "<product-price>${p}</product-price></product-card>",
    "a price for members": "<li><a href='/products/shirt-{n}'><img src='/i/{n}.jpg'>Linen Shirt {n}</a><b class=price>${p}</b><i class=club-price>Club $5.00</i></li>",
    "payments": "<li><a href='/products/shirt-{n}'><img src='/i/{n}.jpg'>Linen Shirt {n}</a><b>${p}</b><i>or 4 payments of $7.25</i></li>",
    "swatches": "<li><a href='/products/shirt-{n}'><img src='/i/{n}.jpg'></a><h3>Linen Shirt {n}</h3><b>${p}</b><a href='/products/shirt-{n}?c=1'>Red</a>"
                "<a href='/products/shirt-{n}?c=2'>Blue</a></li>",
}
SPONSORED = "".join(f"<li class=sponsored><span>Ad</span><a href='/products/ad-{n}'><img src='/i/ad.jpg'>Ad Dress {n}</a><b>$5.00</b></li>" for n in range(2))


@pytest.mark.parametrize("tile", TILES.values(), ids=TILES)
def test_tiles_of_every_kind_and_no_sponsored_ones(tile):
    body = "<h1>Shirts</h1><ul>" + SPONSORED + "".join(tile.format(n=n, p=f"{29 + n}.00") for n in range(6)) + "</ul>"
    found = extract(page(body, title="Shirts"), "https://www.shop.example/women/shirts")
    assert [(one["name"], one["price"]) for one in found] == [(f"Linen Shirt {n}", 29.0 + n) for n in range(6)]


def test_a_list_in_json_ld_may_keep_the_addresses_outside_its_items():
    items = [{"@type": "ListItem", "position": n, "url": f"/products/shirt-{n}", "item": SHIRT
              | {"name": f"Linen Shirt {n}"}} for n in range(5)]
    body = page("<h1>Shirts</h1>", ld({"@type": "CollectionPage", "mainEntity": {"@type": "ItemList", "itemListElement": items}}),
                title="Shirts")
    assert [one["url"] for one in extract(body, "https://www.shop.example/shirts")] == [f"https://www.shop.example/products/shirt-{n}" for n in range(5)]


@pytest.mark.parametrize("body, head, path", [
    ("".join(f"<a class=card href='/women/c{n}'><img src='/c{n}.jpg'><h3>Category {n}</h3><p>From $20</p></a>" for n in range(5)), "",
     "/women"),
    ("<h1>How to care for linen</h1><p>This shirt costs $49.00.</p>", ld({"@type": "Article", "headline": "Care", "mentions": [SHIRT]}),
     "/journal/care"),
    ("<h1>Fashion show</h1><p class=price>$49.00</p><button>Buy now</button>",
     ld({"@type": "Event", "offers": {"price": 49, "priceCurrency": "USD"}}), "/show"),
    ("<h1>Membership</h1><p class=price>$9.99 / month</p><button>Join now</button>", "", "/membership"),
], ids=["cards of categories", "an article", "an event", "a membership"])
def test_pages_that_only_look_like_products_give_nothing(body, head, path):
    assert extract(page(body, head, title="Shop"), "https://www.shop.example" + path) == []
