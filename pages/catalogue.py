"""Catalogue: what is in it, what it lacks, and how well the model knows such photos."""

import streamlit as st

from fashflix.health import health
from fashflix.ui import session
from fashflix.ui.card import SAMPLE_NOTE
from fashflix.ui.places import link_to
from fashflix.ui.state_of_catalogue import draw_figures, draw_freshness, draw_shops, draw_women_and_men

catalogue = session.engine().catalogue
found = health(catalogue)

st.title("Catalogue")
draw_figures(found)
draw_freshness(catalogue)
people, shops = st.columns(2, gap="large")
with people:
    draw_women_and_men(found)
with shops:
    draw_shops(found)
if session.takes_vendors():
    link_to("vendor", "Add a vendor's products", ":material/storefront:")
if catalogue.has_samples:
    st.caption(SAMPLE_NOTE)
