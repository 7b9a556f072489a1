import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from catalog.build import build
from catalog.duplicates import COPY_BITS, difference_hash, share_groups
from catalog.images import keep, thumbnail
from fashflix.catalogue import DIMENSION, Catalogue
from tests.toys import ToyEmbedder, toy_csv


def garment(seed=0, colour=(30, 60, 160), size=(420, 560)):
    """A photo of something with an outline of its own, on white."""
    rng = np.random.default_rng(seed)
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    corners = [(int(x * size[0]), int(y * size[1])) for x, y in rng.uniform(0.15, 0.85, (9, 2))]
    draw.polygon(corners, fill=colour)
    for x, y in rng.uniform(0.25, 0.75, (12, 2)):
        draw.ellipse(
            [int(x * size[0]) - 18, int(y * size[1]) - 18, int(x * size[0]) + 18, int(y * size[1]) + 18],
            fill=tuple(int(channel * shade) for channel, shade in zip(colour, rng.uniform(0.3, 1, 3))),
        )
    return image


def jpeg(image, quality=60):
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def rows_of(folder, *products):
    """products: (name, photo, changes). Rows, and vectors of their mean colour and outline."""
    (folder / "photos").mkdir(exist_ok=True)
    rows = [
        {
            "product_id": f"vee:{place}",
            "shop": "vee",
            "brand": None,
            "group_id": None,
            "name": name,
            "image_files": [keep(thumbnail(jpeg(image) if isinstance(image, Image.Image) else image), folder)],
        }
        | changes
        for place, (name, image, changes) in enumerate(products)
    ]
    vectors = np.zeros((len(rows), DIMENSION), np.float32)
    for vector, row in zip(vectors, rows):
        vector[:192] = np.asarray(Image.open(folder / row["image_files"][0]).resize((8, 8)), np.float32).ravel()
    return rows, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def groups(folder, *products):
    rows, vectors = rows_of(folder, *products)
    share_groups(rows, vectors, folder)
    return [row["group_id"] for row in rows]


def test_copies_of_one_photo_share_a_group_and_other_things_do_not(tmp_path):
    original = garment(1)
    small = original.resize((300, 400))
    assert groups(
        tmp_path,
        ("Dress A", original, {}),
        ("Frock", jpeg(original, 30), {"shop": "other"}),
        ("Robe", small, {"shop": "third"}),
        ("Coat", garment(2), {}),
    ) == ["vee:0", "vee:0", "vee:0", None]


def test_the_same_bytes_share_a_group_unless_many_names_do(tmp_path):
    same = jpeg(garment(1))
    assert groups(tmp_path, ("A", same, {}), ("B", same, {})) == ["vee:0", "vee:0"]
    rows, vectors = rows_of(tmp_path, *((f"Thing {chr(97 + place)}", Image.new("RGB", (60, 80), "white"), {}) for place in range(20)))
    assert share_groups(rows, vectors, tmp_path) == 0 and {row["group_id"] for row in rows} == {None}


def test_colours_of_one_product_share_a_group_by_name_and_outline(tmp_path):
    blue, red = garment(1, (30, 60, 160)), garment(1, (160, 60, 60))
    assert groups(
        tmp_path, ("Linen Dress, Navy Blue", blue, {}), ("Linen Dress Red M", red, {}), ("Cotton Dress Red", red.rotate(180), {})
    ) == ["vee:0", "vee:0", None]
    assert groups(tmp_path, ("Linen Dress Blue", blue, {}), ("Linen Dress Red", garment(9, (160, 60, 60)), {})) == [None, None]


def test_groups_that_a_shop_states_stay_and_grow(tmp_path):
    original = garment(1)
    assert groups(
        tmp_path,
        ("A", original, {}),
        ("B", jpeg(original, 35), {"group_id": "vee:G"}),
        ("C", garment(5), {"group_id": "vee:G"}),
        ("D", garment(6), {"group_id": "vee:H"}),
    ) == ["vee:G", "vee:G", "vee:G", "vee:H"]


def test_products_that_look_alike_never_join_two_groups_that_their_shop_keeps_apart(tmp_path):
    original = garment(1)
    alike = [("Dress", jpeg(original, 90 - 10 * place), {"group_id": group}) for place, group in enumerate(["vee:G", "vee:G", "vee:H", "vee:H", None])]
    assert groups(tmp_path, *alike) == ["vee:G", "vee:G", "vee:H", "vee:H", "vee:G"]


@pytest.mark.parametrize(
    "change",
    [
        lambda image: image.resize((210, 280)),
        lambda image: ImageOps.expand(image, 60, "white"),
        lambda image: Image.open(io.BytesIO(jpeg(image, 25))),
    ],
)
def test_a_hash_survives_size_border_and_compression_and_tells_things_apart(change):
    for seed in range(8):
        original = difference_hash(garment(seed))
        assert (original != difference_hash(change(garment(seed)).convert("RGB"))).sum() <= COPY_BITS
        assert (original != difference_hash(garment(seed + 100))).sum() > 2 * COPY_BITS


def test_a_plain_picture_has_no_outline_to_compare():
    assert difference_hash(Image.new("RGB", (60, 80), "red")) is None


def test_a_build_lets_copies_share_a_group(tmp_path):
    csv = toy_csv(tmp_path / "source", each=1)
    for name in ("0.png", "2.png"):
        garment(3).save(tmp_path / "source" / name)
    build(csv, tmp_path / "out", ToyEmbedder(), progress=False)
    catalogue = Catalogue.open(tmp_path / "out")
    assert [catalogue.product(row).group_id for row in range(4)] == ["toy:0", None, "toy:0", None]
