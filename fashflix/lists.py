"""From scored products to a list: near-twins folded into one card, each lane its share, not all of one kind."""

import numpy as np

BLOCK = 256


def by_lane(parts, opinions, label):
    """Which lane brought which product, and how large each lane is.

    parts: float (m, n), contributions. opinions: list of n opinions.Opinion. label: int, the lane of each of the latest likes, in order.
    Returns int (m,) and float (lanes,), shares of the likes as they are weighed.
    """
    likes = np.array([place for place, one in enumerate(opinions) if one.liked], int)
    likes = likes[len(likes) - len(label):]             # lanes are made of the latest likes
    if not len(likes):
        return np.zeros(len(parts), int), np.ones(1)
    member = np.eye(label.max() + 1)[label]                                             # (likes, lanes)
    weights = np.array([opinions[place].weight for place in likes]) @ member
    return (parts[:, likes] @ member).argmax(axis=1), weights / weights.sum()


def quotas(shares, k):
    """Places of a list for each lane, by largest remainder. shares: float (lanes,), sum 1. Returns int (lanes,), sum k."""
    exact = np.asarray(shares) * k
    places = np.floor(exact).astype(int)
    for lane in np.argsort(places - exact, kind="stable")[:k - places.sum()]:
        places[lane] += 1
    return places


def fold(rows, order, label, wanted, new, twin, vectors):
    """Walk products from the best on; each is a card of its own or, as a near-twin of an earlier one, folded into that.

    rows: int (m,). order: positions in rows, best first. label: int (m,), their lanes. wanted: int (lanes,), cards wanted of each.
    new: shortlist.Distinct, holds what was seen; a product that looks like it is passed over. twin: cosine of a near-twin.
    vectors: function of rows to float32 (j, d), unit rows.
    Returns list of (position, [folded rows]), best first. Variants are for `new` to refuse: only the best of a group is a card.
    """
    cards, missing, heads = [], np.array(wanted), None
    for start in range(0, len(order), BLOCK):
        block = np.array([place for place in order[start:start + BLOCK] if missing[label[place]] > 0], int)
        if missing.max() <= 0:
            break
        if not len(block):
            continue
        seen, looks = new.is_twin(rows[block]), vectors(rows[block])
        for place, look in zip(block[~seen], looks[~seen]):
            alike = -1.0 if heads is None else heads[:len(cards)] @ look
            if heads is not None and alike.max() >= twin:
                cards[int(alike.argmax())][1].append(int(rows[place]))
            elif missing[label[place]] > 0 and new.is_new_group(rows[place]):
                heads = np.empty((len(order), len(look)), np.float32) if heads is None else heads
                heads[len(cards)] = look
                cards.append((int(place), []))
                missing[label[place]] -= 1
    return cards


def pick(score, vectors, label, places, k, diversity):
    """Choose a list's products by maximal marginal relevance, each lane no more than its places while others have some to fill.

    score: float (m,). vectors: float32 (m, d), unit rows. label: int (m,). places: int (lanes,). Returns list of min(k, m) positions.
    """
    if not len(score):
        return []
    value = (score - score.min()) / (np.ptp(score) or 1.0)
    nearest, open_, left, chosen = np.zeros(len(score), np.float32), np.ones(len(score), bool), np.array(places), []
    while len(chosen) < min(k, len(score)):
        may = open_ & (left[label] > 0)
        worth = np.where(may if may.any() else open_, (1 - diversity) * value - diversity * nearest, -np.inf)
        best = int(worth.argmax())
        chosen.append(best)
        open_[best] = False
        left[label[best]] -= 1
        nearest = np.maximum(nearest, vectors @ vectors[best])
    return chosen
