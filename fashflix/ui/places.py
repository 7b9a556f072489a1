"""The pages of the app, named once: for the navigation and for links from one page to another."""

import streamlit as st

from fashflix.settings import ROOT
from fashflix.ui import session

_PLACES = {
    "swipe": ("Swipe", ":material/style:"),
    "for_you": ("For you", ":material/favorite:"),
    "photo_search": ("Photo search", ":material/photo_camera:"),
    "catalogue": ("Catalogue", ":material/inventory_2:"),
    "vendor": ("Vendors", ":material/storefront:"),
}


def places():
    """All pages in the order of the navigation: dict name -> st.Page. The first one opens by default.

    Vendors have one only where the settings name a passphrase for them.
    """
    return {name: st.Page(ROOT / "pages" / f"{name}.py", title=title, icon=icon, default=name == "swipe")
            for name, (title, icon) in _PLACES.items() if name != "vendor" or session.takes_vendors()}


def link_to(name, label, icon):
    """Draw a link to a page."""
    st.page_link(places()[name], label=label, icon=icon)
