"""The page about the catalogue, in parts: its figures, its shops, who it is for, and how far it is from the training photos."""

import math
from datetime import datetime, timezone

import streamlit as st

from fashflix.errors import ModelError
from fashflix.freshness import measure
from fashflix.ui.figures import bars, figures, plain

MOST_SHOPS = 20


def draw_figures(found):
    """Draw the main figures. found: fashflix.health.Health."""
    figures([
        ("Products", f"{found.products:,}", f"{found.gone:,} gone" if found.gone else None),
        ("Shops", f"{len(found.shops):,}", None),
        ("Built", _ago(found.built), f"{found.built:%d %B %Y}"),
        ("Without a price", _share(found.without_price, found.products), f"{found.without_price:,} products"),
        ("Without a rating", _share(found.without_rating, found.products), f"{found.without_rating:,} products"),
        ("Variants and copies", f"{found.duplicates:,}", "shown as one with their product"),
        ("Dead photos", f"{found.dead_photos:,}", "left out at building"),
    ])


def draw_women_and_men(found):
    """Draw whom the products are for."""
    st.subheader("For women and men")
    counts = [("Women", found.women), ("Men", found.men), ("Unisex", found.unisex), ("Not stated", found.for_nobody_stated)]
    bars([(words, count / found.products, f"{count:,} · {_share(count, found.products)}", False) for words, count in counts if count],
         "For women and men")


def draw_shops(found):
    """Draw a line for each shop. Names of shops come from feeds and pages, so they are drawn as text."""
    st.subheader("Shops")
    for shop in found.shops[:MOST_SHOPS]:
        lacks = f", {shop.without_price:,} without a price" if shop.without_price else ""
        plain(f"{shop.name}: {shop.products:,} products{lacks}" + (f", last seen {_ago(shop.seen)}" if shop.seen else ""))
    if len(found.shops) > MOST_SHOPS:
        st.caption(f"and {len(found.shops) - MOST_SHOPS:,} more")


def draw_freshness(catalogue):
    """Draw how far the catalogue's photos are from those the model learnt from, beside its yardsticks."""
    st.subheader("How well the model knows such photos")
    try:
        found = measure(catalogue.vectors, catalogue.manifest["model_sha256"])
    except ModelError as error:
        plain(f"Not measured. {error}")
        return
    st.write(found.verdict)
    yardsticks = [(words.capitalize(), distance, False) for words, distance in found.yardsticks.items()]
    rows = sorted([("This catalogue", found.distance, True), *yardsticks], key=lambda row: row[1])
    longest = max(distance for _, distance, _ in rows) or 1
    bars([(words, math.sqrt(max(0, distance) / longest), f"{distance:.3f}", meant) for words, distance, meant in rows],
         "Distance from the training photos")
    st.caption("Distance from the photos the model learnt from (bars grow with its square root). A simple classifier picks out the "
               f"catalogue's photo beside a training photo in {found.told_apart:.0%} of pairs; 50% would be guessing.")


def _share(count, of):
    return f"{count / of:.0%}" if of else "0%"


def _ago(moment):
    days = (datetime.now(timezone.utc) - moment).days
    return "today" if days < 1 else "yesterday" if days == 1 else f"{days:,} days ago" if days < 60 else f"{days // 30:,} months ago"
