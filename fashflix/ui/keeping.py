"""The pages Saved and Shared, in parts: prices since the swipe, the history, the table, links that carry a list or a taste."""

from datetime import datetime, timezone

import streamlit as st

from fashflix.opinions import standing
from fashflix.saved import as_csv, history
from fashflix.sharing import list_code, taste_code
from fashflix.ui import session
from fashflix.ui.card import card, money
from fashflix.ui.deck import frontend

FIRST_ROWS = 20
PLACES = {"deck": "on the deck", "for-you": "in For you", "search": "in a search", "details": "in the details",
          "shared": "from a shared link", "saved": "in Saved"}

_history = st.components.v2.component(
    "fashflix_history", html="", css=frontend("history.css"), js=frontend("product.js") + frontend("history.js"))
_share = st.components.v2.component("fashflix_share", html="", css=frontend("share.css"), js=frontend("product.js") + frontend("share.js"))


def price_since(kept):
    """The fields of a saved card that say what became of its price. kept: saved.Kept. Returns dict, {} where nothing is known."""
    product = session.engine().catalogue.product(kept.row)
    if product.status == "gone":
        return {"since": "No longer sold"}
    if kept.change is None:
        return {}
    if kept.change == 0:
        return {"since": "Price unchanged"}
    by, then = (money(amount, kept.swipe.currency) for amount in (abs(kept.change), kept.swipe.price))
    return {"since": f"{by} {'less' if kept.change < 0 else 'more'}: {then} then", "cheaper": kept.change < 0}


def undo_button(where):
    """Draw the button that takes back the last change to the history, while there is one. where: part of the page, for its key."""
    if session.visit().edits:
        st.button("Take back the last change", icon=":material/undo:", on_click=session.undo_edit, key=f"undo_edit_{where}")


def history_rows(swipes):
    """Draw the history, newest first; the first 20 until more are asked for."""
    some, here = history(swipes), session.visit()
    shown = st.session_state.setdefault("history_shown", FIRST_ROWS)
    rows = [_row(one) for one in some[:shown]]
    _history(key="history", data={"epoch": here.epoch, "ack": here.acknowledged["history"], "rows": rows},
             on_events_change=lambda: session.apply_events("history", "history", "saved"),
             on_open_change=lambda: session.ask_for("history"))
    if len(some) > shown:
        st.button(f"Show more of {len(some):,}", on_click=lambda: st.session_state.update(history_shown=shown + 4 * FIRST_ROWS))


def table_button(swipes):
    """Draw the download of the history as a table."""
    text = as_csv(swipes, session.engine().catalogue)
    st.download_button("Download as a table (CSV)", "\ufeff" + text, "fashflix-history.csv", "text/csv", icon=":material/download:",
                       on_click="ignore")


def share_links(kept):
    """Draw the link that carries the list, or the taste. kept: list of saved.Kept, not empty."""
    what = st.segmented_control("Share", ["My list", "My taste"], default="My list", key="share_what", label_visibility="collapsed")
    if what == "My taste":
        code = taste_code(standing(session.person().swipes, session.engine().catalogue))
        st.caption("Whoever opens it sees what we would pick for your taste. It carries your latest likes and passes, not who you are.")
    else:
        code = list_code([one.swipe.product_id for one in kept])
        st.caption("Whoever opens it sees the products you like now, newest first. It carries the products, not who you are.")
    _share(key="share", data={"code": code, "label": f"Link to {(what or 'My list').lower()}"})


def _row(swipe):
    catalogue = session.engine().catalogue
    row = catalogue.row(swipe.product_id)
    product = {} if row is None else card(catalogue.product(row))
    day = datetime.fromtimestamp(swipe.time, timezone.utc)
    when = ", ".join(part for part in (f"{day.day} {day:%b %Y}", PLACES.get(swipe.place)) if part)
    return {"id": swipe.product_id, "at": swipe.time, "liked": swipe.liked,
            "name": product.get("name", "A product that left the catalogue"), "photo": product.get("photo"),
            "when": when, "price": money(swipe.price, swipe.currency)}
