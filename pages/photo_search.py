"""Search: a photo of any outfit, the whole of it or a part, or words. The photo is looked at and forgotten."""

import streamlit as st

from fashflix.errors import PhotoError
from fashflix.photo import open_photo
from fashflix.ui import session
from fashflix.ui.card import SAMPLE_NOTE
from fashflix.ui.filter_bar import filter_bar
from fashflix.ui.gallery import gallery, similar_products
from fashflix.ui.word_search import word_search

SHOWN = 12
PARTS = {"Whole photo": (0.0, 1.0), "Upper half": (0.0, 0.55), "Lower half": (0.45, 1.0)}     # of the photo's height

st.title("Photo search")
chosen, allowed = filter_bar()
upload = st.file_uploader("A photo of what you like", ["jpg", "jpeg", "png", "webp"])

typed = word_search(allowed) if upload is None else False
similar_products(allowed)
if upload is None:
    if not typed:
        st.caption("A single garment, filling most of the picture, works best. Your photo is never stored.")
else:
    engine = session.engine()
    try:
        photo = open_photo(upload.getvalue(), size=(600, 800))
    except PhotoError as error:
        st.error(str(error))
    else:
        part = st.segmented_control("Look at", list(PARTS), default="Whole photo", key="part") or "Whole photo"
        yours, found = st.columns([1, 4], gap="large")
        with yours, st.container(key="your_photo"):
            top, bottom = (int(share * photo.height) for share in PARTS[part])
            photo = photo.crop((0, top, photo.width, bottom))
            st.image(photo, caption="Your photo", width="stretch")
        with found:
            similar = engine.recommender.similar(engine.embedder.embed([photo])[0], SHOWN, allowed)
            if similar:
                gallery(similar, key="photo_results", place="search")
            else:
                st.write("No product passes these filters. Widen them to see similar ones.")

if session.engine().catalogue.has_samples:
    st.caption(SAMPLE_NOTE)
