"""The pages of the app, named once: for the navigation and for links from one page to another."""

import streamlit as st

from fashflix.settings import ROOT
from fashflix.ui import session

HIDDEN = {"shared"}             # opened by a link only
TABS = ("swipe", "for_you", "photo_search", "saved", "profile")     # the bar at the foot of a phone
_PLACES = {
    "swipe": ("Swipe", ":material/style:"),
    "for_you": ("For you", ":material/favorite:"),
    "photo_search": ("Photo search", ":material/photo_camera:"),
    "saved": ("Saved", ":material/bookmark:"),
    "profile": ("You", ":material/person:"),
    "catalogue": ("Catalogue", ":material/inventory_2:"),
    "shared": ("Shared", ":material/share:"),
    "vendor": ("Vendors", ":material/storefront:"),
}


def places():
    """All pages in the order of the navigation: dict name -> st.Page. The first one opens by default.

    Vendors have one only where the settings name a passphrase for them.
    """
    return {name: st.Page(ROOT / "pages" / f"{name}.py", title=title, icon=icon, default=name == "swipe",
                          visibility="hidden" if name in HIDDEN else "visible")
            for name, (title, icon) in _PLACES.items() if name != "vendor" or session.takes_vendors()}


def link_to(name, label, icon):
    """Draw a link to a page."""
    st.page_link(places()[name], label=label, icon=icon)


def tab_bar():
    """Draw the pages a phone's thumb should reach; wide screens have them at the top (fashflix.ui.theme hides it there)."""
    with st.container(key="tab_bar", horizontal=True):
        for name in TABS:
            st.page_link(places()[name], label=_PLACES[name][0].removesuffix(" search").replace("Photo", "Search"), icon=_PLACES[name][1])
