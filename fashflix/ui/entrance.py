"""Signing up, in and out, and deleting: each makes this browser another person's, with a new cookie."""

from functools import lru_cache

import streamlit as st

from fashflix.people import new_token
from fashflix.tickets import Tickets
from fashflix.ui import session
from fashflix.ui.deck import frontend

NOT_KEPT = "This browser could not keep that. It holds until you close this tab; allow cookies for this page to keep it longer."

tickets = lru_cache(1)(Tickets)
_component = st.components.v2.component("fashflix_entrance", html="", js=frontend("product.js") + frontend("entrance.js"))


def sign_up(name, passphrase):
    """Make the guest of this tab an account. Raises a StoreError that says what to do."""
    _go_on(*session.engine().people.sign_up(session.person(), name, passphrase))


def sign_in(name, passphrase):
    """Go on as an account, with the guest's swipes merged into it. Returns whether name and passphrase were right. Raises StoreError."""
    engine = session.engine()
    account = engine.people.sign_in(name, passphrase)
    if account is None:
        return False
    _go_on(account, engine.people.enter(account, session.person(), lambda log: session.preference(engine, account, log)))
    return True


def sign_out():
    """Close the account in this browser, which goes on as a new guest. Raises StoreError."""
    session.engine().people.leave(session.person(), session.visit().token)
    _go_on_as_guest()


def sign_out_elsewhere():
    """Close the account in every browser but this one. Raises StoreError."""
    session.engine().people.leave_others(session.person(), session.visit().token)


def delete():
    """Forget the person of this tab wholly; the browser goes on as a new guest. Raises StoreError."""
    session.engine().people.delete(session.person())
    _go_on_as_guest()


def keep_cookie():
    """Let the browser trade its ticket for the new cookie; draws nothing to see."""
    ticket, kept = st.session_state.get("ticket"), (st.session_state.get("entrance") or {}).get("kept") or {}
    if ticket and kept.get("ticket") == ticket:
        st.session_state.ticket = None
        if not kept.get("ok"):
            st.toast(NOT_KEPT)
    elif ticket:
        _component(key="entrance", data={"ticket": ticket}, on_kept_change=lambda: None)


def start_anew():
    """Reload this tab, whose person signed in or out, or was deleted, in another one."""
    st.text("You signed in or out in another tab. One moment.")
    _component(key="reload", data={"reload": True})


def _go_on_as_guest():
    token = new_token()
    _go_on(session.engine().people.guest(token), token)


def _go_on(someone, token):
    st.session_state.ticket = tickets().issue(token, session.visit().token)
    session.become(someone, token)
