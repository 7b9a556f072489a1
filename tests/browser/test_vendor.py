"""The vendor page as a vendor meets it, with a feed that tries to be more than text."""

import csv
import io

import pytest

from tests.browser.conftest import Server

PASSPHRASE = "four unrelated words"
NAMES = (
    "<img src=x onerror='window.pwned=1'>",
    "[click](javascript:window.pwned=1) ![x](https://v.invalid/x.png)",
    "$\\sum$ :red[Dress] :material/home: <script>window.pwned=1</script>",
)


def feed():
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["id", "title", "image_link", "price", NAMES[0]])
    table.writerows([number, name, f"https://v.invalid/{number}.jpg", "10 EUR", NAMES[2]] for number, name in enumerate(NAMES))
    return text.getvalue().encode()


@pytest.fixture
def server(tmp_path):
    running = Server(tmp_path, FASHFLIX_VENDOR_PASSPHRASE=PASSPHRASE, FASHFLIX_STAGING=str(tmp_path / "staging")).start()
    yield running
    running.kill()


def test_a_hostile_feed_stays_text_and_publishes_nothing_it_cannot_fetch(page, server, tmp_path):
    page.goto(server.url + "/vendor")
    page.get_by_label("Passphrase for vendors").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_selector("input[type=file]", state="attached")
    page.set_input_files("input[type=file]", {"name": f"{NAMES[0][:20]}.csv", "mimeType": "text/csv", "buffer": feed()})
    for name in NAMES:
        page.get_by_text(name, exact=True).first.wait_for()
    page.get_by_text("First rows, as they are in the file").click()
    page.get_by_text("More columns").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Publish into staging").click()
    page.get_by_text("nothing was published").wait_for()
    assert page.evaluate("window.pwned") is None and not page.locator("img[src='x'], img[src*='v.invalid'], a[href^='javascript']").count()
    assert not page.outside, "the page asked other servers"
    assert not (tmp_path / "staging" / "img-src-x-onerror").exists()


def test_the_catalogue_page_opens_from_the_navigation_on_a_phone(page, server):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(server.url + "/catalogue")
    page.get_by_text("How well the model knows such photos").wait_for()
    page.get_by_text("This catalogue").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390 and not page.outside
    page.get_by_role("link", name="Add a vendor's products").click()
    page.get_by_label("Passphrase for vendors").wait_for()
