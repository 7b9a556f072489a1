"""One browser tab's stretch of swiping as one person, and how what it reports reaches the store: each event once, in order.

Streamlit interrupts a run when the next event of the same browser arrives, and may start the next run while the interrupted one is still
inside a callback. So what swipes change is kept in one Visit and changed under its lock, here, where nothing asks Streamlit for anything.
"""

import secrets
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from fashflix.errors import StoreError
from fashflix.opinions import SWIPES_PER_BATCH, count, weights_of
from fashflix.people import Person, Preference, Swipe
from fashflix.saved import edited, find, flipped, removal

ACTIONS = ("like", "pass", "undo", "ignore", "forget", "flip", "remove")


@dataclass(eq=False)
class Visit:
    """One browser tab's stretch of swiping as one person.

    token: the browser's cookie. epoch: a component that reports under another one starts anew. acknowledged: channel ("deck", "gallery" or
    "details") -> number of its last event that is safe in the store. deck: product ids of the upcoming cards. edits: how to take back
    what was changed in the history, latest last. notice: what to tell the person, or None.
    """

    person: Person
    token: str = field(default="", repr=False)
    epoch: str = field(default_factory=lambda: secrets.token_hex(4))
    acknowledged: Counter = field(default_factory=Counter)
    deck: list = field(default_factory=list)
    edits: list = field(default_factory=list)
    notice: str | None = None
    lock: object = field(default_factory=threading.RLock)


def record_events(engine, here, events, channel, place):
    """Record each event that is not safe yet, in order. What a store refuses is left for the next try, and here.notice says so.

    here: Visit. channel: events are numbered by channel. place: where swipes were made. events: {"epoch": str, "list": [{"seq": int, "id":
    product id, "action": one of ACTIONS, "at": time of the swipe in the history that is meant, for "flip" and "remove"}]}.
    """
    with here.lock:
        if events.get("epoch") != here.epoch:
            return
        for event in events.get("list", []):
            if event["seq"] <= here.acknowledged[channel]:
                continue
            try:
                _act(engine, here, event, place)
            except StoreError as error:
                here.notice = str(error)
                return
            here.acknowledged[channel] = event["seq"]
        here.notice = None


def _act(engine, here, event, place):
    action, product_id = event["action"], event["id"]
    if action == "undo":
        _undo(engine, here, product_id)
    elif action == "ignore":
        note(engine, here, product_id, 0.0, place)
    elif action == "forget":
        _edit(engine, here, [one for one in here.person.swipes if one.product_id == product_id], [])
    elif action in ("flip", "remove"):
        swipe = find(here.person.swipes, product_id, event.get("at"))
        if swipe:
            _edit(engine, here, *([swipe], [flipped(swipe)]) if action == "flip" else (removal(here.person.swipes, swipe), []))
    elif action in ACTIONS:
        _swipe(engine, here, product_id, action == "like", place)


def _swipe(engine, here, product_id, liked, place):
    """Record a swipe, durable on return, with the preference that follows from it. Unknown products are passed over."""
    someone, row = here.person, engine.catalogue.row(product_id)
    earlier = [one.liked for one in someone.swipes if one.product_id == product_id]
    if row is None or earlier[-1:] == [liked]:
        return
    product = engine.catalogue.product(row)
    made = Swipe(product_id, liked, time.time(), count(someone.swipes) // SWIPES_PER_BATCH, product.price, product.currency, place)
    engine.people.swipe(someone, made, preference(engine, someone, someone.swipes + [made]))


def note(engine, here, product_id, weight, place):
    """Append a note on the opinion on a product; where it takes back the note just made, that one is removed, as if never made."""
    someone = here.person
    weights = weights_of(someone.swipes)
    if weights.get(product_id, weight) == weight:
        return
    last = someone.swipes[-1]
    if last.liked is None and last.product_id == product_id and weights_of(someone.swipes[:-1])[product_id] == weight:
        engine.people.undo(someone, preference(engine, someone, someone.swipes[:-1]))
        return
    made = Swipe(product_id, None, time.time(), last.batch, place=place, weight=weight)
    engine.people.swipe(someone, made, preference(engine, someone, someone.swipes + [made]))


def _undo(engine, here, product_id):
    """Take back the last swipe, if it was on this product, and lay its card on top of the deck again."""
    someone = here.person
    if not someone.swipes or someone.swipes[-1].product_id != product_id or someone.swipes[-1].liked is None:
        return
    engine.people.undo(someone, preference(engine, someone, someone.swipes[:-1]))
    here.deck = [product_id, *here.deck]


def take_back_edit(engine, here):
    """Undo the last change of the history that was made in this tab, exactly. Raises StoreError, with nothing changed."""
    if here.edits:
        gone, added = here.edits[-1]
        _change_log(engine, here.person, added, gone)
        here.edits.pop()


def _edit(engine, here, gone, added):
    if gone:
        _change_log(engine, here.person, gone, added)
        here.edits.append((gone, added))


def _change_log(engine, someone, gone, added):
    log = edited(someone.swipes, gone, added)
    engine.people.change(someone, swipes=log, preference=preference(engine, someone, log) if log else None)


def preference(engine, someone, swipes):
    """The Preference that follows from a log, by the learner a person chose."""
    vector = engine.recommender.using(someone.learner).taste(swipes).vector
    return Preference(vector, someone.learner or engine.settings.learner, engine.embedder.sha256, len(swipes))
