"""The page You, in parts: who you are, signing up and in, how FashFlix learns, your data. Names are drawn as text, never as markup."""

import json
from datetime import datetime, timezone

import streamlit as st

from fashflix.errors import FashFlixError
from fashflix.opinions import count
from fashflix.people import LONGEST_NAME
from fashflix.passphrase import LONGEST, SHORTEST
from fashflix.ui import entrance, session
from fashflix.ui.figures import plain

LEARNERS = {        # name in preference.LEARNERS -> what a shopper would call it, and what it does
    "kernel": ("Several tastes side by side",
               "Liking boots says nothing about dresses, and it tries new things where it knows little. Suits most people."),
    "bayes": ("One taste, and curious",
              "Follows one overall direction, knows how sure it is, and tries things out while it is not."),
    "logistic": ("What tells your yes from your no",
                 "Looks for the differences between what you like and what you pass on; both count alike."),
    "rocchio": ("The middle of what you like",
                "Heads for the average of your likes and away from that of the rest. Old and new swipes count alike."),
    "ema": ("What you swiped last",
            "Recent swipes count most and old ones fade: for tastes that change. FashFlix's first rule."),
}


def who():
    """Draw who this is and what is known of them."""
    someone = session.person()
    swiped, liked = count(someone.swipes), sum(bool(one.liked) for one in someone.swipes)
    with st.container(key="who", gap="xsmall"):
        st.text(someone.name or "Guest")
        so_far = f"{swiped:,} swiped, {liked:,} liked" if swiped else "Nothing swiped yet"
        if someone.name:
            since = datetime.fromtimestamp(someone.created, timezone.utc)
            st.caption(f"{so_far}, since {since:%B} {since.year}. Signed in on {_browsers(len(someone.keys))}.")
        else:
            st.caption(f"{so_far}. Kept for this browser alone; with an account you find it again on any other.")


def doors():
    """Draw what a guest may do: make an account, or open one made elsewhere."""
    here = st.segmented_control("Account", ["Create an account", "Sign in"], default="Create an account", key="door",
                                label_visibility="collapsed")
    if here == "Sign in":
        _sign_in_form()
    else:
        _sign_up_form()


def account():
    """Draw what somebody signed in may do: sign out, here or elsewhere, and change the passphrase."""
    with st.container(horizontal=True, key="account_actions"):
        if st.button("Sign out", icon=":material/logout:") and _done(entrance.sign_out):
            st.rerun()
        if len(session.person().keys) > 1 and st.button("Sign out everywhere else", type="tertiary") and _done(entrance.sign_out_elsewhere):
            st.rerun()
    with st.expander("Change the passphrase"), st.form("passphrase_form", border=False, width=420, clear_on_submit=True):
        former = st.text_input("Passphrase now", type="password", autocomplete="current-password", max_chars=LONGEST)
        new = st.text_input("New passphrase", type="password", autocomplete="new-password", max_chars=LONGEST)
        if st.form_submit_button("Change it"):
            _change_passphrase(former, new)


def learner_choice():
    """Draw how FashFlix learns, in plain words, to be chosen."""
    known = list(LEARNERS)
    now = session.person().learner or session.engine().settings.learner
    st.session_state.learner_choice = now if now in known else known[0]
    st.radio("How your swipes become picks", known, key="learner_choice", label_visibility="collapsed",
             format_func=lambda name: LEARNERS[name][0], captions=[LEARNERS[name][1] for name in known], on_change=_choose_learner)


def data():
    """Draw the download of everything known about a person, and its deletion."""
    someone = session.person()
    st.write("Your swipes, what was learnt from them, and your account if you have one: that is all there is. "
             "Photos you search with are never kept.")
    with st.container(horizontal=True, key="data_actions"):
        told = json.dumps(session.engine().people.export(someone), ensure_ascii=False, indent=1)
        st.download_button("Download my data", told, "fashflix-my-data.json", "application/json", icon=":material/download:",
                           on_click="ignore")
        if st.button("Delete my data", icon=":material/delete:", type="tertiary"):
            _delete_dialog()


@st.dialog("Delete everything?")
def _delete_dialog():
    someone = session.person()
    what = f"{count(someone.swipes):,} swipes and the taste learnt from them" + (f", and the account {someone.name}," if someone.name else "")
    plain(what + " are erased from our files at once. Nobody can bring them back.")
    with st.container(horizontal=True):
        if st.button("Delete everything", type="primary", key="delete_for_good") and _done(entrance.delete):
            st.toast("Everything is deleted. You start anew as a guest.")
            st.rerun()
        if st.button("Keep it", key="keep_it"):
            st.rerun()


def _sign_up_form():
    with st.form("sign_up", border=False, width=420):
        name = st.text_input("Name", max_chars=LONGEST_NAME, autocomplete="username", key="new_name")
        passphrase = st.text_input("Passphrase", type="password", max_chars=LONGEST, autocomplete="new-password", key="new_passphrase",
                                   placeholder=f"{SHORTEST} characters or more")
        st.caption("Any name will do; no e-mail is asked for. So a lost passphrase cannot be sent to you: keep it well.")
        entered = st.form_submit_button("Create account", type="primary")
    if entered and _done(lambda: entrance.sign_up(name, passphrase)):
        st.toast("Welcome. Everything you swiped is in your account.")
        st.rerun()


def _sign_in_form():
    with st.form("sign_in", border=False, width=420):
        name = st.text_input("Name", max_chars=LONGEST_NAME, autocomplete="username", key="name")
        passphrase = st.text_input("Passphrase", type="password", max_chars=LONGEST, autocomplete="current-password", key="passphrase")
        entered = st.form_submit_button("Sign in", type="primary")
    if not entered:
        return
    swiped, right = count(session.person().swipes), []
    if _done(lambda: right.append(entrance.sign_in(name, passphrase))):
        if right[0]:
            st.toast(f"Signed in. The {swiped:,} swipes you made here were added." if swiped else "Signed in.")
            st.rerun()
        plain("Name and passphrase do not fit together. Check both, or create an account.", kind="error")


def _change_passphrase(former, new):
    people, right = session.engine().people, []
    if _done(lambda: right.append(people.change_passphrase(session.person(), former, new))):
        if right[0]:
            plain("The passphrase is changed.", kind="success")
        else:
            plain("That is not the passphrase you have now.", kind="error")


def _choose_learner():
    try:
        session.choose_learner(st.session_state.learner_choice)
    except FashFlixError as error:
        session.visit().notice = str(error)


def _done(act):
    """Whether it went well; what went wrong is drawn as a sentence."""
    try:
        act()
    except FashFlixError as error:
        plain(str(error), kind="error")
        return False
    return True


def _browsers(count_):
    return "this browser" if count_ < 2 else f"{count_} browsers"
