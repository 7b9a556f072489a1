"""A page that says a product is gone is told from a product whose title only holds the number 404."""
import pytest

from catalog.shops import GONE


@pytest.mark.parametrize("title, gone", [("Plain Dress No. 404", False), ("404 Not Found", True), ("404", True), ("Error 404 shirt", False)])
def test_the_number_404_alone_is_not_a_missing_page(title, gone):
    assert bool(GONE.search(title)) is gone
