"""The script Streamlit runs: navigation over pages/, inside one frame for every page and every way in."""

import streamlit as st

from fashflix.errors import FashFlixError
from fashflix.ui import session
from fashflix.ui.entrance import keep_cookie, start_anew
from fashflix.ui.filter_bar import keep_filters
from fashflix.ui.places import places, tab_bar
from fashflix.ui.theme import style

st.set_page_config(page_title="FashFlix", page_icon="👗", layout="wide")
style()
page = st.navigation(list(places().values()), position="top")
try:
    session.engine()
    is_current = session.is_current()
    keep_filters()
except FashFlixError as error:
    st.title("FashFlix cannot open")
    st.text(str(error))
    st.button("Try again")
    st.stop()
if not is_current:
    start_anew()
    st.stop()
tab_bar()           # both before the page, which may stop in its middle
keep_cookie()
page.run()
if session.visit().notice:
    st.toast(session.visit().notice)
