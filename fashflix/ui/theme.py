"""What the theme in .streamlit/config.toml cannot say: page width, the space around things, the wordmark."""

import streamlit as st

from fashflix.settings import ROOT

CSS = """
.stMainBlockContainer { max-width: 72rem; padding-top: 5rem; padding-bottom: 4rem; }
[data-testid="stHeader"] { border-bottom: 1px solid color-mix(in srgb, currentColor 8%, transparent); }
.st-key-filter_bar { margin-bottom: .25rem; }
.st-key-filter_bar [data-testid="stText"] { font-family: inherit; font-size: .88rem; opacity: .75; white-space: normal; }
.st-key-taste_so_far [data-testid="stText"] { font-family: inherit; white-space: normal; }
.st-key-your_photo { max-width: 14rem; }
h1 { font-size: 2rem !important; padding: .25rem 0 .5rem !important; }
@media (max-width: 640px) { .stMainBlockContainer { padding: 4.25rem 1rem 3rem; } }
"""


def style():
    """Apply it to the page being drawn."""
    st.html(f"<style>{CSS}</style>")
    st.logo(ROOT / "fashflix" / "ui" / "static" / "wordmark.svg", size="large")
