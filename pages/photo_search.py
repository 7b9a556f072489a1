"""Search: a photo of any outfit, one garment in it or the whole, or words. The photo is looked at and forgotten."""

import streamlit as st

from fashflix.errors import PhotoError
from fashflix.photo import open_photo
from fashflix.ui import session
from fashflix.ui.card import SAMPLE_NOTE
from fashflix.ui.filter_bar import filter_bar
from fashflix.ui.gallery import gallery, similar_products
from fashflix.ui.garment_picker import NAMES, in_words, of_kind, pick_garment
from fashflix.ui.match import strength, weak_note
from fashflix.ui.photo_source import photo_source
from fashflix.ui.word_search import word_search

SHOWN = 12

st.title("Photo search")
chosen, allowed = filter_bar()
data = photo_source()

typed = word_search(allowed) if data is None else False
similar_products(allowed)
if data is None:
    if not typed:
        st.caption("A photo of a person works: what they wear is found, and you choose what to look for. Your photo is never stored.")
else:
    engine = session.engine()
    try:
        photo = open_photo(data, size=(600, 800))
    except PhotoError as error:
        st.error(str(error))
    else:
        yours, found = st.columns([1, 3], gap="large")
        with yours, st.container(key="your_photo"):
            part, kind = pick_garment(photo)
        with found:
            (vector,), (likely,) = engine.embedder.look([part])
            if said := in_words(likely, kind):
                st.text(f"It looks like: {said}")
            only = kind and st.toggle(f"Only {NAMES[kind].lower()}", value=True, key=f"only_{kind}")
            similar = engine.recommender.similar(vector, SHOWN, of_kind(kind, allowed) if only else allowed)
            if similar:
                weak_note(similar)
                gallery(similar, key="photo_results", place="search", reasons=strength)
            else:
                st.write("No product of this kind passes these filters. Widen them, or look for something else in the photo.")

if session.engine().catalogue.has_samples:
    st.caption(SAMPLE_NOTE)
