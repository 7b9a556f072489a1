"""How near a found product comes, in words that a shopper can rely on."""

import streamlit as st

from fashflix.ui import session

WORDS = {"strong": "Strong match", "fair": "Fair match", "weak": "Weak match"}


def level(score):
    """"strong", "fair" or "weak" for a cosine, by the model's calibration; None where the model has none. score: float."""
    levels = session.engine().embedder.match
    if not levels:
        return None
    return next((name for name in ("strong", "fair") if score >= levels[name]), "weak")


def strength(one):
    """The fields of a card that say how near it comes. one: reasons.Recommendation, score = cosine. Returns dict."""
    found = level(one.score)
    return {"why": WORDS[found]} if found else {}


def weak_note(similar):
    """Say so when even the best is no good match. similar: list of reasons.Recommendation, best first."""
    if level(similar[0].score) == "weak":
        st.caption("Nothing here comes close. These are the nearest.")
