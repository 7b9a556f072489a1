"""Saved, shared links and the details of a product, in a real browser."""

import csv
import io
from pathlib import Path

from tests.browser.test_account import elsewhere, swipe  # noqa: F401, a fixture
from tests.browser.test_journey import FRONT, front_card, swiped


def saved_ids(page):
    page.wait_for_selector(".grid .item")
    return [item.get_attribute("data-id") for item in page.locator(".grid .item").all()]


def link(page, server, what):
    page.goto(server.url + "/saved")
    page.get_by_role("tab", name="Share").click()
    page.get_by_text(what, exact=True).click()
    page.get_by_label(f"Link to {what.lower()}").wait_for()
    return page.get_by_label(f"Link to {what.lower()}").input_value()


def test_a_change_of_mind_in_the_history_moves_products_in_and_out_of_saved_and_is_taken_back(page, server):
    swipe(page, server, 3)
    page.goto(server.url + "/saved")
    assert len(saved_ids(page)) == 3
    page.get_by_role("tab", name="Everything you swiped").click()
    page.get_by_role("button", name="Change to no").first.click()
    page.get_by_role("button", name="Change to yes").wait_for()
    page.get_by_role("button", name="Remove from the history").last.click()
    page.wait_for_function("[...document.querySelectorAll('*')].some((one) => one.shadowRoot?.querySelectorAll('.row').length === 2)"
                           " || document.querySelectorAll('.rows .row').length === 2")
    page.get_by_role("tab", name="Liked").click()
    page.wait_for_timeout(500)
    assert len(saved_ids(page)) == 1
    for left in (2, 3):
        page.get_by_role("button", name="Take back the last change").first.click()
        page.locator(".grid .item").nth(left - 1).wait_for()
    page.reload()
    assert len(saved_ids(page)) == 3


def test_a_heart_taken_away_in_saved_is_gone_after_a_reload(page, server):
    swipe(page, server, 2)
    page.goto(server.url + "/saved")
    first = saved_ids(page)[0]
    page.get_by_role("button", name="Take out of Saved").first.click()
    page.get_by_role("button", name="Take back the last change").first.wait_for()
    page.reload()
    assert first not in saved_ids(page)


def test_the_history_comes_as_a_table(page, server):
    swipe(page, server, 2)
    page.goto(server.url + "/saved")
    page.get_by_role("tab", name="Everything you swiped").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as a table").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert [row["Liked"] for row in rows] == ["yes", "yes"] and all(row["Price then"] == row["Price now"] != "" for row in rows)


def test_a_link_shows_a_list_to_others_who_swipe_on_it_for_themselves(page, server, elsewhere):  # noqa: F811
    swipe(page, server, 3)
    page.goto(server.url + "/saved")
    mine, address = saved_ids(page), link(page, server, "My list")
    elsewhere.goto(address)
    elsewhere.get_by_role("heading", name="A list for you").wait_for()
    assert saved_ids(elsewhere) == mine
    elsewhere.get_by_role("button", name="Like ").first.click()
    elsewhere.goto(server.url + "/saved")
    assert saved_ids(elsewhere) == mine[:1]
    page.goto(server.url)
    swiped(page, 3)


def test_a_link_shows_a_taste_and_a_broken_one_says_so(page, server, elsewhere):  # noqa: F811
    swipe(page, server, 4)
    address = link(page, server, "My taste")
    elsewhere.goto(address)
    elsewhere.get_by_role("heading", name="A taste for you").wait_for()
    assert len(saved_ids(elsewhere)) > 10 and elsewhere.evaluate("document.documentElement.scrollWidth") <= 390
    for broken in (address[:-3], server.url + "/shared", server.url + "/shared?s=<b>x</b>"):
        elsewhere.goto(broken)
        elsewhere.get_by_text("This link is broken").wait_for()
        elsewhere.get_by_role("link", name="Swipe on your own").wait_for()


def test_enter_shows_the_details_of_the_card_and_a_like_there_moves_the_deck_on(page, server):
    page.goto(server.url)
    first = front_card(page)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.locator(".detail img").nth(1).wait_for()
    assert dialog.get_by_text("Type", exact=True).count() and not dialog.get_by_role("link", name="Open in the shop").count()
    dialog.get_by_role("button", name="Like", exact=True).click()
    dialog.get_by_role("button", name="Liked", exact=True).wait_for()
    dialog.locator(".grid .item .name button").first.click()
    dialog.get_by_role("button", name="Like", exact=True).wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    page.get_by_text("1 swiped, 1 liked").wait_for()
    assert front_card(page) != first


def test_a_tap_on_the_card_and_its_button_open_the_details_and_a_drag_does_not(page, server):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(server.url)
    front_card(page)
    page.wait_for_timeout(400)
    for target in (page.locator(FRONT).locator(".photo"), page.get_by_role("button", name="Details (Enter)").first):
        target.click()
        page.locator(".detail").wait_for()
        page.get_by_role("dialog").get_by_role("button", name="Close").click()
        page.get_by_role("dialog").wait_for(state="detached")
    box = page.locator(FRONT).first.bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 130, box["y"] + 200, steps=12)
    page.wait_for_timeout(300)
    page.mouse.up()
    page.wait_for_timeout(800)
    assert not page.get_by_role("dialog").count()


def test_a_phone_reaches_every_page_from_the_bar_at_its_foot(page, server):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(server.url)
    front_card(page)
    empty = (("Saved", "Nothing here yet"), ("You", "Guest"), ("For you", "swipe a few cards first"), ("Search", "never stored"))
    for label, says in empty:
        page.get_by_role("link", name=label, exact=True).last.click()
        page.get_by_text(says).first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not page.outside, "the page asked other servers"
