"""A grid of products with a like, a pass and a "more like this" button each."""

import streamlit as st

from fashflix.ui import session
from fashflix.ui.card import card
from fashflix.ui.deck import frontend

SIMILAR = 8

_component = st.components.v2.component(
    "fashflix_gallery", html="", css=frontend("gallery.css"), js=frontend("product.js") + frontend("gallery.js"))


def gallery(recommendations, key, place, reasons=None):
    """Draw products.

    recommendations: list of reasons.Recommendation. place: where a swipe is made, for the log ("for-you", "search").
    reasons: function of a Recommendation to the fields `why` and `reasons` of its card (fashflix.ui.because), or None.
    """
    products = [card(session.engine().catalogue.product(one.row), also=_also(one), **(reasons(one) if reasons else {}))
                for one in recommendations]
    data = {"epoch": session.visit().epoch, "ack": session.visit().acknowledged["gallery"], "products": products}
    _component(key=key, data=data, on_events_change=lambda: session.apply_events(key, "gallery", place),
               on_similar_change=lambda: _seek(key))


def small_gallery(recommendations, key):
    """Draw a few products as photos only, in one row."""
    products = [card(session.engine().catalogue.product(one.row)) for one in recommendations]
    here = session.visit()
    _component(key=key, data={"epoch": here.epoch, "ack": here.acknowledged["gallery"], "products": products, "small": True})


def product_dialog(allowed):
    """Open the product asked for."""
    similar_products(allowed)


def similar_products(allowed):
    """Open products like the one whose "more like this" was pressed last, over the page. allowed: bool (n,)."""
    row = session.engine().catalogue.row(st.session_state.get("similar_to"))
    if row is not None:
        _similar_dialog(row, allowed)


@st.dialog("More like this", width="large", on_dismiss=lambda: st.session_state.pop("similar_to", None))
def _similar_dialog(row, allowed):
    engine = session.engine()
    st.text(engine.catalogue.product(row).name)
    found = engine.recommender.similar_to(row, SIMILAR, allowed & ~engine.recommender.seen(session.person().swipes))
    if found:
        gallery(found, key="similar", place="search")
    else:
        st.write("Nothing else under these filters looks like it.")


def _seek(key):
    wanted = (st.session_state.get(key) or {}).get("similar")
    if wanted:
        st.session_state.similar_to = wanted


def _also(one):
    """What a card says of the products folded into it."""
    return f"+ {len(one.also)} more like it" if one.also else None
