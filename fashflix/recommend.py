"""A taste and a catalogue -> the next cards, the for-you list, lanes, similar products, and why each is there.

Variants of one product (colourways, duplicates) share a group; products of different groups that look the same are near-twins. Once one of
them was swiped, the others are seen as well, and a list shows the best of them with the others folded into its card.

    opinions    which swipes of the log stand          shortlist   which products are worth scoring
    feed        the next cards                         lanes       several tastes of one person, by name
    reasons     what moved a score                     words       "striped navy shirt under 50"
"""

from collections import Counter
from copy import copy
from dataclasses import replace

import numpy as np

from fashflix.attributes import DULL, Attributes
from fashflix.confidence import evidence
from fashflix.feed import FIRST_CARDS, LATELY, PLEASED, Feed
from fashflix.lanes import MOST_LIKES, clusters, lanes
from fashflix.lists import by_lane, fold, pick, quotas
from fashflix.opinions import SWIPES_PER_BATCH, standing
from fashflix.preference import LEARNERS
from fashflix.reasons import Recommendation, explain, shared_words
from fashflix.shortlist import Distinct, Groups, Shortlist
from fashflix.words import rank

TWIN = 0.975            # cosine from which two products look the same
DIVERSITY = 0.1         # of for-you lists, 0 to 1
POOL = 4                # a diverse list is chosen from so many times its length

__all__ = ["FIRST_CARDS", "SWIPES_PER_BATCH", "Recommendation", "Recommender"]


class Recommender:
    """Chooses products for one catalogue. Holds no person; threads may share it."""

    def __init__(self, catalogue, index, learner, twin=TWIN, confidence=None):
        """catalogue: fashflix.catalogue.Catalogue. index: fashflix.index.Index over its vectors. learner: of preference.LEARNERS.
        confidence: confidence.Confidence fitted for that learner, or None.
        twin: cosine from which two products count as one; above 1, only variants do."""
        self.catalogue, self.index, self.learner, self.twin, self._confidence = catalogue, index, learner, twin, confidence
        self.attributes, self._groups, self._shortlist = Attributes(catalogue), Groups(catalogue.groups), Shortlist(catalogue.vectors)
        self._feed = Feed(catalogue, self._groups, self._shortlist, twin)

    def using(self, learner):
        """This recommender with another learner, all else shared. learner: a name in preference.LEARNERS; others change nothing."""
        other = copy(self)
        other.learner = LEARNERS.get(learner, self.learner)
        return other

    def taste(self, swipes):
        """Learn from a log. swipes: list of people.Swipe. Returns a Taste; of an empty log, one that scores everything 0.

        A later swipe on the same product replaces the earlier one. Products that left the catalogue, and opinions that a note leaves out,
        are passed over: the taste is the very one of a log without them.
        """
        return self._learn(standing(swipes, self.catalogue))

    def next_cards(self, swipes, allowed, k, keep=(), rng=None):
        """Choose cards for the deck.

        swipes: the log. allowed: bool (n,), what the filters let through. k: cards wanted.
        keep: rows already lying on top of the deck; they stay there, in order, as far as they are still allowed and unseen.
        Returns rows, list of int: k of them, or all that are left.
        """
        rng = rng or np.random.default_rng()

        def ranked(free):
            opinions = standing(swipes, self.catalogue)
            taste = self._learn(opinions)
            if not np.any(taste.vector):
                return ()
            rows = self._candidates(taste, opinions, free)
            worth = self._shortlist.apply(lambda vectors: taste.wish(vectors, rng), rows)
            return rows[np.argsort(-worth, kind="stable")]

        lately = [swipe.liked for swipe in swipes if swipe.liked is not None][-LATELY:]
        return self._feed.next_cards(self._swiped(swipes), ranked, allowed, k, keep, pleased=sum(lately) >= PLEASED)

    def for_you(self, swipes, allowed, k, diversity=DIVERSITY, lane=None):
        """Choose the products a person most likely wants, best first. Seen and disliked ones are left out, with their near-twins.

        allowed: bool (n,). diversity: 0 (the k best) to 1 (as unlike each other as the best allow; maximal marginal relevance, Carbonell
        and Goldstein 1998). lane: a Lane to choose for alone, or None: then each lane has its share of the list.
        Returns list of Recommendation: exactly k of them where k different products exist.
        """
        opinions = standing(swipes, self.catalogue)
        taste = self._learn(opinions)
        if not np.any(taste.vector) or k < 1:
            return []
        free = allowed & ~self.seen(swipes)
        near = self._candidates(taste, opinions, free)
        for rows in (near, np.flatnonzero(free)):
            parts = self._parts(taste, rows, opinions, lane)
            cards = self._chosen(rows, parts, opinions, k, diversity, lane, self._swiped(swipes))
            if len(cards) == k or len(rows) == free.sum():
                break
        return self._explained(cards, parts, rows, opinions, free)

    def evidence(self, swipes, rows):
        """What speaks for the person's liking some products (fashflix.confidence). rows: int (m,). Returns float (m, evidence)."""
        opinions = standing(swipes, self.catalogue)
        taste = self._learn(opinions)
        scores, own = (taste.score(self._shortlist.centred(some)) for some in (rows, [one.row for one in opinions]))
        return evidence(scores, own, [one.liked for one in opinions])

    def expected_likes(self, swipes, picks):
        """How many of some recommendations the person will like, float from 0 to len(picks); None where no confidence was fitted."""
        if self._confidence is None or not picks:
            return None
        return float(self._confidence.chances(self.evidence(swipes, [one.row for one in picks])).sum())

    def lanes(self, swipes):
        """The separate tastes among the likes, largest share first. Returns list of lanes.Lane; [] when there is but one."""
        likes = [one for one in standing(swipes, self.catalogue) if one.liked]
        return lanes(likes, self._unit([one.row for one in likes]), self.attributes)

    def similar(self, vector, k, allowed):
        """Find products near a photo's or a product's vector, one per group.

        vector: (d,). allowed: bool (n,). Returns list of Recommendation, score = cosine, best first.
        """
        rows, scores = self._nearest(vector, k, allowed)
        return [Recommendation(int(row), float(score), also=self._colourways(row, allowed)) for row, score in zip(rows, scores)]

    def similar_to(self, row, k, allowed):
        """Find products that look like a product, without itself, its variants and near-twins. Returns as `similar` does."""
        new = Distinct(self._groups, self._shortlist, self.twin, [row])
        found, reach = [], 2 * k
        while True:
            near = self.similar(self._shortlist.vectors([row])[0], reach, allowed & ~self._groups.variants([row]))
            found = [one for one in near if not new.is_twin([one.row])[0]]
            if len(found) >= k or len(near) < reach:
                return found[:k]
            reach *= 2

    def by_words(self, query, k, allowed):
        """Find products by what words say of them. query: words.Query. allowed: bool (n,), further filters.

        Returns list of Recommendation, best first, one per group; score = how likely all of it is true, 0 to 1.
        """
        likely, passes = rank(query, self.attributes, self.catalogue)
        rows = np.flatnonzero(allowed & passes)
        rows = rows[np.argsort(-likely[rows], kind="stable")]
        _, first = np.unique(self._groups.codes[rows], return_index=True)
        return [Recommendation(int(row), float(likely[row]), also=self._colourways(row, allowed & passes))
                for row in rows[np.sort(first)[:k]]]

    def words_liked(self, swipes, k=6):
        """Vocabulary words that likes have more often than dislikes, strongest first. Returns up to k (word, likes, opinions) of each."""
        likes, all_ = Counter(), Counter()
        for one in standing(swipes, self.catalogue):
            product = self.catalogue.product(one.row)
            words = {product.category, product.pattern, *product.colours[:1], *product.attributes} - {None} - DULL
            all_.update(words)
            likes.update(words if one.liked else ())
        lead = sorted((word for word in likes if 2 * likes[word] > all_[word]), key=lambda word: (all_[word] - 2 * likes[word], word))
        return [(word, likes[word], all_[word]) for word in lead[:k]]

    def seen(self, swipes):
        """The rows of all swiped products and their variants. Returns bool (n,)."""
        return self._groups.variants(self._swiped(swipes))

    def _swiped(self, swipes):
        rows = (self.catalogue.row(product_id) for product_id in dict.fromkeys(swipe.product_id for swipe in swipes))
        return [row for row in rows if row is not None]

    def _learn(self, opinions):
        taste = self.learner.fit(self._shortlist.centred([one.row for one in opinions]), [one.liked for one in opinions],
                                 times=[one.time for one in opinions], batches=[one.batch for one in opinions])
        weights = np.array([one.weight for one in opinions], np.float32)
        return taste if np.all(weights == 1) else replace(taste, weights=taste.weights * weights)

    def _unit(self, rows):
        vectors = self._shortlist.centred(rows)
        return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-12)

    def _candidates(self, taste, opinions, free):
        return self._shortlist.candidates(lambda: self._directions(taste, opinions), free)

    def _directions(self, taste, opinions):
        likes = self._unit([one.row for one in opinions if one.liked][-40:])
        label = clusters(likes @ likes.T)
        middles = [likes[label == place].mean(axis=0) for place in range(label.max(initial=-1) + 1)]
        return [taste.vector, *middles]

    def _parts(self, taste, rows, opinions, lane):
        """Which opinion moved the score of which row, float32 (m, n); for one lane, without the likes of all others."""
        parts = self._shortlist.apply(taste.contributions, rows)
        other = [one.liked and lane is not None and one.product_id not in lane.likes for one in opinions]
        return np.where(other, np.float32(0), parts)

    def _chosen(self, rows, parts, opinions, k, diversity, lane, swiped):
        """The cards of a list: (position in `rows`, [rows folded into it]), best first."""
        score = parts.sum(axis=1)
        order = np.argsort(-score, kind="stable")
        likes = self._unit([one.row for one in opinions if one.liked][-MOST_LIKES:])
        label, shares = by_lane(parts, opinions, clusters(likes @ likes.T) if lane is None else np.zeros(len(likes), int))
        places = quotas(shares, k)
        cards = self._folded(rows, order, label, (POOL if diversity else 1) * places, swiped)
        if len(cards) < k:                              # a lane has less than its share to offer: the others fill up
            cards = self._folded(rows, order, np.zeros(len(rows), int), [k], swiped)
        heads = np.array([place for place, _ in cards], int)
        picks = pick(score[heads], self._unit(rows[heads]), label[heads], places, k, diversity)
        return [cards[one] for one in sorted(picks, key=lambda one: -score[heads[one]])]

    def _folded(self, rows, order, label, wanted, swiped):
        new = Distinct(self._groups, self._shortlist, self.twin, swiped)
        return fold(rows, order, label, wanted, new, self.twin, self._shortlist.vectors)

    def _explained(self, cards, parts, rows, opinions, free):
        picks = [explain(rows[place], parts[place], opinions) for place, _ in cards]
        liked = [[self.catalogue.row(part.product_id) for part in one.likes] for one in picks]
        words = shared_words([one.row for one in picks], liked, self.attributes)
        return [replace(one, words=its, also=tuple(dict.fromkeys((*self._colourways(one.row, free), *folded))))
                for one, its, (_, folded) in zip(picks, words, cards)]

    def _colourways(self, row, allowed):
        """The other variants of a row that the filters let through."""
        return tuple(int(one) for one in self._groups.of(row) if one != row and allowed[one])

    def _nearest(self, query, k, allowed):
        """Like Index.search, with one row per group: looks further until k groups are found or nothing is left."""
        wanted, fetch = min(k, self._groups.count(allowed)), 2 * k
        while True:
            rows, scores = self.index.search(query, fetch, allowed)
            _, first = np.unique(self._groups.codes[rows], return_index=True)
            if len(first) >= wanted or len(rows) < fetch:
                first = np.sort(first)[:k]
                return rows[first], scores[first]
            fetch *= 2
