import threading

import numpy as np
import pytest
from PIL import Image

from fashflix.embedder import DIMENSION, Embedder
from fashflix.errors import ModelError
from fashflix.vocabulary import facet_of


@pytest.fixture(scope="module")
def embedder():
    return Embedder.load(precision="f32")


@pytest.fixture(scope="module")
def images():
    rng = np.random.default_rng(1)
    return [Image.fromarray(rng.integers(0, 255, (12, 9, 3), np.uint8)).resize((90 + i, 120), Image.Resampling.BICUBIC) for i in range(40)]


def test_each_row_has_length_one_and_a_batch_equals_single_photos(embedder, images):
    vectors = embedder.embed(images)
    assert vectors.shape == (40, DIMENSION) and vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(embedder.embed(images[33:34])[0], vectors[33], atol=1e-4)


def test_no_photos_give_no_rows(embedder):
    assert embedder.embed([]).shape == (0, DIMENSION)


def test_attributes_are_probabilities_of_vocabulary_words(embedder, images):
    read = embedder.read_attributes(images[:3])
    assert read.shape == (3, len(embedder.attributes)) and (0 <= read).all() and (read <= 1).all()
    assert all(facet_of(word) for word in embedder.attributes)


def test_threads_get_their_own_answers(embedder, images):
    expected, got = embedder.embed(images[:6]), {}

    def work(i):
        got[i] = embedder.embed([images[i]])[0]

    threads = [threading.Thread(target=work, args=(i,)) for i in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    for i in range(6):
        np.testing.assert_allclose(got[i], expected[i], atol=1e-4)


def test_a_missing_or_damaged_model_says_how_to_restore_it(tmp_path):
    with pytest.raises(ModelError, match="git checkout -- fashflix/weights"):
        Embedder.load(tmp_path / "none.onnx")
    (tmp_path / "bad.onnx").write_bytes(b"not a model")
    with pytest.raises(ModelError, match="damaged or of another kind"):
        Embedder.load(tmp_path / "bad.onnx")
