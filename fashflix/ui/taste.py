"""A taste as learnt so far: how many swipes, the lanes among the likes, the words they share, and what that leads to."""

import streamlit as st

from fashflix.opinions import count
from fashflix.ui import session
from fashflix.ui.figures import bars
from fashflix.ui.gallery import small_gallery
from fashflix.ui.places import link_to

PREVIEW = 4
MOST_WORDS = 6


def taste_so_far(allowed):
    """Draw the taste of this tab's person. allowed: bool (n,), what the filters let through."""
    swipes, recommender = session.person().swipes, session.recommender()
    st.subheader("Your taste so far")
    if not count(swipes):
        st.write("Swipe right on what you like, left on what you do not. Arrow keys and buttons work too.")
        st.caption("Your picks appear here from the first like on.")
        return
    st.write(f"{count(swipes)} swiped, {sum(bool(swipe.liked) for swipe in swipes)} liked.")
    draw_taste(recommender, swipes)
    picks = recommender.for_you(swipes, allowed, PREVIEW)
    if picks:
        st.caption("Picked for you right now")
        small_gallery(picks, key="preview")
        link_to("for_you", "See everything we picked", ":material/arrow_forward:")


def draw_taste(recommender, swipes, heading="You lean towards"):
    """Draw lanes and words of a log, each with how many of its swipes were likes; nothing where there are none yet."""
    lanes = recommender.lanes(swipes)
    if lanes:
        bars([(lane.name, lane.share, f"{len(lane.likes)} likes", False) for lane in lanes], "Your tastes")
    words = recommender.words_liked(swipes, MOST_WORDS)
    if words:
        st.caption(heading)
        with st.container(key="leanings"):
            st.text(" · ".join(f"{word} {likes} of {all_}".replace(" ", "\N{NO-BREAK SPACE}") for word, likes, all_ in words))
