"""A photo, the garments found in it, and the one to look for."""

import hashlib

import numpy as np
import streamlit as st
from PIL import Image, ImageDraw

from fashflix.attributes import phrase, telling_apart
from fashflix.ui import session
from fashflix.ui.match import level
from fashflix.vocabulary import CATEGORIES, FACETS, GARMENTS, facet_of

WHOLE = "whole photo"
NAMES = {"top": "Top", "bottom": "Trousers or skirt", "dress": "Dress", "outerwear": "Jacket or coat", "shoes": "Shoes", "bag": "Bag", "hat": "Hat",
         WHOLE: "Whole photo"}
LEAST_SAID = 0.5    # probability below which a word is not said of a photo
ACCESSORY = {"gender", *FACETS} - {"fabric", "style"}
UNSAID = {"shoes": ACCESSORY, "bag": ACCESSORY, "hat": ACCESSORY, "bottom": {"neckline", "collar", "sleeve"}}     # facets that a kind does not have
CHOSEN, OTHERS = (232, 82, 50), (255, 255, 255)     # outline colours


def pick_garment(photo):
    """Draw the photo with outlines and a choice of what to look for.

    A photo that comes near a product as it is shows one thing, as shops do: then the whole is looked for first, else the largest garment.
    photo: PIL image, RGB. Returns (photo of it alone, its kind or None).
    """
    found = {one.kind: one for one in session.engine().finder().find(photo)}
    kinds = [*found, WHOLE] if found else []
    if st.session_state.get("garment") not in kinds or st.session_state.get("garment_of") != _mark(photo):
        st.session_state["garment"] = None if not kinds else WHOLE if _is_of_one_thing(photo) else kinds[0]
        st.session_state["garment_of"] = _mark(photo)
    kind = st.session_state["garment"]
    st.image(outlined(photo, found, kind), width="stretch")
    if kinds:
        st.pills("Look for", kinds, key="garment", format_func=NAMES.get)
    one = found.get(kind)
    return (one.crop(photo), kind) if one else (photo, None)


def _is_of_one_thing(photo):
    engine = session.engine()
    nearest = engine.recommender.similar(engine.embedder.embed([photo])[0], 1, np.ones(len(engine.catalogue), bool))
    return bool(nearest) and level(nearest[0].score) in ("strong", "fair")


def _mark(photo):
    """A few bytes that tell one photo from the next."""
    return hashlib.sha256(photo.tobytes()).hexdigest()[:16]


def outlined(photo, found, chosen):
    """The photo with a frame around each garment. found: dict kind -> Garment. chosen: the kind whose frame stands out. Returns a PIL image."""
    scale = max(1.0, 900 / max(photo.size))         # drawn large, so that lines look smooth
    canvas = photo.resize((round(photo.width * scale), round(photo.height * scale)), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(canvas, "RGBA")
    width = max(3, round(canvas.width / 160))
    for kind, one in sorted(found.items(), key=lambda pair: pair[0] == chosen):
        left, top, right, bottom = (value * scale for value in one.box)
        inside = (width, width, canvas.width - 1 - width, canvas.height - 1 - width)
        box = [max(left, inside[0]), max(top, inside[1]), min(right, inside[2]), min(bottom, inside[3])]
        if box[2] - box[0] < 4 * width or box[3] - box[1] < 4 * width:
            continue
        colour = CHOSEN if kind == chosen else OTHERS
        draw.rounded_rectangle(box, radius=4 * width, outline=(0, 0, 0, 90), width=width + 2)
        draw.rounded_rectangle(box, radius=4 * width, outline=(*colour, 255 if kind == chosen else 190), width=width)
    return canvas


def in_words(likely, kind):
    """What the model sees in a photo, as people say it: "women’s grey coat"; "" when it is not sure of anything.

    likely: float (words,), probabilities of the embedder's attributes. kind: the garment that was chosen, word of GARMENTS, or None.
    """
    embedder = session.engine().embedder
    unsaid = [kind is not None and (word not in GARMENTS[kind] if word in CATEGORIES else facet_of(word) in UNSAID.get(kind, ()))
              for word in embedder.attributes]
    words = telling_apart(embedder.attributes, np.where(unsaid, 0, likely), np.maximum(embedder.thresholds, LEAST_SAID))
    for_whom = next((word for word in words if word in ("women", "men")), None)
    said = phrase(word for word in words if word != for_whom)
    if said and kind and not set(words) & set(GARMENTS[kind]):
        said += " " + NAMES[kind].lower()
    return " ".join(part for part in (f"{for_whom}’s" if for_whom and said else "", said) if part)


def of_kind(kind, allowed):
    """Narrow a filter to products that are sold as a kind of garment. kind: word of GARMENTS. allowed: bool (n,). Returns bool (n,)."""
    catalogue = session.engine().catalogue
    return allowed & np.logical_or.reduce([catalogue.stated(word)[0] for word in GARMENTS[kind]])
