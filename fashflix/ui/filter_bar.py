"""The filters that all pages share, behind one button, and what they let through in words."""

import streamlit as st

from fashflix.catalogue import Filter
from fashflix.ui import session
from fashflix.ui.card import money

KEYS = ("filter_gender", "filter_categories", "filter_price", "filter_rating")


def keep_filters():
    """Hold the filter widgets' values while a page without them is open (Streamlit forgets widgets that are not drawn)."""
    for key in KEYS:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def filter_bar():
    """Draw the bar. Returns (Filter, allowed bool (n,))."""
    catalogue = session.engine().catalogue
    with st.container(horizontal=True, vertical_alignment="center", key="filter_bar"):
        with st.popover("Filters", icon=":material/tune:"):
            _widgets(catalogue)
        chosen = _filter(catalogue)
        allowed = chosen.mask(catalogue)
        st.text(f"{_in_words(chosen)} · {int(allowed.sum()):,} products")
    return chosen, allowed


def everything():
    """What no filter holds back: all that is still sold. Returns bool (n,)."""
    return Filter().mask(session.engine().catalogue)


def reset_filters():
    """Back to everything."""
    for key in KEYS:
        st.session_state.pop(key, None)


def _widgets(catalogue):
    st.segmented_control("For", ["women", "men"], key="filter_gender", format_func=str.capitalize)
    st.multiselect("Type", catalogue.categories, key="filter_categories", format_func=str.capitalize, placeholder="All types")
    low, high = _price_ends(catalogue)
    if low < high:
        st.session_state.setdefault("filter_price", (low, high))
        st.slider(f"Price, {catalogue.currency}", low, high, key="filter_price")
    st.session_state.setdefault("filter_rating", 0.0)
    st.slider("Rating at least", 0.0, 5.0, step=0.5, key="filter_rating", format="%.1f")
    st.button("Reset filters", on_click=reset_filters, type="tertiary")


def _filter(catalogue):
    state, ends = st.session_state, _price_ends(catalogue)
    price = tuple(state.get("filter_price") or ends)
    narrowed = price != ends
    return Filter(gender=state.get("filter_gender"), categories=tuple(state.get("filter_categories") or ()) or None,
                  price=price if narrowed else None, currency=catalogue.currency if narrowed else None,
                  rating=state.get("filter_rating") or None)


def _price_ends(catalogue):
    """Whole numbers around all prices of the catalogue's main currency."""
    low, high = catalogue.price_range
    return int(low // 1), int(-(-high // 1))


def _in_words(chosen):
    words = [chosen.gender.capitalize() if chosen.gender else "Women and men"]
    if chosen.categories:
        words.append(", ".join(chosen.categories))
    if chosen.price:
        words.append(" to ".join(money(end, chosen.currency) for end in chosen.price))
    if chosen.rating:
        words.append(f"★ {chosen.rating:.1f} and up")
    return " · ".join(words)
