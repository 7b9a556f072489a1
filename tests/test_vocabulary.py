import pytest

from fashflix.vocabulary import ATTRIBUTES, CATEGORIES, COLOURS, GENDERS, PATTERNS, SYNONYMS, facet_of, word_for


def test_every_word_belongs_to_one_facet():
    words = [*GENDERS, *CATEGORIES, *COLOURS, *PATTERNS, *ATTRIBUTES]
    assert len(words) == len(set(words)) and all(facet_of(word) for word in words)
    assert all(facet_of(word) for word in SYNONYMS.values())


@pytest.mark.parametrize("text, word", [
    ("T-Shirts", "t-shirt"), ("tees", "t-shirt"), ("Navy Blue", "navy"), ("Women's", "women"), ("DRESSES", "dress"), ("jumper", "sweater"),
    ("Track Pants", "joggers"), ("polka-dot", "polka dot"), ("spoon", None), ("", None)])
def test_a_shop_s_word_becomes_ours_or_nothing(text, word):
    assert word_for(text) == word
