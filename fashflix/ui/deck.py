"""The swipe deck: drag, touch, arrow keys or buttons; every swipe reaches the store before it counts."""

from pathlib import Path

import streamlit as st

from fashflix.ui import session

FRONTEND = Path(__file__).parent / "frontend"
EMPTY = "That is everything under these filters. Widen them, or look at what we found for you."


def frontend(name):
    """The text of a file of fashflix/ui/frontend."""
    return (FRONTEND / name).read_text(encoding="utf-8")


_component = st.components.v2.component(
    "fashflix_deck", html=frontend("deck.html"), css=frontend("deck.css"), js=frontend("product.js") + frontend("deck.js"))


def deck(allowed, filters, key="deck"):
    """Draw the deck. allowed: bool (n,), products the filters let through. filters: str, changes when they do."""
    data = {
        "epoch": session.visit().epoch, "ack": session.visit().acknowledged["deck"], "filters": filters,
        "cards": session.deck_cards(allowed), "gone": session.swiped_lately(), "last": session.last_card(), "empty": EMPTY,
    }
    _component(key=key, data=data, on_events_change=lambda: session.apply_events(key, "deck", "deck"),
               on_open_change=lambda: session.ask_for(key))
