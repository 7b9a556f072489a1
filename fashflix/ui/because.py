"""Reasons and lanes in a shopper's words."""

import streamlit as st

from fashflix.opinions import count, left_out, weights_of
from fashflix.ui import session

MOST_LEFT_OUT = 8
STEPS = {"Much less": 0.25, "Less": 0.5, "Normal": 1.0, "More": 2.0, "Much more": 4.0}      # words -> how many times a lane's likes count
FIRST = 10          # picks that a guess is made about


def because(one):
    """The fields of a card that say why it is there. one: reasons.Recommendation. Returns dict with `why` and `reasons`, or {}."""
    liked = [f"you liked {_name(part.product_id)}" for part in one.likes]
    lines = [{"text": text[0].upper() + text[1:], "id": part.product_id} for text, part in zip(liked, one.likes)]
    if one.dislike:
        lines.append({"text": f"Ranked lower because you passed on {_name(one.dislike.product_id)}", "id": one.dislike.product_id})
    if one.words:
        lines.insert(0, {"text": "What they share: " + ", ".join(one.words)})
    if not lines:
        return {}
    return {"why": f"Because {liked[0]}" if liked else "Far from what you passed on", "reasons": lines}


def lane_bar(lanes):
    """Draw the lanes of a person, one to be chosen and weighed. lanes: list of lanes.Lane, two or more. Returns the chosen Lane or None."""
    names = {lane.name: lane for lane in lanes}
    if st.session_state.get("lane") not in names:
        st.session_state.pop("lane", None)
    chosen = st.pills("Your tastes", list(names), key="lane", format_func=lambda name: f"{name} · {names[name].share:.0%}")
    lane = names.get(chosen)
    if lane:
        with st.container(horizontal=True, key="lane_actions"):
            for label, factor in (("More of this", 2.0), ("Less of this", 0.5), ("Leave this out", 0.0)):
                st.button(label, key=f"lane_{factor}", on_click=_weigh, args=(lane, factor))
    return lane


def lane_sliders(lanes):
    """Draw each lane with its share, a slider that weighs it, and a button that leaves it out. lanes: list of lanes.Lane."""
    weights = weights_of(session.person().swipes)
    for lane in lanes:
        middle = sum(weights[one] for one in lane.likes) / len(lane.likes)
        key = f"weight_{lane.name}"
        st.session_state[key] = min(STEPS, key=lambda step: abs(STEPS[step] - middle))
        with st.container(key=f"lane_row_{lane.name}", gap="small"):
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                with st.container(gap=None, width="content"):
                    st.text(lane.name)
                    st.caption(f"{lane.share:.0%} of your taste, {len(lane.likes)} likes")
                st.button("Leave out", key=f"leave_out_{lane.name}", type="tertiary", on_click=_set_weight, args=(lane, 0.0))
            st.select_slider(f"How much {lane.name} counts", list(STEPS), key=key, label_visibility="collapsed",
                             on_change=lambda lane=lane, key=key: _set_weight(lane, STEPS[st.session_state[key]]))


def say_expected(swipes, picks):
    """Say how many of the first picks the person will probably like; nothing before it can be known."""
    first = picks[:FIRST]
    expected = session.engine().recommender.expected_likes(swipes, first)
    if expected is not None and count(swipes) >= FIRST and len(first) == FIRST:
        st.caption(f"You will probably like {_about(expected)} of the first {FIRST}.")


def _about(expected):
    """A number of products as people say it, for a guess: "about 7", "one or two"."""
    return "one or two" if expected < 2 else f"about {round(expected)}"


def left_out_bar():
    """Draw the swipes that were left out, each with a way back; nothing when there are none."""
    gone = [one for one in left_out(session.person().swipes) if session.engine().catalogue.row(one) is not None]
    if not gone:
        return
    with st.expander(f"Left out: {len(gone)}"):
        for product_id in gone[:MOST_LEFT_OUT]:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(_name(product_id))
                st.button("Count it again", key=f"again_{product_id}", on_click=session.weigh, args=([product_id], 1.0), type="tertiary")
        if len(gone) > 1:
            st.button("Count all again", on_click=session.weigh, args=(gone, 1.0))


def _set_weight(lane, weight):
    session.weigh(lane.likes, weight)


def _weigh(lane, factor):
    weights = weights_of(session.person().swipes)
    for product_id in lane.likes:
        session.weigh([product_id], min(4.0, max(0.25, weights.get(product_id, 1.0) * factor)) if factor else 0.0)


def _name(product_id):
    row = session.engine().catalogue.row(product_id)
    return "a product that is gone" if row is None else session.engine().catalogue.product(row).name
