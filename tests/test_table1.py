"""Table 1's models, measures and baselines, on toys."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="PyTorch is for training only and is not installed")

from training import table1                                         # noqa: E402
from training.segembed import SegEmbed                              # noqa: E402
from training.table1 import Entry, Photos, f1, most_balanced, priors, train, judged, views      # noqa: E402


def toys(count=60, parts=False):
    """Red or green squares, large or small; the labels say which, and one attribute is always false."""
    rng = np.random.default_rng(0)
    red, large = rng.random(count) < 0.5, rng.random(count) < 0.4
    pixels, maps = np.full((count, 32, 32, 3), 120, np.uint8), np.zeros((count, 32, 32), np.uint8)
    for row in range(count):
        half = 12 if large[row] else 5
        pixels[row, 16 - half:16 + half, 16 - half:16 + half] = (230, 20, 20) if red[row] else (20, 200, 20)
        maps[row, 16 - half:16 + half, 16 - half:16 + half] = 1
    labels = np.stack([np.where(red, 1, -1), np.where(large, 1, -1), np.full(count, -1)], axis=1).astype(np.int8)
    return Photos(pixels, labels, ["red", "large", "never"], np.arange(count) % 3 > 0, maps if parts else None, 2 if parts else 0)


def test_attributes_that_are_never_true_are_left_out_and_the_most_balanced_come_first():
    assert most_balanced(toys(), 13) == ["red", "large"]


def test_f1_is_macro_over_attributes_micro_over_labels_and_unknown_counts_nowhere():
    labels = np.array([[1, 1], [1, -1], [-1, -1], [0, -1]], np.int8)
    guess = np.array([[True, False], [True, False], [False, False], [True, False]])
    found = f1(labels, guess, ["a", "b"])
    assert found["per_attribute"] == {"a": {"f1": 1.0, "support": 2}, "b": {"f1": 0.0, "support": 1}}
    assert found["macro_f1"] == 0.5 and found["micro_f1"] == pytest.approx(0.8)


def test_baselines_need_no_photo():
    photos = toys(600)
    always = priors(photos)["always yes"]["macro_f1"]
    share = [(photos.labels[~photos.train][:, column] == 1).mean() for column in (0, 1)]
    assert always == pytest.approx(np.mean([2 * one / (1 + one) for one in share]), abs=1e-3)
    assert priors(photos)["by its share"]["macro_f1"] < always


def test_parts_move_with_the_photo():
    photos = toys(8, parts=True)
    photos.parts[:, :16] = 0
    photos.pixels[:, :16] = 120
    pixels = torch.from_numpy(photos.pixels).permute(0, 3, 1, 2).float()
    moved, parts = views(pixels, torch.Generator().manual_seed(0), True, torch.from_numpy(photos.parts)[:, None].float())
    square = (moved.max(1).values - moved.min(1).values) > 60
    assert (square == (parts[:, 0] == 1)).float().mean() > 0.95
    assert views(pixels, torch.Generator().manual_seed(0), False)[1] is None


def test_segembed_infers_without_its_decoder_and_draws_parts_with_it():
    net = SegEmbed(["red", "large"], parts=3, width=4).eval()
    with torch.no_grad():
        embedding, logits = net(torch.rand(2, 3, 32, 48) * 255)
        again, _, parts = net(torch.rand(2, 3, 32, 48) * 255, decode=True)
    assert embedding.shape == (2, 512) and logits.shape == (2, 2) and parts.shape == (2, 3, 32, 48)
    assert torch.allclose(embedding.norm(dim=1), torch.ones(2), atol=1e-5)
    assert SegEmbed(["red"], width=4).parts is None


@pytest.mark.parametrize("segments", [False, True])
def test_a_row_learns_what_no_baseline_knows(monkeypatch, segments):
    monkeypatch.setattr(table1, "network", lambda entry, photos: torch.manual_seed(1) and SegEmbed(photos.names, photos.part_count, width=4))
    photos, points = toys(120, parts=True), []
    photos = photos.narrowed(["red", "large"])
    net, steps = train(Entry(13, segments=segments), photos, None, lambda *point: points.append(point[:2]), steps_at_most=60)
    assert steps == 60 and 10 <= len(points) <= 12 and points[-1][1] < points[0][1]
    assert judged(net, photos)["macro_f1"] > priors(photos)["always yes"]["macro_f1"]


def test_the_table_keeps_earlier_rows_and_names_set_and_model(monkeypatch):
    monkeypatch.setattr(table1, "network", lambda entry, photos: SegEmbed(photos.names, photos.part_count, width=2))
    written = []
    rows = table1.table({"toys": toys()}, 0.05, ["ResNet-50-13"], {"studio, SegEmbed": {"macro_f1": 0.5}}, lambda *given: written.append(given))
    assert list(rows) == ["studio, SegEmbed", "toys, ResNet-50-13"] and rows["toys, ResNet-50-13"]["attributes"] == 2
    assert {"macro_f1", "micro_f1", "per_attribute", "untrained", "always yes", "by its share", "validation"} <= set(rows["toys, ResNet-50-13"])
    assert written[0][1][0][:2] == ("toys", "ResNet-50-13")
