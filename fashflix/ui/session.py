"""The person in front of this screen: who they are, what lies on their deck, what they just swiped.

Model, catalogue, index and store are opened once for the process. The person lives in st.session_state and in the store.
"""

import gc
import threading
from dataclasses import replace

import streamlit as st

from fashflix.engine import Engine
from fashflix.errors import FashFlixError, StoreError
from fashflix.people import new_token
from fashflix.settings import load_settings
from fashflix.ui.card import card
from fashflix.visit import Visit, note, preference, record_events, take_back_edit

COOKIE = "fashflix_guest"
DECK_LENGTH = 12
IN_VIEW = 3
LATELY = 60

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


def takes_vendors():
    """Whether the settings name a passphrase for vendors."""
    try:
        return bool(load_settings(_secrets()).vendor_passphrase)
    except FashFlixError:
        return False


def close_engine():
    """Release the people file."""
    global _engine
    with _lock:
        if _engine is not None:
            _engine.close()
            _engine = None


def visit():
    """The Visit of this tab. A new one begins with the person known by cookie, or with a new guest."""
    if "visit" not in st.session_state:
        token = _token()
        st.session_state.visit = Visit(engine().people.guest(token), token)
    return st.session_state.visit


def person():
    """The Person of this tab."""
    return visit().person


def recommender():
    """The recommender with the learner that this person chose."""
    return engine().recommender.using(person().learner)


def is_current():
    """Whether this tab may go on as its person; not after signing in or out, or deleting, in another tab."""
    return engine().people.admits(person(), visit().token)


def become(someone, token):
    """Go on as another person (after signing in or out): nothing of the former one stays on the screen."""
    st.session_state.visit = Visit(someone, token)


def deck_cards(allowed):
    """The upcoming cards, the ones in view unchanged. allowed: bool (n,). Returns a list of dicts (fashflix.ui.card)."""
    engine_, here = engine(), visit()
    with here.lock:
        swiped = {swipe.product_id for swipe in here.person.swipes}
        in_view = [engine_.catalogue.row(product_id) for product_id in here.deck if product_id not in swiped]
        keep = [row for row in in_view if row is not None][:IN_VIEW]
        rows = engine_.recommender.using(here.person.learner).next_cards(here.person.swipes, allowed, DECK_LENGTH, keep)
        products = [engine_.catalogue.product(row) for row in rows]
        here.deck = [product.product_id for product in products]
    return [card(product) for product in products]


def swiped_lately():
    """Product ids of the latest swipes, which the deck shows no more, wherever they were swiped."""
    return list(dict.fromkeys(swipe.product_id for swipe in person().swipes[-LATELY:] if swipe.liked is not None))


def ask_for(key):
    """Remember which product component `key` asks to open, and whether for its details or for what is like it (fashflix.ui.gallery)."""
    wanted = (st.session_state.get(key) or {}).get("open")
    if wanted:
        st.session_state.opened = {"id": str(wanted.get("id")), "similar": bool(wanted.get("similar"))}


def last_card():
    """The card that undo brings back, or None: a note on an earlier swipe has none."""
    swipes = person().swipes
    row = engine().catalogue.row(swipes[-1].product_id) if swipes and swipes[-1].liked is not None else None
    return None if row is None else card(engine().catalogue.product(row))


def apply_events(key, channel, place):
    """Take what component `key` reports on a channel: record each swipe that is not safe yet, in order, and acknowledge it.

    An event that arrives twice (after a lost connection, or in two runs at once) counts once. A store that refuses leaves the rest
    unacknowledged, so the component sends it again.
    """
    here, events = visit(), (st.session_state.get(key) or {}).get("events") or {}
    if is_current():
        record_events(engine(), here, events, channel, place)


def weigh(product_ids, weight, place="for-you"):
    """Let the opinions on some products count `weight` times: 0 leaves them out, 1 counts them as any. Durable on return."""
    here = visit()
    with here.lock:
        try:
            for product_id in product_ids:
                note(engine(), here, product_id, weight, place)
        except StoreError as error:
            here.notice = str(error)


def undo_edit():
    """Take back the last change to the history."""
    here = visit()
    with here.lock:
        try:
            take_back_edit(engine(), here)
        except StoreError as error:
            here.notice = str(error)


def choose_learner(name):
    """Learn from this person's swipes by another learner from now on. name: in preference.LEARNERS. Raises StoreError."""
    here = visit()
    with here.lock:
        learnt = preference(engine(), replace(here.person, learner=name), here.person.swipes) if here.person.swipes else None
        engine().people.change(here.person, learner=name, preference=learnt)


def _token():
    """This browser's cookie (fashflix.ui.web sets it with the first page), or a new one where cookies are refused."""
    return st.context.cookies.get(COOKIE) or new_token()


def _secrets():
    try:
        return st.secrets.get("fashflix")
    except (FileNotFoundError, FashFlixError):      # no secrets file: the usual case on a laptop
        return None
