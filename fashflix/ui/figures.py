"""Figures, bars and plain sentences for the pages about catalogues."""

import hashlib
from html import escape

import streamlit as st


def plain(*lines, kind=None):
    """Draw text that is not ours as text, whatever it holds. kind: "error" or "success" draws it in a frame of that colour."""
    key = f"{kind}_text_{hashlib.sha256(repr(lines).encode()).hexdigest()[:12]}" if kind else None
    with st.container(key=key, gap="xsmall"):
        for line in lines:
            st.text(line)


def figures(some):
    """Draw a row of figures. some: list of (label, value, note or None); our own words only."""
    cells = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd>{f'<small>{escape(note)}</small>' if note else ''}</div>"
                    for label, value, note in some)
    st.html(f"<dl class='figures'>{cells}</dl>")


def bars(some, label):
    """Draw shares as bars. some: list of (words, share 0 to 1, value in words, whether it is the one meant); our own words only."""
    rows = "".join(f"<li{' class=meant' if meant else ''}><span>{escape(words)}</span><i aria-hidden='true'>"
                   f"<b style='width:{100 * min(1, max(0, share)):.1f}%'></b></i><em>{escape(value)}</em></li>"
                   for words, share, value, meant in some)
    st.html(f"<ul class='bars' aria-label='{escape(label)}'>{rows}</ul>")

