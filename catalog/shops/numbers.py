"""What shops write for amounts -> numbers and currency codes. None means: not stated."""

import math
import re

SYMBOLS = {
    "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "NT$": "TWD", "MX$": "MXN",
    "R$": "BRL", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "Rs.": "INR", "Rs": "INR", "₽": "RUB", "руб": "RUB", "₩": "KRW", "zł": "PLN",
    "Kč": "CZK", "₺": "TRY", "₴": "UAH", "₫": "VND", "฿": "THB", "₪": "ILS", "CHF": "CHF", "元": "CNY", "￥": "CNY", "円": "JPY", "원": "KRW",
    "Ft": "HUF", "lei": "RON", "kr.": "DKK", "kr": "SEK", "$": "USD",
}
SHARED = {      # a sign that several countries use -> those, the usual one first
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "CLP", "COP", "ARS", "TWD", "UYU"), "kr": ("SEK", "NOK", "DKK", "ISK"),
    "kr.": ("DKK", "NOK", "SEK", "ISK"), "¥": ("JPY", "CNY"), "￥": ("CNY", "JPY"), "Rs": ("INR", "PKR", "LKR", "NPR"), "Rs.": ("INR", "PKR", "LKR", "NPR"),
    "£": ("GBP", "EGP"),
}
CODES = (
    "USD", "EUR", "GBP", "CAD", "AUD", "NZD", "JPY", "CNY", "INR", "RUB", "KRW", "BRL", "MXN", "PLN", "CZK", "SEK", "NOK", "DKK", "ISK", "CHF",
    "TRY", "UAH", "HKD", "SGD", "THB", "ILS", "HUF", "RON", "BGN", "ZAR", "AED", "SAR", "QAR", "KWD", "EGP", "VND", "IDR", "MYR", "PHP", "TWD",
    "PKR", "LKR", "NPR", "BDT", "NGN", "KES", "MAD", "CLP", "COP", "ARS", "PEN", "UYU", "KZT", "GEL", "RSD",
)
WHOLE = ("JPY", "KRW", "CLP", "COP", "VND", "IDR", "ISK", "HUF", "PYG", "UYU", "ARS")      # "12.990" means twelve thousand there
_SYMBOL = "|".join(sorted(map(re.escape, [*SYMBOLS, *CODES]), key=len, reverse=True))
_INDIAN = r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,2})?"
_PLAIN = r"\d+(?:[.,]\d{1,2})?(?!\d)|\d+"


def _grouped(marks):
    return rf"{_INDIAN}|\d{{1,3}}(?:[{marks}]\d{{3}})+(?:[.,]\d{{1,2}})?(?!\d)|{_PLAIN}"


_NUMBER = _grouped(" \u00a0\u202f\u2009'’.,")
_CLOSE = _grouped("\u00a0\u202f\u2009'’.,")           # after a sign a plain space ends the number: "$24 120 reviews"
_SIGN = rf"(?<![A-Za-z])(?:{_SYMBOL})"
_AFTER = rf"(?:{_SYMBOL})(?![A-Za-z])"
_NEXT_S = r"(?<![\d.,])\d{1,6}\s{1,3}(?:US|CA?|AU?|NZ)?[$£₹]\s?\d"             # "No. 4 £80": the sign is the next number's
PRICE = re.compile(rf"(?P<before>{_SIGN})\s{{0,3}}(?P<first>{_CLOSE})|(?!{_NEXT_S})(?<![\d.,])(?P<second>{_NUMBER})\s{{0,3}}(?P<after>{_AFTER})")
HIGHEST = 1e7


def machine_number(value):
    """A number from a machine-readable field: 35, "35.00", "1,299.00", "1.299,00". Returns float or None; 13.068 stays 13.068."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value) if math.isfinite(value) else None
    text = str(value).strip()[:80]
    try:
        number = float(text) if "_" not in text else None
    except ValueError:
        return written_number(text)
    if number is None:
        return None
    return number if math.isfinite(number) else None


def written_number(text):
    """A number as people write it, in any locale: "1.299,00", "1 299", "4,6". Returns float or None."""
    found = re.search(_NUMBER, str(text))
    if not found:
        return None
    digits = re.sub(r"[\s\u00a0\u202f'’]", "", found[0])
    if re.fullmatch(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,2})?", digits):         # Indian grouping
        return float(digits.replace(",", ""))
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return float(digits)
    whole, tail = digits[:last], digits[last + 1:]
    both = "." in digits and "," in digits
    if len(tail) == 3 and not both and re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits):
        return float(digits.replace(".", "").replace(",", ""))
    return float(re.sub(r"[.,]", "", whole) + "." + tail)


def prices_in(text, here=None):
    """Every amount with a currency in a text, in order: list of (amount, currency code, start).

    here: ISO code the page uses elsewhere; it decides what a sign means that several countries share.
    """
    found = []
    for match in PRICE.finditer(text):
        amount = written_number(match["first"] or match["second"])
        sign = match["before"] or match["after"]
        if amount is not None and amount < HIGHEST:
            found.append((amount, here if here in SHARED.get(sign, ()) else SYMBOLS.get(sign, sign), match.start()))
    return found


def price(value, code=None):
    """An amount that may be a price: above 0 and finite. code: its currency, where known. Returns float or None."""
    text = str(value).strip() if isinstance(value, str) else ""
    if code in WHOLE and re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", text):
        value = re.sub(r"\D", "", text)
    number = machine_number(value)
    return number if number is not None and 0 < number < HIGHEST else None


def currency(value):
    """An ISO code from a code or a symbol. Returns str or None."""
    text = str(value or "").strip()
    if text.upper() in CODES or re.fullmatch(r"[A-Z]{3}", text):
        return text.upper()
    return SYMBOLS.get(text)


def rating(value, best=None):
    """A mean rating on a scale of 0 to 5; 0 means nobody rated. Returns float or None."""
    number, best = machine_number(value), machine_number(best) or 5.0
    if number is None or not 0 < number <= best or best <= 0:
        return None
    return round(number * 5 / best, 3) if best != 5 else number


def count(value):
    """A number of reviews, 1 or more: 12, "1,284", "1.284 reviews". Returns int or None."""
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,3}(?:[.,\s\u00a0\u202f]\d{3})+\D*", value):
        return int(re.sub(r"\D", "", value))
    number = machine_number(value)
    return int(number) if number is not None and 1 <= number < 1e9 else None
