"""A sentence a shopper types -> filters, vocabulary words, and the words nobody here understands.

    >>> query = parse("striped navy shirt under 50 for women")
    >>> query.words, query.filter.price, query.unknown
    (('striped', 'navy', 'shirt', 'women'), (0.0, 50.0), ())
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from fashflix.attributes import WORDS
from fashflix.catalogue import Filter
from fashflix.vocabulary import GENDERS, facet_of, word_for

SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "JPY"}
CURRENCIES = {"dollars": "USD", "dollar": "USD", "usd": "USD", "euros": "EUR", "euro": "EUR", "eur": "EUR", "pounds": "GBP", "pound": "GBP",
              "gbp": "GBP", "rupees": "INR", "rupee": "INR", "inr": "INR", "rs": "INR", "yen": "JPY", "jpy": "JPY"}
SMALL = frozenset("""a am an the in of for and or with on at to by is are i me my we want need like looking look show find some something
                  anything any please that which this it has have made from nice clothes clothing wear fashion colour color coloured
                  colored style pattern print printed type kind very but""".split())
NOT = ("not", "no", "without", "except")
NUMBER = r"([$€£₹¥]?)\s?(\d+(?:[.,]\d+)*)(?:\s?([$€£₹¥]|(?:" + "|".join(CURRENCIES) + r")\b))?"
MOST = r"(?:under|below|less than|cheaper than|up to|at most|max(?:imum)?|no more than|<=?)"
LEAST = r"(?:over|above|more than|at least|min(?:imum)?|from|>=?)"
PRICE_FORMS = (                 # pattern -> which of its numbers is the lowest and the highest price
    (rf"(?:between|from)?\s*{NUMBER}\s*(?:and|to|-|–)\s*{NUMBER}", (0, 1)),
    (rf"{MOST}\s*{NUMBER}", (None, 0)),
    (rf"{LEAST}\s*{NUMBER}", (0, None)),
)
RATING = r"(?:rated |rating )?(?:at least |over |above )?([0-5](?:\.\d)?)\s*(?:\+\s*)?(?:stars?|★)(?: (?:and|or) (?:up|more|better))?"
SALE = r"\b(?:on sale|discounted|reduced|sale)\b"
LONGEST = 3                     # words of one vocabulary word
LEAST_LIKELY = 0.01
WEIGHT = {"category": 2.0}      # what kind of thing it is counts more than how it looks


@dataclass(frozen=True)
class Query:
    """What was understood. words: vocabulary words wanted. without: words not wanted. filter: price, rating, sale. unknown: the words that
    were not understood, as typed. instead: unknown word -> the vocabulary word it may have meant."""

    words: tuple = ()
    without: tuple = ()
    filter: Filter = Filter()
    unknown: tuple = ()
    instead: dict = None

    @property
    def is_empty(self):
        """Whether nothing was understood."""
        return not (self.words or self.without) and self.filter == Filter()


def parse(text, currency=None):
    """Understand what a shopper types. text: str. currency: of prices typed without one. Returns Query; understands "" as nothing."""
    text = re.sub(r"\s+", " ", str(text)[:400].lower().replace("’", "'").replace("'s", "s")).strip()
    text, sale = re.subn(SALE, " ; ", text)
    text, rating = _rating(text)
    text, price, currency = _price(text, currency)
    words, without, unknown = _words(re.findall(r"[^\s,;.!?()\"]+|[,;.!?]", text))
    instead = {word: close[0] for word in unknown if (close := get_close_matches(word, WORDS, 1, 0.8))}
    return Query(tuple(dict.fromkeys(words)), tuple(dict.fromkeys(without)),
                 Filter(price=price, currency=currency if price else None, rating=rating, on_sale=bool(sale)), tuple(unknown), instead)


def _rating(text):
    found = re.search(RATING, text)
    return (text, None) if not found else (text[:found.start()] + " ; " + text[found.end():], float(found[1]))


def _price(text, currency):
    """(text without the price, (lowest, highest) or None, currency)."""
    for form, ends in PRICE_FORMS:
        found = re.search(r"(?<![\w.])" + form + r"(?![\w.]*\d)", text)
        if not found:
            continue
        numbers = [_number(one) for one in found.groups()[1::3]]
        sign = next((one for one in (*found.groups()[0::3], *found.groups()[2::3]) if one), None)
        low, high = (default if place is None else numbers[place] for place, default in zip(ends, (0.0, float("inf"))))
        return (text[:found.start()] + " ; " + text[found.end():], (min(low, high), max(low, high)),
                SYMBOLS.get(sign) or CURRENCIES.get(sign) or currency)
    return text, None, currency


def _number(text):
    """"1,200.50" and "49,90" as floats: a last comma before exactly two digits is a decimal one."""
    if re.fullmatch(r"\d+,\d\d", text):
        text = text.replace(",", ".")
    return float(re.sub(r",|\.(?=.*\.)", "", text))


def _words(tokens):
    """(vocabulary words, words after a "not", tokens nobody understands). The longest run of tokens that is a word wins."""
    words, without, unknown, negated, place = [], [], [], False, 0
    while place < len(tokens):
        length, word = _longest(tokens[place:place + LONGEST])
        token = tokens[place]
        if word:
            (without if negated else words).append(word)
            negated = False
        elif token in NOT:
            negated = True
        elif token in ",;.!?":
            negated = False
        elif token not in SMALL:
            unknown.append(token)
        place += length
    return words, without, unknown


def _longest(tokens):
    """(how many tokens, the vocabulary word they are), or (1, None)."""
    for length in range(len(tokens), 0, -1):
        if length == 1 and tokens[0] in SMALL:
            break
        word = word_for(" ".join(tokens[:length]))
        if word:
            return length, word
    return 1, None


def rank(query, attributes, catalogue):
    """How likely each product is what a query asks for.

    query: Query. attributes: attributes.Attributes. catalogue: its Catalogue. Returns float32 (n,), the weighted geometric mean of
    the words' probabilities, 1 where no word is asked for; and bool (n,), what its filters let through. A product whose shop says that it is for
    another gender never passes; one that says nothing of it is judged by its photo.
    """
    passes = query.filter.mask(catalogue)
    total, weight = np.zeros(len(catalogue), np.float64), 0.0
    for word, wanted in [(word, True) for word in query.words] + [(word, False) for word in query.without]:
        likely = attributes.of(word) if word != "unisex" else np.ones(len(catalogue), np.float32)
        its = WEIGHT.get(facet_of(word), 1.0) if wanted else 1.0
        total += its * np.log(np.maximum(likely if wanted else 1 - likely, LEAST_LIKELY))
        weight += its
        if wanted and word in GENDERS[:2]:
            passes = passes & ~catalogue.stated(GENDERS[1 - GENDERS.index(word)])[0]
    return np.exp(total / max(weight, 1)).astype(np.float32), passes


def untold(query, attributes):
    """Words of a query that this catalogue cannot tell: dict word -> the wider words it is looked for through, () for none."""
    return {word: attributes.through(word) for word in (*query.words, *query.without)
            if word != "unisex" and attributes.through(word) != (word,)}
