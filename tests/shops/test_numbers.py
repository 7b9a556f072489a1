"""What shops write for amounts. The table is the specification."""

import pytest

from catalog.shops.numbers import count, currency, machine_number, prices_in, rating, written_number


@pytest.mark.parametrize("text, amounts", [
    ("$24.50 Now $10.50", [(24.5, "USD"), (10.5, "USD")]), ("1.299,00 €", [(1299, "EUR")]), ("1 299 ₽", [(1299, "RUB")]), ("£1,299", [(1299, "GBP")]),
    ("₹ 1,40,000.00", [(140000, "INR")]), ("CHF 49.90", [(49.9, "CHF")]), ("45,00 $", [(45, "USD")]), ("C$ 52", [(52, "CAD")]), ("52 CAD", [(52, "CAD")]),
    ("€ 24,99 – € 29,99", [(24.99, "EUR"), (29.99, "EUR")]), ("Size 42", []), ("4.5 (1,234)", []), ("kr", []), ("Rs. 799", [(799, "INR")]), ("￥299.00", [(299, "CNY")]),
])
def test_prices_as_people_write_them(text, amounts):
    assert [(amount, code) for amount, code, _ in prices_in(text)] == amounts


@pytest.mark.parametrize("value, number", [("13.068", 13.068), ("1,299.00", 1299), ("1.299,00", 1299), (35, 35.0), ("nan", None), (float("inf"), None), (True, None),
                                           (None, None), ("free", None), ("12,5", 12.5)])
def test_machine_values_are_numbers_first(value, number):
    assert machine_number(value) == number


@pytest.mark.parametrize("text, number", [("1.284", 1284), ("4,6", 4.6), ("12", 12), ("1’299.50", 1299.5), ("none", None)])
def test_written_numbers(text, number):
    assert written_number(text) == number


@pytest.mark.parametrize("value, best, stars", [("4.4", None, 4.4), ("0", None, None), ("9,2", 10, 4.6), ("92", 100, 4.6), (6, None, None), (-1, None, None), ("x", None, None)])
def test_ratings_are_on_five_stars_and_zero_means_nobody(value, best, stars):
    assert rating(value, best) == stars


@pytest.mark.parametrize("value, number", [("1,284 reviews", 1284), ("1.284", 1284), (0, None), ("12", 12), (31.0, 31), ("many", None)])
def test_counts(value, number):
    assert count(value) == number


@pytest.mark.parametrize("value, code", [("usd", "USD"), ("$", "USD"), ("€", "EUR"), ("XYZ", "XYZ"), ("dollars", None), (None, None)])
def test_currencies(value, code):
    assert currency(value) == code
