"""A grid of products with a like and a pass button each."""

import streamlit as st

from fashflix.ui import session
from fashflix.ui.card import card
from fashflix.ui.deck import frontend

_component = st.components.v2.component(
    "fashflix_gallery", html="", css=frontend("gallery.css"), js=frontend("product.js") + frontend("gallery.js"))


def gallery(recommendations, key, place, why=None):
    """Draw products.

    recommendations: list of recommend.Recommendation. place: where a swipe is made, for the log ("for-you", "search").
    why: function of a Recommendation to one line of plain text under the product, or None.
    """
    products = [card(session.engine().catalogue.product(one.row), why=why(one) if why else None) for one in recommendations]
    data = {"epoch": session.visit().epoch, "ack": session.visit().acknowledged["gallery"], "products": products}
    _component(key=key, data=data, on_events_change=lambda: session.apply_events(key, "gallery", place))


def small_gallery(recommendations, key):
    """Draw a few products as photos only, in one row."""
    products = [card(session.engine().catalogue.product(one.row)) for one in recommendations]
    _component(key=key, data={"epoch": session.visit().epoch, "ack": session.visit().acknowledged["gallery"], "products": products, "small": True})
