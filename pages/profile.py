"""You: who you are, your tastes, how they are learnt, and everything that is known about you."""

import streamlit as st

from fashflix.opinions import count
from fashflix.ui import account, session
from fashflix.ui.because import lane_sliders, left_out_bar
from fashflix.ui.places import link_to

someone = session.person()
lanes = session.recommender().lanes(someone.swipes)

st.title("You")
yours, tastes = st.columns(2, gap="large")
with yours:
    account.who()
    if someone.name:
        account.account()
    else:
        account.doors()
with tastes:
    st.subheader("Your tastes")
    if lanes:
        st.caption("Slide to let one count for less or more in what we pick.")
        lane_sliders(lanes)
    elif count(someone.swipes):
        st.write("So far your likes are one taste. When they fall into several, each can be weighed here.")
        link_to("swipe", "Go on swiping", ":material/style:")
    else:
        st.write("Swipe a few cards first: what you like shows here, to be weighed or left out.")
        link_to("swipe", "Start swiping", ":material/style:")
    left_out_bar()

learning, data = st.columns(2, gap="large")
with learning:
    st.subheader("How your swipes become picks")
    account.learner_choice()
with data:
    st.subheader("Your data")
    account.data()
