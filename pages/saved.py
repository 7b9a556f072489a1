"""Saved: what you like, with prices since; the history of all swipes, to be edited; a table; a link to share."""

import streamlit as st

from fashflix.opinions import count
from fashflix.saved import liked
from fashflix.ui import session
from fashflix.ui.card import SAMPLE_NOTE
from fashflix.ui.filter_bar import everything
from fashflix.ui.gallery import gallery, similar_products
from fashflix.ui.keeping import history_rows, price_since, share_links, table_button
from fashflix.ui.places import link_to

STEP = 24

catalogue, swipes = session.engine().catalogue, session.person().swipes
kept, missing = liked(swipes, catalogue)

st.title("Saved")
shown = st.session_state.setdefault("saved_shown", STEP)
if kept:
    gallery(kept[:shown], key="saved", place="saved", reasons=price_since, actions=("forget", "similar"))
    if len(kept) > shown:
        st.button(f"Show more of {len(kept):,}", on_click=lambda: st.session_state.update(saved_shown=shown + STEP))
elif count(swipes):
    st.write("You like nothing so far. A heart, here or on the deck, brings a product into this list.")
    link_to("swipe", "Go on swiping", ":material/style:")
else:
    st.write("Nothing here yet. Like a card on the deck, and it is kept here with its price.")
    link_to("swipe", "Start swiping", ":material/style:")
if missing:
    st.caption(f"{missing:,} more that you liked left the catalogue." if kept else f"{missing:,} that you liked left the catalogue.")

if kept:
    st.subheader("Share")
    share_links(kept)
if count(swipes):
    st.subheader("Everything you swiped")
    history_rows(swipes)
    table_button(swipes)
similar_products(everything())
if kept and catalogue.has_samples:
    st.caption(SAMPLE_NOTE)
