"""The person in front of this screen: who they are, what lies on their deck, what they just swiped.

Model, catalogue, index and store are opened once for the process. The person lives in st.session_state and in the store.

Streamlit interrupts a run when the next event of the same browser arrives, and may start the next run while the interrupted one is still
inside a callback. So what swipes change is kept in one Visit, changed under its lock, and never as single values of st.session_state.
"""

import gc
import secrets
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import streamlit as st

from fashflix.engine import Engine
from fashflix.errors import FashFlixError, StoreError
from fashflix.opinions import count, weights_of
from fashflix.people import Person, Preference, Swipe, new_token
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


@dataclass(eq=False)
class Visit:
    """One browser tab's stretch of swiping as one person.

    epoch: a component that reports under another one starts anew. acknowledged: channel ("deck" or "gallery") -> number of its last event
    that is safe in the store. deck: product ids of the upcoming cards. notice: what to tell the person, or None.
    """

    person: Person
    epoch: str = field(default_factory=lambda: secrets.token_hex(4))
    acknowledged: Counter = field(default_factory=Counter)
    deck: list = field(default_factory=list)
    notice: str | None = None
    lock: object = field(default_factory=threading.RLock)


def visit():
    """The Visit of this tab. A new one begins with the person known by cookie, or with a new guest."""
    if "visit" not in st.session_state:
        people, token = engine().people, _token()
        st.session_state.visit = Visit(people.by_token(token) or people.guest(token))
    return st.session_state.visit


def person():
    """The Person of this tab."""
    return visit().person


def become(someone):
    """Go on as another person (after signing in or out): nothing of the former one stays on the screen."""
    st.session_state.visit = Visit(someone)


def deck_cards(allowed):
    """The upcoming cards, the ones in view unchanged. allowed: bool (n,). Returns a list of dicts (fashflix.ui.card)."""
    engine_, here = engine(), visit()
    with here.lock:
        swiped = {swipe.product_id for swipe in here.person.swipes}
        in_view = [engine_.catalogue.row(product_id) for product_id in here.deck if product_id not in swiped]
        keep = [row for row in in_view if row is not None][:IN_VIEW]
        rows = engine_.recommender.next_cards(here.person.swipes, allowed, DECK_LENGTH, keep)
        products = [engine_.catalogue.product(row) for row in rows]
        here.deck = [product.product_id for product in products]
    return [card(product) for product in products]


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
    record_events(engine(), here, events, channel, place)


def record_events(engine, here, events, channel, place):
    """The part of apply_events that Streamlit cannot interrupt: it asks Streamlit for nothing.

    here: Visit. events: {"epoch": str, "list": [{"seq": int, "id": product id, "action": "like" | "pass" | "undo" | "ignore"}]}.
    """
    with here.lock:
        if events.get("epoch") != here.epoch:
            return
        for event in events.get("list", []):
            if event["seq"] <= here.acknowledged[channel]:
                continue
            try:
                if event["action"] == "undo":
                    _undo(engine, here, event["id"])
                elif event["action"] == "ignore":
                    _note(engine, here, event["id"], 0.0, place)
                else:
                    _swipe(engine, here, event["id"], event["action"] == "like", place)
            except StoreError as error:
                here.notice = str(error)
                return
            here.acknowledged[channel] = event["seq"]
        here.notice = None


def _swipe(engine, here, product_id, liked, place):
    """Record a swipe, durable on return, with the preference that follows from it. Unknown products are passed over."""
    someone, row = here.person, engine.catalogue.row(product_id)
    earlier = [one.liked for one in someone.swipes if one.product_id == product_id]
    if row is None or earlier[-1:] == [liked]:
        return
    product = engine.catalogue.product(row)
    made = Swipe(product_id, liked, time.time(), count(someone.swipes) // SWIPES_PER_BATCH, product.price, product.currency, place)
    engine.people.swipe(someone, made, _preference(engine, someone.swipes + [made]))


def weigh(product_ids, weight, place="for-you"):
    """Let the opinions on some products count `weight` times: 0 leaves them out, 1 counts them as any. Durable on return."""
    here = visit()
    with here.lock:
        try:
            for product_id in product_ids:
                _note(engine(), here, product_id, weight, place)
        except StoreError as error:
            here.notice = str(error)


def _note(engine, here, product_id, weight, place):
    """Append a note on the opinion on a product; where it takes back the note just made, that one is removed, as if never made."""
    someone = here.person
    weights = weights_of(someone.swipes)
    if weights.get(product_id, weight) == weight:
        return
    last = someone.swipes[-1]
    if last.liked is None and last.product_id == product_id and weights_of(someone.swipes[:-1])[product_id] == weight:
        engine.people.undo(someone, _preference(engine, someone.swipes[:-1]))
        return
    made = Swipe(product_id, None, time.time(), last.batch, place=place, weight=weight)
    engine.people.swipe(someone, made, _preference(engine, someone.swipes + [made]))


def _undo(engine, here, product_id):
    """Take back the last swipe, if it was on this product, and lay its card on top of the deck again."""
    someone = here.person
    if not someone.swipes or someone.swipes[-1].product_id != product_id or someone.swipes[-1].liked is None:
        return
    engine.people.undo(someone, _preference(engine, someone.swipes[:-1]))
    here.deck = [product_id, *here.deck]


def _preference(engine, swipes):
    vector = engine.recommender.taste(swipes).vector
    return Preference(vector, engine.settings.learner, engine.embedder.sha256, len(swipes))


def _token():
    """This browser's cookie (fashflix.ui.web sets it with the first page), or a new one where cookies are refused."""
    return st.context.cookies.get(COOKIE) or new_token()


def _secrets():
    try:
        return st.secrets.get("fashflix")
    except (FileNotFoundError, FashFlixError):      # no secrets file: the usual case on a laptop
        return None
