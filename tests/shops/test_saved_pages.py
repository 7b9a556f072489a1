"""Real shop pages, where they lie beside the project: thresholds for what they state, and nothing invented."""

import json
import runpy
import tarfile
from collections import defaultdict
from pathlib import Path

import pytest

from catalog.shops import extract

SAVED = Path(__file__).resolve().parents[3] / "shared" / "pages"
pytestmark = pytest.mark.skipif(not (SAVED / "pages.tar.xz").exists(), reason="saved shop pages are third-party copies and not part of the project")


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    with tarfile.open(SAVED / "pages.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    expected = json.loads((SAVED / "expected.json").read_text(encoding="utf-8"))
    headers = [{key.lower(): value for key, value in (page.get("headers") or {}).items()} for page in expected]
    return [(page, extract((folder / page["file"]).read_bytes(), page["base_url"], header.get("content-type", ""))) for page, header in zip(expected, headers)]


def judged(read, **which):
    """field -> {verdict: number} by the scorer that lies beside the pages."""
    score = runpy.run_path(str(SAVED / "score.py"))["score"]
    pages = [page for page, _ in read if page["kind"] == "product" and all(page[key] == value for key, value in which.items())]
    answers = {page["id"]: {**found[0], "reviews": found[0]["review_count"], "image": found[0]["image_url"]} for page, found in read if found}
    return score(answers, pages)


@pytest.mark.parametrize("fields, least", [(("name", "price", "image", "url"), 0.94), (("rating", "reviews", "gender"), 0.85)])
def test_fashion_pages_give_what_they_state(read, fields, least):
    verdicts = judged(read, set="product", fashion=True)
    for field in fields:
        stated = sum(verdicts[field].get(kind, 0) for kind in ("ok", "wrong", "miss"))
        assert verdicts[field].get("ok", 0) >= least * stated, (field, verdicts[field])


def test_nothing_is_invented(read):
    for which in (dict(set="product"), dict(set="hostile")):
        assert {field: verdict["invented"] for field, verdict in judged(read, **which).items() if verdict.get("invented")} == {}


def test_pages_without_a_product_give_none(read):
    assert [page["id"] for page, found in read if page["kind"] == "negative" and found] == []


def test_listings_give_their_items_with_the_right_price(read):
    right, all_items = defaultdict(int), {}
    for page, found in read:
        if page["kind"] == "listing" and page["items"]:
            prices = {str(one["url"]).split("?")[0].split("#")[0].rstrip("/"): one["price"] for one in found}
            all_items[page["id"]] = len(page["items"])
            for item in page["items"]:
                price = prices.get(item["url"].split("?")[0].split("#")[0].rstrip("/"))
                right[page["id"]] += price is not None and item.get("price") is not None and abs(price - item["price"]) < 0.006
    assert {name: right[name] / count for name, count in all_items.items() if right[name] < 0.8 * count} == {}
