"""Likes -> lanes: the separate tastes of one person, such as "Denim jackets" and "Floral dresses".

Average linkage on cosines (Sokal and Michener 1958): the two most alike groups of likes join until no two are alike enough. Lanes need no
number given beforehand, and the same likes give the same lanes.
"""

from dataclasses import dataclass

import numpy as np

from fashflix.attributes import WORDS, phrase, plural, telling
from fashflix.vocabulary import CATEGORIES, facet_of

ALIKE = 0.1         # cosine, seen from the middle of the catalogue, above which groups of likes join
FEWEST = 2          # likes of a lane
MOST_LANES = 5
MOST_LIKES = 120    # the latest so many are sorted into lanes
DESCRIBES = ("colour", "pattern", "fabric", "style", "neckline", "sleeve", "length", "fit")     # facets whose words stand before a noun


@dataclass(frozen=True)
class Lane:
    """One of several tastes. name: in words. likes: product ids, oldest first. share: of all likes, 0 to 1, as they are weighed."""

    name: str
    likes: tuple
    share: float


def clusters(likeness, alike=ALIKE, fewest=FEWEST, most=MOST_LANES):
    """Sort likes into groups.

    likeness: float (n, n), cosines. Returns int (n,), the group of each like, 0 the largest; [0, 0, ...] where there is but one.
    Groups that are too small, or too many, join the group they are most like.
    """
    count = len(likeness)
    if count == 0:
        return np.zeros(0, int)
    members = _linked(likeness, alike)
    members.sort(key=lambda group: (-len(group), group[0]))
    big = [group for group in members if len(group) >= fewest][:most]
    if len(big) < 2:
        return np.zeros(count, int)
    label = np.empty(count, int)
    means = np.stack([likeness[:, group].mean(axis=1) for group in big], axis=1)
    label[:] = means.argmax(axis=1)
    for place, group in enumerate(big):
        label[group] = place
    return label


def _linked(likeness, alike):
    """Groups as lists of positions: joined pairwise, the most alike first, while their mean cosine is above `alike`."""
    near = likeness.astype(float).copy()
    np.fill_diagonal(near, -np.inf)
    members = [[place] for place in range(len(near))]
    while len(near) > 1:
        first, second = sorted(np.unravel_index(near.argmax(), near.shape))
        if near[first, second] < alike:
            break
        a, b = len(members[first]), len(members[second])
        near[first] = (a * near[first] + b * near[second]) / (a + b)
        near[:, first] = near[first]
        near[first, first] = -np.inf
        near = np.delete(np.delete(near, second, 0), second, 1)
        members[first] += members.pop(second)
    return [sorted(group) for group in members]


def lanes(opinions, vectors, attributes):
    """The lanes of a person.

    opinions: list of opinions.Opinion that are likes. vectors: float32 (n, d), unit rows seen from the middle of the catalogue.
    attributes: attributes.Attributes. Returns list of Lane, largest share first; [] when the likes are one taste or none.
    """
    opinions, vectors = opinions[-MOST_LIKES:], vectors[-MOST_LIKES:]
    label = clusters(vectors @ vectors.T)
    if not len(label) or label.max() == 0:
        return []
    weights = np.array([one.weight for one in opinions])
    found, table = [], attributes.table([one.row for one in opinions])
    names = _names([table[label == place].mean(axis=0) for place in range(label.max() + 1)], attributes)
    for place, name in enumerate(names):
        likes = tuple(one.product_id for one, its in zip(opinions, label) if its == place)
        found.append(Lane(name, likes, float(weights[label == place].sum() / weights.sum())))
    return sorted(found, key=lambda lane: -lane.share)


def _names(likely, attributes):
    """A name for each lane, no two the same. likely: list of float (w,)."""
    names = []
    for one in likely:
        words = telling(WORDS, one, attributes.usual)
        for more in range(1, 4):
            name = _name(words, one, more)
            if name not in names:
                break
        while name in names:
            name += " too"
        names.append(name)
    return names


def _name(words, likely, more):
    """A few adjectives and the kind of product in the plural, such as "Navy shirts"; the kind may be a family, such as knitwear."""
    adjectives = [word for word in words if facet_of(word) in DESCRIBES][:more]
    kind = next((word for word in words if facet_of(word) == "category"), None)
    adjectives = [word for word in adjectives if not (kind and word in kind.split())]
    noun = plural(kind) if kind else _family(likely)
    return f"{phrase(adjectives)} {noun}".strip().capitalize()


def _family(likely):
    """The family that most of a lane's products belong to, or "finds" when they belong to none."""
    total = {}
    for word, share in zip(WORDS, likely):
        if word in CATEGORIES:
            total[CATEGORIES[word]] = total.get(CATEGORIES[word], 0) + share
    best = max(total, key=total.get)
    return best if total[best] >= 0.5 else "finds"
