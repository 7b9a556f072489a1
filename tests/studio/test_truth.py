"""The facts of a product: one vocabulary, no word in the wrong place."""

from dataclasses import asdict

import pytest

from catalog.studio.truth import Truth
from fashflix.errors import StudioError
from fashflix.vocabulary import facet_of

HOODIE = dict(category="hoodie", gender="women", colours=("grey", "navy"), fit="loose fit", sleeve="long sleeve", closure="zip front",
              pockets="kangaroo pocket", hood=True, fabric="fleece")


def test_attributes_are_the_words_beyond_category_gender_colours_and_pattern():
    assert Truth(**HOODIE).attributes == ("hood", "long sleeve", "loose fit", "zip front", "kangaroo pocket", "fleece")
    assert Truth("hat", "unisex", "camel").attributes == ()


def test_a_garment_with_a_collar_and_a_hood_has_both():
    truth = Truth("coat", "men", ("olive",), collar="stand collar", hood=True)
    assert truth.attributes == ("stand collar", "hood") and all(facet_of(word) == "collar" for word in truth.attributes)


def test_one_word_or_several_may_be_given_for_colours_pockets_and_style():
    one = Truth("skirt", "women", "sage", pockets="patch pockets", style="pleated")
    assert (one.colours, one.pockets, one.style) == (("sage",), ("patch pockets",), ("pleated",))
    assert Truth("skirt", "women", ["sage", "ivory"], style=["pleated", "a-line"]).style == ("pleated", "a-line")


@pytest.mark.parametrize("change, says", [
    ({"category": "jumper"}, "jumper"), ({"gender": "girls"}, "girls"), ({"colours": ("greyish",)}, "greyish"),
    ({"pattern": "stripes"}, "stripes"),
    ({"fit": "cropped"}, "slim fit, regular fit"), ({"pockets": ("chest pocket", "hood")}, "hood"), ({"style": "red"}, "red"),
    ({"colours": ()}, "colour"), ({"colours": ("red", "red")}, "different"), ({"collar": "hood"}, "hood=True")])
def test_a_word_that_is_not_of_the_facet_is_refused_with_the_words_that_are(change, says):
    with pytest.raises(StudioError, match=says):
        Truth(**HOODIE | change)


def test_a_truth_survives_being_written_down():
    truth = Truth(**HOODIE)
    written = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(truth).items()}
    assert Truth(**written) == truth and hash(truth) == hash(Truth(**HOODIE))
