"""Vendors: a product feed is looked at, corrected, reported on, and published into a staging catalogue. Behind a passphrase."""

import streamlit as st

from fashflix.ui import session
from fashflix.ui.vendor import KINDS, choose, door, look, offer

st.title("Vendors")
if not session.takes_vendors() or not door():
    st.stop()

st.write("Send a product feed: Google Merchant, Facebook, Shopify, or a table of your own with a header row.")
upload = st.file_uploader("CSV, TSV, XLSX, XML or JSON, up to 10 MB", KINDS)
if upload is None:
    st.caption("Nothing is written before you have seen what would become of every row. Send only photos and texts that are yours to show.")
    st.stop()

options = choose(upload)
told = options and look(upload, options)
if told:
    offer(upload, options, told)
