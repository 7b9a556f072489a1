"""For you: what the swipes lead to, under the filters, and why."""

import streamlit as st

from fashflix.opinions import count
from fashflix.ui import session
from fashflix.ui.because import because, lane_bar, left_out_bar, say_expected
from fashflix.ui.card import SAMPLE_NOTE
from fashflix.ui.filter_bar import filter_bar, reset_filters
from fashflix.ui.gallery import gallery, similar_products
from fashflix.ui.places import link_to

SHOWN = 24
VARIETY = {"Focused": 0.0, "Balanced": 0.1, "Varied": 0.5}

st.title("For you")
chosen, allowed = filter_bar()
recommender, swipes = session.recommender(), session.person().swipes
similar_products(allowed)
lanes = recommender.lanes(swipes)
lane = lane_bar(lanes) if lanes else None
if count(swipes):
    st.session_state.setdefault("variety", "Balanced")
    variety = st.segmented_control("Variety", list(VARIETY), key="variety", label_visibility="collapsed") or "Balanced"
picks = recommender.for_you(swipes, allowed, SHOWN, VARIETY[variety], lane) if count(swipes) else []

if picks:
    say_expected(swipes, picks)
    gallery(picks, key="for_you", place="for-you", reasons=because)
elif not count(swipes):
    st.write("Nothing here yet: swipe a few cards first, and this page fills at once.")
    link_to("swipe", "Start swiping", ":material/style:")
elif not allowed.any():
    st.write("No product passes these filters.")
    st.button("Reset filters", on_click=reset_filters, key="reset_here")
elif not (allowed & ~recommender.seen(swipes)).any():
    st.write("You have seen everything under these filters.")
    st.button("Reset filters", on_click=reset_filters, key="reset_here")
else:
    st.write("Every swipe is left out. Count one again below, or swipe a few cards more.")
left_out_bar()

if session.engine().catalogue.has_samples:
    st.caption(SAMPLE_NOTE)
