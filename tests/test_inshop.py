"""Reading DeepFashion In-Shop's own file layout."""

import numpy as np
import pytest

pytest.importorskip("pandas")

from fashflix.errors import SourceError
from training.inshop import choose_attributes, rank_by_balance, read_inshop


def write(folder, anno="Anno/attributes", partition="Eval", items=None, rows=None):
    items = items or ["id_00000001 1 -1 -1 0", "id_00000002 -1 1 -1 1", "id_00000003 1 -1 -1 1"]
    rows = rows or ["img/WOMEN/Dresses/id_00000001/01_1_front.jpg id_00000001 train", "img/WOMEN/Dresses/id_00000001/01_3_back.jpg id_00000001 train",
                    "img/MEN/Denim/id_00000002/01_1_front.jpg id_00000002 train", "img/MEN/Denim/id_00000003/01_2_side.jpg id_00000003 query"]
    (folder / anno).mkdir(parents=True, exist_ok=True)
    (folder / partition).mkdir(parents=True, exist_ok=True)
    (folder / anno / "list_attr_items.txt").write_text("\n".join([str(len(items)), "item_id attribute_labels", *items]))
    (folder / anno / "list_attr_cloth.txt").write_text("4\nattribute_name\nstriped\nfloral\nnever\nlong sleeve\n")
    (folder / partition / "list_eval_partition.txt").write_text("\n".join([str(len(rows)), "image_name item_id evaluation_status", *rows]))
    return folder


@pytest.mark.parametrize("anno, partition", [("Anno/attributes", "Eval"), ("Anno", "Anno"), ("Anno", "Eval")])
def test_newer_and_older_folder_layouts_read_the_same(tmp_path, anno, partition):
    shop = read_inshop(write(tmp_path, anno, partition))
    assert shop.attributes == ["striped", "floral", "never", "long sleeve"] and shop.labels.shape == (3, 4) and shop.labels.dtype == np.int8
    first = shop.photos.iloc[0]
    assert (first.gender, first.category, first["view"], first.status) == ("women", "Dresses", "front", "train")


def test_duplicate_rows_count_once(tmp_path):
    row = "img/WOMEN/Dresses/id_00000001/01_1_front.jpg id_00000001 train"
    shop = read_inshop(write(tmp_path, items=["id_00000001 1 -1 -1 0"] * 2, rows=[row, row]))
    assert len(shop.items) == 1 and len(shop.photos) == 1


def test_attributes_that_are_never_true_are_dropped_and_the_rest_ranked_by_balance():
    labels = np.array([[1, 1, -1, 1], [-1, 1, -1, -1], [1, 1, -1, 0], [-1, -1, -1, 0]], np.int8)
    assert list(rank_by_balance(labels)) == [0, 3, 1]


def test_attributes_are_chosen_on_training_items_alone(tmp_path):
    shop = read_inshop(write(tmp_path))
    assert choose_attributes(shop, 2) == ["striped", "floral"] and "never" not in choose_attributes(shop, 4)


@pytest.mark.parametrize("spoil, words", [
    (dict(items=["id_00000001 1 -1 -1"]), "names 4 attributes"),
    (dict(items=["id_00000001 1 -1 7 0"]), "is no label"),
    (dict(items=["id_00000001 1 -1 -1 0", "id_00000001 -1 -1 -1 0"]), "different labels"),
    (dict(items=["id_00000009 1 -1 -1 0"]), "have no labels"),
    (dict(rows=["img/WOMEN/Dresses/id_00000001/01_1_front.jpg id_00000001 holiday"]), "train|query|gallery"),
])
def test_damaged_files_are_named(tmp_path, spoil, words):
    with pytest.raises(SourceError, match=words.replace("|", r"\|")):
        read_inshop(write(tmp_path, **spoil))


def test_a_file_that_is_cut_short_is_refused(tmp_path):
    write(tmp_path)
    path = tmp_path / "Eval" / "list_eval_partition.txt"
    path.write_text("\n".join(path.read_text().splitlines()[:-1]))
    with pytest.raises(SourceError, match="announces 4 rows and has 3"):
        read_inshop(tmp_path)


def test_a_folder_without_the_files_says_what_to_give(tmp_path):
    with pytest.raises(SourceError, match="holds img/"):
        read_inshop(tmp_path)
