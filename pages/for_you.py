"""For you: what the swipes lead to, under the filters."""

import streamlit as st

from fashflix.ui import session
from fashflix.ui.card import SAMPLE_NOTE
from fashflix.ui.filter_bar import filter_bar, reset_filters
from fashflix.ui.gallery import gallery
from fashflix.ui.places import link_to

SHOWN = 24

st.title("For you")
chosen, allowed = filter_bar()
catalogue, swipes = session.engine().catalogue, session.person().swipes
picks = session.engine().recommender.for_you(swipes, allowed, SHOWN)


def why(pick):
    """One line of reason under a product."""
    liked = catalogue.row(pick.because) if pick.because else None
    return None if liked is None else f"Because you liked {catalogue.product(liked).name}"


if picks:
    gallery(picks, key="for_you", place="for-you", why=why)
elif not swipes:
    st.write("Nothing here yet: swipe a few cards first, and this page fills at once.")
    link_to("swipe", "Start swiping", ":material/style:")
elif not allowed.any():
    st.write("No product passes these filters.")
    st.button("Reset filters", on_click=reset_filters, key="reset_here")
else:
    st.write("You have seen everything under these filters.")
    st.button("Reset filters", on_click=reset_filters, key="reset_here")

if catalogue.has_samples:
    st.caption(SAMPLE_NOTE)
