"""Swipe: the deck, and what the swipes say so far."""

import streamlit as st

from fashflix.opinions import count
from fashflix.ui import session
from fashflix.ui.card import SAMPLE_NOTE
from fashflix.ui.deck import deck
from fashflix.ui.filter_bar import filter_bar
from fashflix.ui.gallery import small_gallery
from fashflix.ui.places import link_to

PREVIEW = 4

chosen, allowed = filter_bar()
cards, taste_so_far = st.columns([5, 4], gap="large")

with cards:
    deck(allowed, filters=str(chosen))

with taste_so_far, st.container(key="taste_so_far"):
    swipes = session.person().swipes
    likes = sum(bool(swipe.liked) for swipe in swipes)
    st.subheader("Your taste so far")
    if not count(swipes):
        st.write("Swipe right on what you like, left on what you do not. Arrow keys and buttons work too.")
        st.caption("Your picks appear here from the first like on.")
    else:
        st.write(f"{count(swipes)} swiped, {likes} liked.")
        words = session.engine().recommender.words_liked(swipes)
        if words:
            st.caption("You lean towards")
            st.text(" · ".join(words))
        picks = session.engine().recommender.for_you(swipes, allowed, PREVIEW)
        if picks:
            st.caption("Picked for you right now")
            small_gallery(picks, key="preview")
            link_to("for_you", "See everything we picked", ":material/arrow_forward:")

if session.engine().catalogue.has_samples:
    st.caption(SAMPLE_NOTE)
