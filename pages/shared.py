"""Shared: a list or a taste that somebody put into a link, for others to swipe on."""

import streamlit as st

from fashflix.errors import LinkError
from fashflix.reasons import Recommendation
from fashflix.sharing import read_code
from fashflix.ui import session
from fashflix.ui.card import SAMPLE_NOTE
from fashflix.ui.filter_bar import everything
from fashflix.ui.gallery import gallery, similar_products, small_gallery, starters
from fashflix.ui.places import link_to
from fashflix.ui.taste import draw_taste

SHOWN, LIKED_SHOWN = 24, 8

catalogue, allowed = session.engine().catalogue, everything()
try:
    shared = read_code(st.query_params.get("s", ""), catalogue)
except LinkError as error:
    st.title("Nothing to see behind this link")
    st.text(str(error))
    link_to("swipe", "Swipe on your own", ":material/style:")
    starters("shared")
    similar_products(allowed)
    st.stop()

liked = [Recommendation(catalogue.row(one), 0.0) for one in shared.likes]
if shared.kind == "list":
    st.title("A list for you")
    st.caption(f"{len(liked)} product{'s' * (len(liked) != 1)} somebody likes. Your hearts go into your own list and teach your own taste.")
    gallery(liked, key="shared_list", place="shared")
else:
    log = shared.swipes()
    st.title("A taste for you")
    st.caption("What we would pick for somebody's taste. Your hearts go into your own list, and teach your own taste.")
    with st.container(width=560):
        draw_taste(session.recommender(), log, "It leans towards")
    gallery(session.recommender().for_you(log, allowed, SHOWN), key="shared_taste", place="shared")
    st.caption("Made of likes such as these")
    small_gallery(liked[:LIKED_SHOWN], key="shared_likes")
if shared.missing:
    st.caption(f"{shared.missing} more left the catalogue since the link was made.")
link_to("swipe", "Swipe on your own", ":material/style:")
similar_products(allowed)
if catalogue.has_samples:
    st.caption(SAMPLE_NOTE)
