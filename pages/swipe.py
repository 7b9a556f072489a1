"""Swipe: the deck, and what the swipes say so far."""

import streamlit as st

from fashflix.ui import session
from fashflix.ui.card import SAMPLE_NOTE
from fashflix.ui.deck import deck
from fashflix.ui.filter_bar import filter_bar
from fashflix.ui.gallery import similar_products
from fashflix.ui.taste import taste_so_far

chosen, allowed = filter_bar()
cards, learnt = st.columns([5, 4], gap="large")

with cards:
    deck(allowed, filters=str(chosen))
with learnt, st.container(key="taste_so_far"):
    taste_so_far(allowed)
similar_products(allowed)

if session.engine().catalogue.has_samples:
    st.caption(SAMPLE_NOTE)
