"""Where the photo to search by comes from: a file, the camera, or a sample."""

import numpy as np
import streamlit as st

from fashflix.ui import session

WAYS = {"file": "Choose a photo", "camera": "Take one", "sample": "Try a sample"}
SAMPLES = 5
MOST_LOOKED_AT = 500


def photo_source():
    """Draw the ways to give a photo. Returns its bytes, or None while there is none."""
    way = st.segmented_control("Photo from", list(WAYS), key="photo_way", default="file", format_func=WAYS.get, label_visibility="collapsed") or "file"
    if way == "sample":
        return _sample()
    if way == "camera":
        given = st.camera_input("What you wear, or what you see", key="photo_camera")
    else:
        given = st.file_uploader("A photo of what you like: JPEG, PNG or WebP, up to 10 MB", ["jpg", "jpeg", "png", "webp"], key="photo_file")
    return given.getvalue() if given else None


def _sample():
    """The second photo of one of a few products that look their best, as bytes; None where no product has two."""
    catalogue = session.engine().catalogue
    rows = np.flatnonzero(catalogue.showcase) if catalogue.showcase.any() else np.arange(min(len(catalogue), MOST_LOOKED_AT))
    kinds = {product.category: product for product in map(catalogue.product, rows) if len(product.image_files) > 1}
    samples = dict(list(kinds.items())[:SAMPLES])
    if not samples:
        st.write("This catalogue has no second photos to try. Choose or take one of your own.")
        return None
    kind = st.pills("Samples", list(samples), key="photo_sample", default=next(iter(samples)), format_func=lambda name: (name or "other").capitalize(),
                    label_visibility="collapsed")
    return None if kind is None else (catalogue.folder / samples[kind].image_files[1]).read_bytes()
