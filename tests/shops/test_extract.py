"""Pages of shops -> products. Every page here is written by us, one per structure."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.shops import extract

URL = "https://shop.example/p/wool-coat"


def page(body, head="", title="Wool Coat | Shop"):
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


def ld(*values):
    return "".join(f'<script type="application/ld+json">{value if isinstance(value, str) else json.dumps(value)}</script>' for value in values)


COAT = {"@context": "https://schema.org", "@type": "Product", "name": "Wool Coat", "sku": "W-1", "brand": {"@type": "Brand", "name": "North"},
        "image": ["/i/small.jpg"], "url": "/p/wool-coat", "offers": {"@type": "Offer", "price": "129.50", "priceCurrency": "EUR"},
        "aggregateRating": {"@type": "AggregateRating", "ratingValue": "4.4", "reviewCount": "31"}}


def one(body, url=URL, content_type=""):
    found = extract(body, url, content_type)
    assert len(found) == 1, found
    return found[0]


def test_a_json_ld_product_states_everything_and_nothing_more():
    found = one(page("<h1>Wool Coat</h1>", ld(COAT)))
    assert found == {"name": "Wool Coat", "brand": "North", "price": 129.5, "list_price": None, "currency": "EUR", "rating": 4.4, "review_count": 31,
                     "url": URL, "image_url": "https://shop.example/i/small.jpg", "image_urls": ["https://shop.example/i/small.jpg"], "gender": None,
                     "category": None, "colours": [], "product_key": "W-1", "group_key": None, "availability": None}


@pytest.mark.parametrize("spoil", [
    lambda text: text[:-1] + ",}", lambda text: f"<!-- {text} -->", lambda text: f"//<![CDATA[\n{text}\n//]]>", lambda text: f"/* from the cms */ {text};",
    lambda text: text.replace("Wool Coat", "Wool\tCoat"),
], ids=["trailing comma", "comment", "cdata", "javascript comment", "raw tab"])
def test_untidy_blocks_are_read(spoil):
    assert one(page("<h1>Wool Coat</h1>", ld(spoil(json.dumps(COAT)))))["price"] == 129.5


def test_a_broken_block_does_not_cost_the_next_one():
    assert one(page("<h1>Wool Coat</h1>", ld('{"@type": "Product", "name": ', "", COAT)))["name"] == "Wool Coat"


def test_graphs_groups_and_aggregate_offers():
    group = {"@type": "ProductGroup", "name": "Wool Coat", "productGroupID": "G7", "hasVariant": [
        {"@type": "Product", "name": "Wool Coat M", "offers": {"price": 140, "priceCurrency": "USD"}},
        {"@type": "Product", "name": "Wool Coat S", "offers": {"price": 120, "priceCurrency": "USD"}}]}
    found = one(page("<h1>Wool Coat</h1>", ld({"@graph": [{"@type": "Organization", "name": "Shop", "aggregateRating": {"ratingValue": 1.2, "reviewCount": 9999}}, group]})))
    assert (found["price"], found["currency"], found["group_key"], found["rating"]) == (120, "USD", "G7", None)
    ranged = COAT | {"offers": {"@type": "AggregateOffer", "lowPrice": 19.99, "highPrice": 29.99, "priceCurrency": "USD"}}
    assert one(page("<h1>Wool Coat</h1>", ld(ranged)))["price"] == 19.99


def test_the_list_price_of_a_specification_is_not_the_price():
    offer = {"@type": "Offer", "price": 87.5, "priceCurrency": "USD", "priceSpecification": {"priceType": "https://schema.org/ListPrice", "price": 195}}
    found = one(page("<h1>Wool Coat</h1>", ld(COAT | {"offers": offer})))
    assert (found["price"], found["list_price"]) == (87.5, 195)
    only = {"@type": "Offer", "priceSpecification": {"price": "99.00", "priceCurrency": "SEK"}}
    assert one(page("<h1>Wool Coat</h1>", ld(COAT | {"offers": only})))["currency"] == "SEK"


def test_a_rating_beside_the_product_counts_and_one_of_nobody_does_not():
    bare = {key: value for key, value in COAT.items() if key != "aggregateRating"}
    beside = {"@type": "AggregateRating", "ratingValue": 4.1, "ratingCount": 12, "itemReviewed": {"@type": "Product", "name": "Wool Coat"}}
    assert one(page("<h1>Wool Coat</h1>", ld(bare, beside)))["rating"] == 4.1
    nobody = COAT | {"aggregateRating": {"ratingValue": 0, "reviewCount": 0}}
    assert one(page("<h1>Wool Coat</h1>", ld(nobody)))["rating"] is None
    of_ten = COAT | {"aggregateRating": {"ratingValue": "9,2", "bestRating": 10, "reviewCount": "1.284"}}
    assert (one(page("<h1>Wool Coat</h1>", ld(of_ten)))["rating"], one(page("<h1>Wool Coat</h1>", ld(of_ten)))["review_count"]) == (4.6, 1284)


MICRODATA = """<div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">Wool Coat</h1><img itemprop="image" src="/i/coat.jpg">
<div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="priceCurrency" content="GBP"><span itemprop="price" content="1299.00">£1,299</span></div>
<div itemprop="aggregateRating" itemscope itemtype="https://schema.org/AggregateRating"><span itemprop="ratingValue">4.7</span> of <span itemprop="reviewCount">18</span></div>
<div itemprop="review" itemscope itemtype="https://schema.org/Review"><span itemprop="name">Lovely</span><span itemprop="ratingValue">1</span></div></div>"""


def test_microdata_and_rdfa_read_alike():
    rdfa = MICRODATA.replace("itemscope", "").replace('itemtype="https://schema.org/', 'typeof="').replace("itemprop", "property")
    for body in (MICRODATA, rdfa):
        found = one(page(body))
        assert (found["name"], found["price"], found["currency"], found["rating"], found["review_count"]) == ("Wool Coat", 1299, "GBP", 4.7, 18)
        assert found["image_url"] == "https://shop.example/i/coat.jpg"


def test_opengraph_alone_is_a_product_when_it_says_so():
    head = ('<meta property="og:type" content="product"><meta property="og:title" content="Wool Coat"><meta property="og:image" content="//cdn.example/coat.jpg">'
            '<meta property="product:price:amount" content="80.00"><meta property="product:price:currency" content="CAD">')
    found = one(page("<h1>Wool Coat</h1><button>Add to cart</button>", head))
    assert (found["price"], found["currency"], found["image_url"]) == (80, "CAD", "https://cdn.example/coat.jpg")
    assert extract(page("<h1>Our story</h1>", head.replace('"product"', '"website"').replace("product:price", "x:price")), "https://shop.example/about") == []


def test_next_data_names_women_or_men_where_nothing_else_does():
    state = {"props": {"product": {"name": "Wool Coat", "categoryName": ["Men", "Coats"]}, "menu": [{"name": "Women"}, {"name": "Men"}]}}
    found = one(page("<nav>Women Men</nav><h1>Wool Coat</h1>", ld(COAT) + f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'))
    assert found["gender"] == "men"


def test_flight_chunks_are_joined_and_read():
    text = "2a:" + json.dumps(COAT | {"audience": {"suggestedGender": "female"}})
    chunks = "".join(f"<script>self.__next_f.push({json.dumps([1, part])})</script>" for part in (text[:97], text[97:]))
    found = one(page("<h1>Wool Coat</h1>" + chunks))
    assert (found["price"], found["gender"]) == (129.5, "women")


def test_a_sale_in_plain_sight_beats_nothing_and_the_cart_is_not_a_price():
    body = """<header class="cart">Cart <span class="amount">$0.00</span></header><nav>Women Men</nav>
    <div class="product-info"><h1>Wool Coat</h1><p class="price"><del>$165.00</del> <ins>$155.00</ins></p><button>Add to cart</button>
    <a class="rating">4.2 out of 5</a> <a class="rating">1,204 reviews</a><img class="product-image" src="data:image/gif;base64,R0" data-src="/i/coat.jpg"></div>"""
    found = one(page(body))
    assert (found["price"], found["list_price"], found["currency"], found["rating"], found["review_count"]) == (155, 165, "USD", 4.2, 1204)
    assert found["image_url"] == "https://shop.example/i/coat.jpg" and found["gender"] is None


def test_a_woocommerce_page_gives_its_lowest_variation_and_its_large_photo():
    variations = json.dumps([{"display_price": 42, "display_regular_price": 55}, {"display_price": 45, "display_regular_price": 45}]).replace('"', "&quot;")
    body = f"""<div class="product type-product"><div class="woocommerce-product-gallery"><a href="/i/large.jpg"><img src="/i/small.jpg"></a></div><h1>Wool Coat</h1>
    <p class="price"><span class="woocommerce-Price-currencySymbol">₹</span></p><form class="variations_form" data-product_variations="{variations}"><button>Add to cart</button></form></div>"""
    found = one(page(body, '<meta property="og:type" content="product"><meta property="og:title" content="Wool Coat">'))
    assert (found["price"], found["list_price"], found["currency"], found["image_url"]) == (42, 55, "INR", "https://shop.example/i/large.jpg")


def test_a_magento_price_box_states_final_and_old_price():
    body = """<div class="product-info-main"><h1>Wool Coat</h1><span data-price-type="finalPrice" data-price-amount="90"></span>
    <span data-price-type="oldPrice" data-price-amount="120"></span><meta itemprop="priceCurrency" content="AUD"><button>Add to cart</button></div>"""
    found = one(page(body, '<meta property="og:type" content="product"><meta property="og:title" content="Wool Coat">'))
    assert (found["price"], found["list_price"], found["currency"]) == (90, 120, "AUD")


def test_shopify_s_list_gives_one_product_each_with_its_cheapest_variant():
    answer = {"products": [{"id": 7, "title": "Wool Coat", "handle": "wool-coat", "vendor": "North", "product_type": "Coats", "tags": ["women", "wool"],
                            "images": [{"src": "https://cdn.shopify.com/coat.jpg"}],
                            "variants": [{"price": "120.00", "compare_at_price": "150.00", "available": False}, {"price": "130.00", "compare_at_price": None, "available": True}]},
                           {"id": 8, "title": "Scarf", "handle": "scarf", "variants": [], "images": []}]}
    coat, scarf = extract(json.dumps(answer).encode(), "https://shop.example/products.json?limit=250", "application/json")
    assert (coat["price"], coat["list_price"], coat["url"], coat["gender"], coat["availability"]) == (120, 150, "https://shop.example/products/wool-coat", "women", "in stock")
    assert (scarf["price"], scarf["image_url"], scarf["currency"]) == (None, None, None)


TILE = """<li class="tile"><a href="/p/{0}"><img srcset="/i/{0}-200.jpg 200w, /i/{0}-600.jpg 600w"></a><h3>{1}</h3><span class="price-standard">{2}</span><span class="price-sale">{3}</span></li>"""


def test_a_listing_gives_every_tile_its_current_price_and_the_page_s_gender():
    body = '<ol class="breadcrumb"><li>Home</li><li>Women</li></ol><h1>Coats</h1><ul>' + "".join(
        TILE.format(n, f"Coat number {n}", f"${100 + n}.50", f"${60 + n}.25") for n in range(6)) + "</ul>"
    found = extract(page(body, title="Coats"), "https://shop.example/women/coats")
    assert [(one["name"], one["price"], one["list_price"], one["url"], one["gender"]) for one in found] == [
        (f"Coat number {n}", 60.25 + n, 100.5 + n, f"https://shop.example/p/{n}", "women") for n in range(6)]
    assert found[0]["image_url"] == "https://shop.example/i/0-600.jpg"
    assert extract(page(body, title="Coats"), "https://shop.example/") == []         # a front page is no listing


def test_a_zappos_label_is_taken_apart():
    body = "".join(f'<article itemscope itemtype="http://schema.org/Product"><a itemprop="url" href="/p/{n}" aria-label="Boot {n}. By Maker. ${90 + n}.95. '
                   f'Style: Brown. Rated 4.5 out of 5 stars."><img itemprop="image" src="/i/{n}.jpg"></a></article>' for n in range(3))
    found = extract(page(f"<h1>Women's Boots</h1>{body}", title="Boots"), "https://www.zappos.com/women-boots/x.zso")
    assert [(one["name"], one["brand"], one["price"], one["colours"], one["rating"], one["gender"]) for one in found] == [
        (f"Boot {n}", "Maker", 90.95 + n, ["Brown"], 4.5, "women") for n in range(3)]


@pytest.mark.parametrize("place, gender", [
    (dict(body='<nav class="breadcrumbs"><a>Herren</a><a>Jacken</a></nav><h1>Wool Coat</h1>'), "men"), (dict(url="https://shop.example/womens/wool-coat"), "women"),
    (dict(name="Men's Wool Coat"), "men"), (dict(audience={"suggestedGender": "https://schema.org/Female"}), "women"), (dict(audience={"suggestedGender": "unisex"}), "unisex"),
    (dict(body="<nav>Women | Men</nav><h1>Wool Coat</h1><footer>Women's newsletter</footer>"), None), (dict(name="Ottoman Coat"), None),
], ids=["breadcrumb", "address", "name", "audience", "unisex", "menus do not count", "a word inside a word"])
def test_women_or_men_comes_from_the_product_and_never_from_menus(place, gender):
    node = COAT | {"name": place.get("name", "Wool Coat"), "url": None} | ({"audience": place["audience"]} if "audience" in place else {})
    body = place.get("body", f"<nav>Women Men</nav><h1>{place.get('name', 'Wool Coat')}</h1>")
    assert one(page(body, ld(node), title="Shop"), place.get("url", URL))["gender"] == gender


@pytest.mark.parametrize("text, charset, content_type, head", [
    ("Mäntel für 40 €", "utf-8", "text/html", ""), ("Mäntel für 40 €", "cp1252", "text/html; charset=iso-8859-1", ""), ("女装外套", "gbk", "", '<meta charset="gb2312">'),
    ("Пальто", "cp1251", "text/html; charset=windows-1251", ""), ("Mäntel", "utf-16", "", ""), ("Mäntel für 40 €", "cp1252", "", ""),
], ids=["utf-8 without a word", "latin-1 means cp1252", "gbk", "windows-1251", "utf-16 with mark", "cp1252 without a word"])
def test_characters_arrive_as_browsers_show_them(text, charset, content_type, head):
    body = f"<html><head>{head}{ld(COAT | {'name': text})}</head><body><h1>{text}</h1></body></html>".replace(json.dumps(text)[1:-1], text)
    assert one(body.encode(charset), URL, content_type)["name"] == text


@pytest.mark.parametrize("image, wanted", [
    ("data:image/png;base64,AAAA", "https://shop.example/og.jpg"), ("/media/no-image.gif", "https://shop.example/og.jpg"), ("javascript:alert(1)", "https://shop.example/og.jpg"),
    ("//cdn.example/a b.jpg", "https://cdn.example/a%20b.jpg"), ({"@type": "ImageObject", "contentUrl": "/big.jpg"}, "https://shop.example/big.jpg"),
])
def test_the_photo_is_a_real_one(image, wanted):
    head = ld(COAT | {"image": image}) + '<meta property="og:image" content="/og.jpg">'
    assert one(page("<h1>Wool Coat</h1>", head))["image_url"] == wanted


@pytest.mark.parametrize("body, title", [
    ("<h1>Page not found</h1><p>404</p><span class='cart'>$0.00</span>", "Not found"), ("<p>Please verify you are human</p>", "shop.example"),
    ("<h1>Sorry, this item is no longer available</h1>", "Shop"), ("<h1>Ten coats we love</h1><p>From $40 upwards</p>", "Ten coats"), ("", "")])
def test_what_is_no_product_gives_nothing(body, title):
    assert extract(page(body, title=title), URL) == []


def test_a_product_without_a_name_and_a_related_one_are_passed_over():
    assert extract(page("<p>Hello</p>", ld({"@type": "Product", "name": None, "offers": None})), URL) == []
    related = COAT | {"name": "Scarf", "url": "/p/scarf", "offers": {"price": 9, "priceCurrency": "EUR"}}
    assert one(page("<h1>Wool Coat</h1>", ld(related, COAT)))["price"] == 129.5


@pytest.mark.parametrize("body", [b"", b"\x00" * 5000, b"<" * 20000, b"<div>" * 30000, ld("[" * 5000).encode(), b"\xff\xfe\x00", b'{"products": [{"title": 3}]}', b'{"products": {}}'])
def test_hostile_bytes_end_in_nothing(body):
    assert extract(body, URL) == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=600), st.sampled_from([0, 40, 120, 300, 700]), st.text(max_size=30))
def test_bytes_thrown_into_a_page_never_raise(noise, place, url):
    body = page(MICRODATA + "<h1>Wool Coat</h1>", ld(COAT))
    for address in (URL, url):
        for found in extract(body[:place] + noise + body[place:], address):
            assert found["price"] is None or found["price"] > 0
            assert found["image_url"] is None or found["image_url"].startswith("http")
