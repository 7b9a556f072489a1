"""A grid of products with a few buttons each, and a dialog with all that is known of one and what looks like it."""

import streamlit as st

from fashflix.catalogue import Filter
from fashflix.reasons import Recommendation
from fashflix.ui import session
from fashflix.ui.card import card, detail
from fashflix.ui.deck import frontend

SIMILAR = 6
STARTERS = 8

_component = st.components.v2.component(
    "fashflix_gallery", html="", css=frontend("gallery.css"), js=frontend("product.js") + frontend("gallery.js"))
_details = st.components.v2.component(
    "fashflix_details", html="", css=frontend("details.css"), js=frontend("product.js") + frontend("details.js"))


def gallery(recommendations, key, place, reasons=None, actions=("like", "pass", "similar")):
    """Draw products.

    recommendations: list with rows of the catalogue as `.row`, and rows folded into it as `.also` (reasons.Recommendation, saved.Kept).
    place: where a swipe is made, for the log ("for-you", "search"). reasons: function of one of them to further fields of its card, such as
    `why` and `reasons` (fashflix.ui.because), or None. actions: its buttons: "like", "pass", "similar", "forget" (take out of Saved).
    """
    products = [card(session.engine().catalogue.product(one.row), also=_also(one), **(reasons(one) if reasons else {}))
                for one in recommendations]
    data = {"epoch": session.visit().epoch, "ack": session.visit().acknowledged["gallery"], "products": products, "actions": list(actions)}
    _component(key=key, data=data, on_events_change=lambda: session.apply_events(key, "gallery", place),
               on_open_change=lambda: session.ask_for(key))


def small_gallery(recommendations, key):
    """Draw a few products as photos only, in one row."""
    products = [card(session.engine().catalogue.product(one.row)) for one in recommendations]
    here = session.visit()
    _component(key=key, data={"epoch": here.epoch, "ack": here.acknowledged["gallery"], "products": products, "small": True})


def starters(place):
    """Draw a few products to begin with, for a page that has nothing of its own to show yet. place: as in `gallery`."""
    engine, swipes = session.engine(), session.person().swipes
    rows = engine.recommender.next_cards(swipes, Filter().mask(engine.catalogue), STARTERS)
    if rows:
        st.caption("Or begin with one of these")
        gallery([Recommendation(row, 0.0) for row in rows], key="starters", place=place)


def similar_products(allowed):
    """Open the product that was asked for last, over the page: its details, or only what looks like it. allowed: bool (n,)."""
    if _opened() is not None:
        _product_dialog(allowed)


@st.dialog("A closer look", width="large", on_dismiss=lambda: st.session_state.pop("opened", None))
def _product_dialog(allowed):
    row = _opened()     # asked for here, not outside: inside the dialog one may go on to another product
    if row is None:
        return
    product = session.engine().catalogue.product(row)
    if st.session_state.opened["similar"]:
        st.text(product.name)
    else:
        _draw_details(product)
        st.caption("More like this")
    found = session.recommender().similar_to(row, SIMILAR, allowed & ~session.recommender().seen(session.person().swipes))
    if found:
        gallery(found, key="similar", place="search")
    else:
        st.write("Nothing else under these filters looks like it.")


def _draw_details(product):
    here, last = session.visit(), None
    for swipe in here.person.swipes:
        last = swipe.liked if swipe.product_id == product.product_id and swipe.liked is not None else last
    data = {"epoch": here.epoch, "ack": here.acknowledged["details"], "product": detail(product), "liked": last}
    _details(key="details", data=data, on_events_change=lambda: session.apply_events("details", "details", "details"))


def _opened():
    wanted = st.session_state.get("opened")
    return session.engine().catalogue.row(wanted["id"]) if wanted else None


def _also(one):
    """What a card says of the products folded into it."""
    return f"+ {len(one.also)} more like it" if getattr(one, "also", ()) else None
