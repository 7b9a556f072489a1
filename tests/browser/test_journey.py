import io

import numpy as np
import pytest
from PIL import Image

from fashflix.catalogue import Catalogue
from tests.browser.conftest import ROOT

FRONT = '.card[aria-hidden="false"]:not(.gone)'
QUERIES = sorted((ROOT / "tests" / "queries").glob("*.jpg"))


@pytest.fixture(scope="module")
def demo():
    return {product.product_id: product for product in map(Catalogue.open().product, range(len(Catalogue.open())))}


def front_card(page):
    return page.locator(FRONT).first.get_attribute("data-id")


def swiped(page, count):
    page.get_by_text(f"{count} swiped").wait_for()


def picks(page, server):
    page.goto(server.url + "/for_you")
    page.wait_for_selector(".grid .item")
    return [item.get_attribute("data-id") for item in page.locator(".grid .item").all()]


def swipe_kind(page, demo, category, count):
    """Swipe right on one kind and left on all others."""
    for done in range(1, count + 1):
        liked = demo[front_card(page)].category == category
        page.keyboard.press("ArrowRight" if liked else "ArrowLeft")
        swiped(page, done)


def test_liking_one_kind_turns_for_you_towards_it_and_survives_a_kill(page, server, demo, tmp_path):
    page.goto(server.url)
    share = np.mean([product.category == "t-shirt" for product in demo.values()])
    swipe_kind(page, demo, "t-shirt", 14)
    before = picks(page, server)
    assert np.mean([demo[product_id].category == "t-shirt" for product_id in before[:8]]) >= 2 * share
    assert not page.outside, "the page asked other servers"

    server.kill()
    server.start()
    assert picks(page, server) == before
    page.goto(server.url)
    swiped(page, 14)


def other_view(path, kind="JPEG"):
    """60 % of the area of a held-out view, turned by 15 degrees, as JPEG of quality 40."""
    view = Image.open(path).convert("RGB")
    turned = view.rotate(15, Image.Resampling.BILINEAR, fillcolor=view.getpixel((2, 2)))
    width, height = (round(side * 0.6 ** 0.5) for side in view.size)
    left, top = (view.width - width) // 2, (view.height - height) // 2
    buffer = io.BytesIO()
    turned.crop((left, top, left + width, top + height)).save(buffer, kind, quality=40)
    return buffer.getvalue()


def upload(page, name, data, kind="image/jpeg"):
    page.set_input_files("input[type=file]", {"name": name, "mimeType": kind, "buffer": data})


def test_a_crop_of_another_view_finds_its_product_among_the_first_three(page, server):
    page.goto(server.url + "/photo_search")
    for path in QUERIES:
        page.wait_for_selector("input[type=file]", state="attached")
        upload(page, path.name, other_view(path))
        page.wait_for_selector(".grid .item")
        found = [item.get_attribute("data-id") for item in page.locator(".grid .item").all()][:3]
        assert f"studio:{path.stem}" in found
        page.reload()


def test_bad_uploads_get_a_sentence_and_the_page_goes_on(page, server):
    page.goto(server.url + "/photo_search")
    for name, data, says in (("notes.jpg", b"these are notes", "not a photo"), ("cut.jpg", other_view(QUERIES[0])[:2000], "cut off"),
                             ("empty.jpg", b"", "empty")):
        page.wait_for_selector("input[type=file]", state="attached")
        upload(page, name, data)
        page.get_by_text(says).first.wait_for()
        assert not page.locator(".grid .item").count()
        page.reload()
    page.wait_for_selector("input[type=file]", state="attached")
    upload(page, "fine.jpg", other_view(QUERIES[0]))
    page.wait_for_selector(".grid .item")


def test_a_cold_deep_link_shows_the_page_inside_the_frame(page, server):
    page.goto(server.url + "/for_you")
    page.get_by_role("heading", name="For you").wait_for()
    page.get_by_text("swipe a few cards first").wait_for()
    page.get_by_role("link", name="Start swiping").click()
    front_card(page)


def test_undo_brings_the_card_back_and_buttons_do_what_keys_do(page, server):
    page.goto(server.url)
    first = front_card(page)
    page.get_by_role("button", name="Like (right arrow)").click()
    swiped(page, 1)
    assert front_card(page) != first
    page.get_by_role("button", name="Take back").click()
    page.get_by_text("Swipe right on what you like").wait_for()
    assert front_card(page) == first


def test_ten_swipes_in_half_a_second_are_all_kept(page, server):
    page.goto(server.url)
    front_card(page)
    for i in range(10):
        page.keyboard.press("ArrowRight" if i % 2 else "ArrowLeft")
        page.wait_for_timeout(45)
    swiped(page, 10)
    page.reload()
    swiped(page, 10)


def test_dragging_a_card_to_the_right_likes_it(page, server):
    page.goto(server.url)
    front_card(page)
    page.wait_for_timeout(400)
    box = page.locator(FRONT).first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(x + 25 * step, y)
    page.mouse.up()
    page.get_by_text("1 swiped, 1 liked").wait_for()


def test_photos_may_be_kept_and_the_cookie_is_out_of_reach_of_scripts(page, server):
    with page.expect_response(lambda response: "/photos/" in response.url) as photo:
        page.goto(server.url)
        front_card(page)
    assert photo.value.ok and photo.value.headers["content-type"] == "image/webp"
    assert "immutable" in photo.value.headers["cache-control"] and photo.value.headers["x-content-type-options"] == "nosniff"
    cookie = next(one for one in page.context.cookies() if one["name"] == "fashflix_guest")
    assert cookie["httpOnly"] and "fashflix_guest" not in page.evaluate("document.cookie")
    assert cookie["value"] not in open(server.environment["FASHFLIX_PEOPLE"].removeprefix("tinydb://"), "rb").read().decode("latin-1")
