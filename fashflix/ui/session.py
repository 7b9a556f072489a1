"""The person in front of this screen: who they are, what lies on their deck, what they just swiped.

Model, catalogue, index and store are opened once for the process. The person lives in st.session_state and in the store.
"""

import gc
import secrets
import threading
import time

import streamlit as st

from fashflix.engine import Engine
from fashflix.errors import FashFlixError, StoreError
from fashflix.people import Preference, Swipe, new_token
from fashflix.recommend import SWIPES_PER_BATCH
from fashflix.settings import load_settings
from fashflix.ui.card import card

COOKIE = "fashflix_guest"
DECK_LENGTH = 12
IN_VIEW = 3

_lock = threading.Lock()
_engine = None


def engine():
    """The process-wide Engine, opened on first use. Raises a FashFlixError that says what to do when it cannot be opened."""
    global _engine
    with _lock:
        if _engine is None:
            _engine = Engine.open(load_settings(_secrets()))
            gc.collect()
            gc.freeze()     # Streamlit collects garbage after every rerun; what lives for ever need not be looked at again
        return _engine


def close_engine():
    """Release the people file."""
    global _engine
    with _lock:
        if _engine is not None:
            _engine.close()
            _engine = None


def person():
    """The Person of this browser: known by cookie, or a new guest."""
    state = st.session_state
    if "person" not in state:
        people, token = engine().people, _token()
        state.token = token
        state.person = people.by_token(token) or people.guest(token)
    return state.person


def become(someone):
    """Go on as another person (after signing in or out): nothing of the former one stays on the screen."""
    for name in ("epoch", "acknowledged", "deck", "notice"):
        st.session_state.pop(name, None)
    st.session_state.person = someone


def taste():
    """The Taste of the person, by the learner that is set."""
    return engine().recommender.taste(person().swipes)


def epoch():
    """A number for this stretch of swiping; a component that reports under another one starts anew."""
    return st.session_state.setdefault("epoch", secrets.token_hex(4))


def acknowledged(channel):
    """The number of the last event of a channel ("deck" or "gallery") that is safe in the store."""
    return st.session_state.setdefault("acknowledged", {}).get(channel, 0)


def deck_cards(allowed):
    """The upcoming cards, the ones in view unchanged. allowed: bool (n,). Returns a list of dicts (fashflix.ui.card)."""
    engine_, state = engine(), st.session_state
    in_view = [engine_.catalogue.row(product_id) for product_id in state.get("deck", [])]
    swiped = {swipe.product_id for swipe in person().swipes}
    keep = [row for row in in_view if row is not None and engine_.catalogue.product(row).product_id not in swiped][:IN_VIEW]
    rows = engine_.recommender.next_cards(person().swipes, allowed, DECK_LENGTH, keep)
    products = [engine_.catalogue.product(row) for row in rows]
    state.deck = [product.product_id for product in products]
    return [card(product) for product in products]


def last_card():
    """The card that undo brings back, or None."""
    swipes = person().swipes
    row = engine().catalogue.row(swipes[-1].product_id) if swipes else None
    return None if row is None else card(engine().catalogue.product(row))


def apply_events(key, channel, place):
    """Take what component `key` reports on a channel: record each swipe that is not safe yet, in order, and acknowledge it.

    An event that arrives twice (after a lost connection) counts once. A store that refuses leaves the rest unacknowledged, so the
    component sends it again.
    """
    events = (st.session_state.get(key) or {}).get("events") or {}
    if events.get("epoch") != epoch():
        return
    for event in events.get("list", []):
        if event["seq"] <= acknowledged(channel):
            continue
        try:
            undo(event["id"]) if event["action"] == "undo" else swipe(event["id"], event["action"] == "like", place)
        except StoreError as error:
            st.session_state.notice = str(error)
            return
        st.session_state.acknowledged[channel] = event["seq"]
    st.session_state.pop("notice", None)


def swipe(product_id, liked, place):
    """Record a swipe, durable on return, with the preference that follows from it. Unknown products are passed over."""
    engine_, someone = engine(), person()
    row = engine_.catalogue.row(product_id)
    earlier = [one.liked for one in someone.swipes if one.product_id == product_id]
    if row is None or earlier[-1:] == [liked]:
        return
    product = engine_.catalogue.product(row)
    made = Swipe(product_id, liked, time.time(), len(someone.swipes) // SWIPES_PER_BATCH, product.price, product.currency, place)
    engine_.people.swipe(someone, made, _preference(someone.swipes + [made]))


def undo(product_id):
    """Take back the last swipe, if it was on this product, and lay its card on top of the deck again."""
    engine_, someone = engine(), person()
    if not someone.swipes or someone.swipes[-1].product_id != product_id:
        return
    engine_.people.undo(someone, _preference(someone.swipes[:-1]))
    st.session_state.deck = [product_id, *st.session_state.get("deck", [])]


def _preference(swipes):
    engine_ = engine()
    vector = engine_.recommender.taste(swipes).vector
    return Preference(vector, engine_.settings.learner, engine_.embedder.sha256, len(swipes))


def _token():
    """This browser's cookie (fashflix.ui.web sets it with the first page), or a new one where cookies are refused."""
    return st.context.cookies.get(COOKIE) or new_token()


def _secrets():
    try:
        return st.secrets.get("fashflix")
    except (FileNotFoundError, FashFlixError):      # no secrets file: the usual case on a laptop
        return None
