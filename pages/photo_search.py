"""Photo search: a photo of any outfit finds similar products. The photo is looked at and forgotten."""

import streamlit as st

from fashflix.errors import PhotoError
from fashflix.photo import open_photo
from fashflix.ui import session
from fashflix.ui.card import SAMPLE_NOTE
from fashflix.ui.filter_bar import filter_bar
from fashflix.ui.gallery import gallery

SHOWN = 12

st.title("Photo search")
chosen, allowed = filter_bar()
upload = st.file_uploader("A photo of what you like: JPEG, PNG or WebP, up to 10 MB", ["jpg", "jpeg", "png", "webp"])

if upload is None:
    st.caption("A single garment, filling most of the picture, works best. Your photo is never stored.")
else:
    engine = session.engine()
    try:
        photo = open_photo(upload.getvalue(), size=(600, 800))
    except PhotoError as error:
        st.error(str(error))
    else:
        yours, found = st.columns([1, 4], gap="large")
        with yours, st.container(key="your_photo"):
            st.image(photo, caption="Your photo", width="stretch")
        with found:
            similar = engine.recommender.similar(engine.embedder.embed([photo])[0], SHOWN, allowed)
            if similar:
                gallery(similar, key="photo_results", place="search")
            else:
                st.write("No product passes these filters. Widen them to see similar ones.")

if session.engine().catalogue.has_samples:
    st.caption(SAMPLE_NOTE)
