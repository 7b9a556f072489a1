import hashlib
import json

import numpy as np
import pandas as pd
import pytest

torch = pytest.importorskip("torch", reason="PyTorch is for training only and is not installed")

from fashflix.embedder import Embedder
from training import sources
from training.config import Config, learning_rate, stage_size
from training.dataset import decode, random_views
from training.evaluate import best_thresholds, f1_rows, linear_probe, match_levels
from training.export import CLASSES, RELEASED, build, build_garments, facts, load_released
from training.garments import STREET, UNCLEAR, Pool, frame_mask, loss_of, measure
from training.loss import class_balanced_loss, effective_number_weights, same_photo_loss, soft_label_loss
from training.models import AttributeNet, FashionTeacher, GarmentHead, TrainingHeads, pyramid
from training.sources import DATA, label_matrix
from training.twins import listed, near_twins
from tests.toys import photo

needs_photos = pytest.mark.skipif(not (DATA / "myntra_224.parquet").exists(),
                                  reason=f"the real photo sets are not at {DATA} (set FASHFLIX_DATA)")


def row(**values):
    return {"source": "myntra_224", "article_type": "Tshirts", "base_colour": "Navy Blue", "gender": "Men", "name": "Puma Men Navy Blue Tee 12"} | values


def test_a_stated_label_is_yes_its_rivals_are_no_and_unclear_borders_stay_unknown():
    photos = pd.DataFrame([dict(zip(("yes", "no"), sources.words_of(row())))])
    labels = dict(zip(["t-shirt", "polo shirt", "dress", "navy", "blue", "red", "men", "women", "sleeveless"],
                      label_matrix(photos, ["t-shirt", "polo shirt", "dress", "navy", "blue", "red", "men", "women", "sleeveless"])[0]))
    assert labels == {"t-shirt": 1, "polo shirt": 0, "dress": -1, "navy": 1, "blue": 0, "red": -1, "men": 1, "women": -1, "sleeveless": 0}


def test_colourways_of_one_style_never_fall_on_both_sides():
    one, other = row(), row(base_colour="Red", name="Puma Men Red Tee 14")
    assert sources.group_of(one) == sources.group_of(other) and sources.is_held_out(one) == sources.is_held_out(other)


@needs_photos
def test_no_group_is_on_both_sides_of_the_split_and_about_a_tenth_is_held_out():
    photos = sources.read(limit=1500)
    sides = photos.groupby(photos.apply(sources.group_of, axis=1)).held_out.nunique()
    assert sides.max() == 1
    assert 0.05 < photos[photos.source == "myntra_224"].held_out.mean() < 0.17
    assert photos[photos.held_out].source.nunique() == 4


def test_class_weights_follow_the_effective_number_of_samples():
    labels = torch.tensor([[1, 1], [-1, 1], [-1, 1], [-1, 0]], dtype=torch.int8)
    weights = effective_number_weights(labels, beta=0.9)
    effective = lambda n: (1 - 0.9) / (1 - 0.9 ** n)
    assert float(weights[0, 0] / weights[1, 0]) == pytest.approx(effective(1) / effective(3), rel=1e-5)
    assert float((weights[0, 0] * 1 + weights[1, 0] * 3) / 4) == pytest.approx(1, rel=1e-5)
    assert torch.allclose(effective_number_weights(labels[:, :1], beta=0.0), torch.ones(2, 1))


def test_unknown_labels_do_not_move_the_loss():
    logits, weights = torch.randn(3, 4, requires_grad=True), torch.ones(2, 4)
    labels = torch.tensor([[1, -1, 0, 0]] * 3, dtype=torch.int8)
    class_balanced_loss(logits, labels, weights).backward()
    assert (logits.grad[:, 2:] == 0).all() and (logits.grad[:, 0] < 0).all() and (logits.grad[:, 1] > 0).all()
    assert float(class_balanced_loss(logits.detach(), torch.zeros_like(labels), weights)) == 0


def test_two_views_of_one_photo_are_rewarded_and_variants_are_not_punished():
    views = torch.eye(4)
    apart, same = torch.arange(4), torch.zeros(4, dtype=torch.long)
    assert same_photo_loss(views, views, apart, 0.1) < same_photo_loss(views, views.flip(0), apart, 0.1)
    assert float(same_photo_loss(views, torch.ones(4, 4) / 2, same, 0.1)) == pytest.approx(0, abs=1e-4)


def test_views_have_the_asked_size_are_random_and_repeat_with_the_seed():
    table = pd.DataFrame({"image": [photo((200, 30, 30), (90, 120))] * 6, "source": ["cc0_clothing"] * 6, "id": range(6)})
    pixels = torch.from_numpy(decode(table, 64, 48))
    one, same, other = (random_views(pixels, 32, 24, torch.Generator().manual_seed(seed)) for seed in (1, 1, 2))
    assert one.shape == (6, 3, 32, 24) and 0 <= float(one.min()) and float(one.max()) <= 255
    assert (one[:, 0].mean((1, 2)) > 2 * one[:, 1].mean((1, 2))).all()          # a red photo stays red
    assert one.shape == same.shape and not torch.allclose(one, other)


def test_the_white_background_of_shop_photos_is_found_and_of_other_photos_is_not():
    from PIL import Image
    import io
    image = Image.new("RGB", (48, 64), "white")
    image.paste((200, 20, 20), (12, 16, 36, 48))
    image.paste("white", (20, 24, 28, 32))              # a white print inside the garment is no background
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    table = pd.DataFrame({"image": [buffer.getvalue()] * 2, "source": ["myntra_224", "cc0_clothing"], "id": [1, 2]})
    shop, home = decode(table, 64, 48)[..., 3]
    assert shop[0, 0] == 0 and shop[28, 24] == 255 and shop[40, 20] == 255 and (home == 255).all()


def test_the_schedule_starts_small_and_ends_at_full_size_and_rate_zero():
    config = Config(height=224, width=168)
    assert stage_size(config, 0) == (136, 104) and stage_size(config, 1.0) == (224, 168)
    assert learning_rate(config.lr, 0.05) > learning_rate(config.lr, 0.5) > learning_rate(config.lr, 1.0) == pytest.approx(0, abs=1e-12)


@pytest.fixture(scope="module")
def photos():
    rng = np.random.default_rng(0)
    from PIL import Image
    return [Image.fromarray(rng.integers(0, 255, (64, 48, 3), np.uint8).repeat(4, 0).repeat(4, 1)) for _ in range(4)]


def pixels(images):
    return torch.from_numpy(np.stack([np.asarray(image.resize((168, 224))) for image in images])).permute(0, 3, 1, 2).float()


def test_torch_and_openvino_agree_on_the_released_model(photos):
    from fashflix.photo import frame
    embedder = Embedder.load(precision="f32")
    batch = torch.from_numpy(np.stack([frame(image, embedder.height, embedder.width) for image in photos])).permute(0, 3, 1, 2).float()
    with torch.no_grad():
        vectors, logits = load_released()(batch)
    assert (vectors.numpy() * embedder.embed(photos)).sum(1).min() >= 0.999
    np.testing.assert_allclose(torch.sigmoid(logits).numpy(), embedder.read_attributes(photos), atol=2e-3)


def test_training_can_go_on_from_the_released_file():
    net = load_released().train()
    assert isinstance(net, AttributeNet) and len(net.attributes) == len(Embedder.load().attributes)
    vectors, logits = net(torch.rand(2, 3, 64, 48) * 255)
    class_balanced_loss(logits, torch.ones(2, len(net.attributes), dtype=torch.int8), torch.ones(2, len(net.attributes))).backward()
    assert all(parameter.grad is not None and parameter.grad.abs().sum() > 0 for parameter in (net.backbone.conv1.weight, net.head.weight))


def test_an_exported_network_loads_back_as_it_was(tmp_path):
    net = AttributeNet(["red", "dress"]).eval()
    (tmp_path / "net.onnx").write_bytes(build(net.state_dict(), net.attributes, 64, 48).SerializeToString())
    back = load_released(tmp_path / "net.onnx")
    assert back.attributes == ["red", "dress"]
    for name, values in net.state_dict().items():
        if values.is_floating_point():
            torch.testing.assert_close(back.state_dict()[name], values, atol=2e-4, rtol=2e-3)


def test_the_garment_head_in_the_file_is_the_one_in_torch(tmp_path):
    from PIL import Image
    from fashflix.garments import HEIGHT, WIDTH, GarmentFinder
    torch.manual_seed(1)
    net, head = AttributeNet(["red", "dress"]).eval(), GarmentHead(len(CLASSES)).eval()
    model = build(net.state_dict(), net.attributes, 64, 48).SerializeToString()
    (tmp_path / "net.onnx").write_bytes(model)
    (tmp_path / "garments.onnx").write_bytes(build_garments(head.state_dict(), hashlib.sha256(model).hexdigest()).SerializeToString())
    photo = Image.fromarray(np.random.default_rng(0).integers(0, 255, (10, 7, 3), np.uint8)).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    with torch.no_grad():
        expected = head(pyramid(net, torch.from_numpy(np.array(photo)).permute(2, 0, 1)[None].float())).softmax(1)[0].numpy()
    got = GarmentFinder.load(tmp_path / "net.onnx").probabilities(photo)
    assert got.shape == expected.shape == (len(CLASSES), HEIGHT // 4, WIDTH // 4)
    assert np.abs(got - expected).max() < 0.05 and Embedder.load(tmp_path / "net.onnx").height == 64
    (tmp_path / "garments.onnx").write_bytes(build_garments(head.state_dict(), "0" * 64).SerializeToString())
    assert GarmentFinder.load(tmp_path / "net.onnx").find(photo) == [], "a head for another model was used"
    (tmp_path / "garments.onnx").write_bytes(b"damaged")
    assert GarmentFinder.load(tmp_path / "net.onnx").find(photo) == []


def test_the_garment_loss_leaves_out_what_cannot_be_told_and_falls_with_the_right_answer():
    classes = torch.zeros(1, 4, 4, dtype=torch.long)
    classes[:, :2], classes[:, 3] = 1, UNCLEAR
    right = torch.nn.functional.one_hot(classes.clamp(max=2), len(CLASSES)).permute(0, 3, 1, 2).float() * 8
    other = right.clone()
    other[:, :, 3] = torch.randn(len(CLASSES), 4)
    assert loss_of(right, classes) == pytest.approx(float(loss_of(other, classes)))
    assert loss_of(right, classes) < loss_of(-right, classes)


def test_a_mask_is_framed_as_its_photo_and_drawn_with_it():
    mask = np.zeros((100, 20), np.uint8)
    mask[50:] = 3
    framed = frame_mask(mask)
    assert framed[:150].max() == 0 and set(framed[200].tolist()) == {0, 3}
    photo = np.repeat((framed == 3)[..., None] * np.uint8(200), 3, axis=2)
    views, classes = Pool(photo[None], framed[None]).draw(6, torch.Generator().manual_seed(2))
    bright = views.mean(1)[:, ::4, ::4] > 100
    assert ((classes == 3) == bright).float().mean() > 0.93


def test_every_street_class_has_a_meaning():
    assert len(STREET) == 59 and set(STREET.values()) <= {"-", "?", *CLASSES[1:]}


def test_perfect_garments_score_one():
    class Perfect(torch.nn.Module):
        def forward(self, features):
            return torch.nn.functional.one_hot(self.truth[:, ::4, ::4].long(), len(CLASSES)).permute(0, 3, 1, 2).float() * 9
    masks = np.zeros((2, 320, 224), np.uint8)
    masks[:, 64:128, 32:96] = 1
    head = Perfect()
    head.truth = torch.from_numpy(masks)
    figures = measure(AttributeNet(["red"]).eval(), head, np.zeros((2, 320, 224, 3), np.uint8), masks)
    assert figures["top"]["iou"] > 0.9 and figures["top"]["photos"] == 2 and figures["bag"]["photos"] == 0


def test_near_twins_are_held_out_rows_that_a_training_row_resembles():
    vectors = np.array([[1, 0], [0.99, 0.141], [0, 1], [0.7071, 0.7071]])
    assert near_twins(vectors, np.array([False, True, True, True])).tolist() == [False, True, False, False]
    assert len(listed()) > 100 and all(one.isdigit() for one in listed())


def test_thresholds_are_those_with_the_best_f1():
    labels = np.array([[1], [1], [-1], [-1], [0]], np.int8)
    scores = np.array([[0.9], [0.3], [0.2], [0.1], [0.99]])
    threshold = best_thresholds(labels, scores)
    assert 0.2 < threshold[0] < 0.3
    assert f1_rows(np.repeat(labels, 10, axis=0), np.repeat(scores > threshold, 10, axis=0), ["red"])["red"] == {
        "f1": 1.0, "support": 20, "always_yes_f1": pytest.approx(0.6667)}


def test_match_levels_are_cosines_down_to_which_most_finds_are_right():
    cosines = np.linspace(0, 1, 4000)
    rng = np.random.default_rng(0)
    levels = match_levels(cosines, rng.random(4000) < cosines)
    assert 0.72 < levels["strong"] < 0.88 and 0.4 < levels["fair"] < 0.6
    assert match_levels(cosines[:100], cosines[:100] > 0) is None


def test_a_linear_probe_reads_what_the_vectors_hold():
    rng = np.random.default_rng(0)
    red = rng.random(1600) < 0.5
    photos = pd.DataFrame({"source": "deepfashion_attr", "held_out": np.arange(1600) % 4 == 0, "yes": [{"red"} if one else set() for one in red],
                           "no": [set() if one else {"red"} for one in red]})
    vectors = rng.normal(size=(1600, 8)).astype(np.float32)
    assert linear_probe(photos, np.c_[vectors, red].astype(np.float32), ["red"])["macro_f1"] > 0.95
    assert linear_probe(photos, vectors, ["red"])["macro_f1"] < 0.8


def test_a_teacher_states_its_beliefs_and_the_student_is_rewarded_for_sharing_them(tmp_path):
    net, heads = AttributeNet(["red"], "mobilenet_v2"), TrainingHeads({"label": 3}, 0)
    saved = {"attributes": ["red"], "state": net.state_dict(), "heads": heads.state_dict(), "fine_names": {"label": ["a", "b", "c"]},
             "config": {"height": 64, "width": 48, "data": "/somewhere/data", "teacher": "", "start": "/somewhere/weights.pth"},
             "seconds": 1.0, "steps": 2, "photos": 3, "device": "cpu"}
    teacher = FashionTeacher(saved)
    with torch.no_grad():
        features, beliefs = teacher.teach(torch.rand(2, 3, 80, 60) * 255)
    assert features.shape == (2, 1280) and beliefs["label"].shape == (2, 3)
    same, other = beliefs["label"], beliefs["label"].flip(1) + torch.tensor([3.0, 0, 0])
    assert soft_label_loss(same, same) == pytest.approx(0, abs=1e-6) and soft_label_loss(other, same) > 0.01
    torch.save(saved, tmp_path / "model.pt")
    assert facts(tmp_path / "model.pt")["config"] == {"height": 64, "width": 48, "data": "data", "teacher": "", "start": "weights.pth"}


def test_the_model_card_describes_the_released_file():
    card = (RELEASED.parent / "MODEL_CARD.md").read_text(encoding="utf-8")
    results = json.loads((RELEASED.parents[2] / "training" / "results" / "released.json").read_text())
    assert Embedder.load().sha256 in card and Embedder.load().sha256 == results["model_sha256"]
    assert RELEASED.stat().st_size < 50_000_000
    assert results["networks"]["FashFlix"]["myntra_224 article_type"]["accuracy"] > results["networks"]["untrained"]["myntra_224 article_type"]["accuracy"]


def test_every_table_shown_comes_from_the_committed_results():
    from training.report import CARD, ROOT, model_card, read_results, readme
    results, runs, garments, *others = read_results()
    assert CARD.read_text(encoding="utf-8") == model_card(results, runs, garments)
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "| shop photo: colour |" in text and "| studio photos |" in text and readme(text, results, *others) == text
