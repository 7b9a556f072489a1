"""A page that says a product is gone is told from a product whose title only holds the number 404."""

import pytest

from catalog.shops import extract

URL = "https://shop.example/products/dress"


def page(title, price="<span class='price'>$49.00</span><button>Add to bag</button>"):
    head = f"<title>{title}</title><meta property='og:type' content='product'><meta property='og:title' content='{title}'>"
    head += "<meta property='product:price:amount' content='49.00'><meta property='product:price:currency' content='USD'>"
    return f"<html><head>{head}</head><body><h1>{title}</h1><img src='/i/dress.jpg' width=600 height=800>{price}</body></html>".encode()


@pytest.mark.parametrize("title", ["Plain Dress No. 404", "Error 404 shirt", "404 Jean in Black", "Tee 410"])
def test_a_product_whose_title_holds_404_is_not_a_missing_page(title):
    found = extract(page(title), URL)
    assert [(one["name"], one["price"]) for one in found] == [(title, 49.0)]


@pytest.mark.parametrize("title", ["404", "404 Not Found", "Error 404", "404 - Page not found", "Page not found | Shop", "Shop | 404", "404 | Shop"])
def test_a_missing_page_gives_nothing_whatever_it_recommends(title):
    assert extract(page(title), URL) == []
