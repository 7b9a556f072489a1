"""Search by words: what was typed, what was understood of it, and what was not."""

import streamlit as st

from fashflix.ui import session
from fashflix.ui.card import money
from fashflix.ui.gallery import gallery
from fashflix.words import parse, untold

SHOWN = 24
ALL_OF_IT = 0.5     # how likely the best product is what was asked for, below which that is said


def word_search(allowed):
    """Draw the box and, once something is typed, the products found. allowed: bool (n,). Returns whether something was typed."""
    typed = st.text_input("Or in words", placeholder="striped navy shirt under 50 for women", key="words", max_chars=200)
    if not typed.strip():
        return False
    recommender, catalogue = session.engine().recommender, session.engine().catalogue
    query = parse(typed, catalogue.currency)
    _say_unknown(query, recommender.attributes)
    if query.is_empty:
        st.write("None of these words is in our vocabulary. Try a kind of clothing, a colour, a pattern or a price.")
        return True
    st.text("Looking for: " + in_words(query))
    found = recommender.by_words(query, SHOWN, allowed)
    if found:
        if found[0].score < ALL_OF_IT:
            st.caption("Nothing here is all of that. What comes nearest is first.")
        gallery(found, key="word_results", place="search")
    else:
        st.write("No product passes this price, rating or gender under your filters. Widen them to see more.")
    return True


def in_words(query):
    """A query as it was understood. query: words.Query."""
    asked, parts = query.filter, [*query.words, *(f"not {word}" for word in query.without)]
    if asked.price:
        low, high = asked.price
        ends = [f"from {money(low, asked.currency)}"] if low else []
        parts.append(" ".join(ends + ([f"up to {money(high, asked.currency)}"] if high != float("inf") else [])) or "any price")
    if asked.rating:
        parts.append(f"★ {asked.rating:.1f} and up")
    return " · ".join(parts + (["on sale"] if asked.on_sale else []))


def _say_unknown(query, attributes):
    for word in query.unknown:
        hint = query.instead.get(word)
        st.text(f"Not understood: {word}." + (f" Did you mean {hint}?" if hint else ""))
    for word, wider in untold(query, attributes).items():
        told = f"{word} is not told apart here; looking for {' and '.join(wider)}" if wider else f"Nothing here says what is {word}"
        st.text(told + ".")
