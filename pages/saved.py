"""Saved: what you like, with prices since; the history of all swipes, to be edited; a table; a link to share."""

import streamlit as st

from fashflix.opinions import count
from fashflix.saved import liked
from fashflix.ui import session
from fashflix.ui.card import SAMPLE_NOTE
from fashflix.ui.filter_bar import everything
from fashflix.ui.gallery import gallery, similar_products, starters
from fashflix.ui.keeping import history_rows, price_since, share_links, table_button, undo_button
from fashflix.ui.places import link_to

STEP = 24

catalogue, swipes = session.engine().catalogue, session.person().swipes
kept, missing = liked(swipes, catalogue)

st.title("Saved")
if not count(swipes):
    st.write("Nothing here yet. Like a card on the deck, and it is kept here with its price.")
    link_to("swipe", "Start swiping", ":material/style:")
    starters("saved")
    similar_products(everything())
    st.stop()

likes, everything_swiped, share = st.tabs(["Liked", "Everything you swiped", "Share"])
with likes:
    shown = st.session_state.setdefault("saved_shown", STEP)
    if kept:
        gallery(kept[:shown], key="saved", place="saved", reasons=price_since, actions=("forget", "similar"))
    else:
        st.write("You like nothing so far. A heart on the deck, or a changed mind in what you swiped, brings a product into this list.")
        link_to("swipe", "Go on swiping", ":material/style:")
    if len(kept) > shown:
        st.button(f"Show more of {len(kept):,}", on_click=lambda: st.session_state.update(saved_shown=shown + STEP))
    if missing:
        st.caption(f"{missing:,} that you liked left the catalogue.")
    undo_button("likes")
with everything_swiped:
    undo_button("history")
    history_rows(swipes)
    table_button(swipes)
with share:
    if kept:
        share_links(kept)
    else:
        st.write("Like something first: a link can carry your list, or your taste.")
similar_products(everything())
if kept and catalogue.has_samples:
    st.caption(SAMPLE_NOTE)
