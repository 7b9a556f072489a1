"""The script Streamlit runs: navigation over pages/, inside one frame for every page and every way in."""

import streamlit as st

from fashflix.errors import FashFlixError
from fashflix.settings import ROOT
from fashflix.ui import session
from fashflix.ui.filter_bar import keep_filters
from fashflix.ui.theme import style

PAGES = [
    st.Page(ROOT / "pages" / "swipe.py", title="Swipe", icon=":material/style:", default=True),
    st.Page(ROOT / "pages" / "for_you.py", title="For you", icon=":material/favorite:"),
    st.Page(ROOT / "pages" / "photo_search.py", title="Photo search", icon=":material/photo_camera:"),
]

st.set_page_config(page_title="FashFlix", page_icon="👗", layout="wide")
style()
page = st.navigation(PAGES, position="top")
try:
    session.engine()
    session.person()
    keep_filters()
except FashFlixError as error:
    st.title("FashFlix cannot open")
    st.text(str(error))
    st.button("Try again")
    st.stop()
page.run()
if "notice" in st.session_state:
    st.toast(st.session_state.notice)
