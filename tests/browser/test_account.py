"""Becoming an account and leaving it, in real browsers: what a guest swiped is never lost and never left behind."""

import json
from pathlib import Path

import pytest

from tests.browser.test_journey import front_card, swiped

PASSPHRASE = "four unrelated words"
COOKIE = "fashflix_guest"


@pytest.fixture
def elsewhere(chromium):
    """Another browser, with cookies of its own."""
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def cookie(page):
    return next(one["value"] for one in page.context.cookies() if one["name"] == COOKIE)


def swipe(page, server, count, key="ArrowRight"):
    page.goto(server.url)
    for done in range(1, count + 1):
        front_card(page)
        page.keyboard.press(key)
        swiped(page, done)


def fill(page, button, name, passphrase=PASSPHRASE):
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Passphrase", exact=True).fill(passphrase)
    page.get_by_role("button", name=button).click()


def wait_for_another_cookie(page, former):
    for _ in range(300):
        if cookie(page) != former:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the browser kept its former cookie")


def sign_up(page, server, name):
    page.goto(server.url + "/profile")
    page.get_by_text("Guest", exact=True).wait_for()
    former = cookie(page)
    fill(page, "Create account", name)
    page.get_by_text(name, exact=True).wait_for()
    wait_for_another_cookie(page, former)
    return former


def sign_in(page, server, name, passphrase=PASSPHRASE):
    page.goto(server.url + "/profile")
    page.get_by_text("Sign in", exact=True).first.click()
    page.get_by_role("button", name="Sign in").wait_for()
    fill(page, "Sign in", name, passphrase)


def people_file(server):
    return Path(server.environment["FASHFLIX_PEOPLE"].removeprefix("tinydb://"))


def test_signing_up_keeps_swipes_through_a_reload_and_signing_in_elsewhere_adds_what_was_swiped_there(page, server, elsewhere):
    swipe(page, server, 3)
    former = sign_up(page, server, "Zoë")
    page.reload()
    page.get_by_text("3 swiped, 3 liked").wait_for()

    swipe(elsewhere, server, 2, "ArrowLeft")
    sign_in(elsewhere, server, "zoë", "something else entirely")
    elsewhere.get_by_text("do not fit together").wait_for()
    guest = cookie(elsewhere)
    fill(elsewhere, "Sign in", "ZOË")
    elsewhere.get_by_text("Zoë", exact=True).wait_for()
    elsewhere.get_by_text("5 swiped, 3 liked").wait_for()
    wait_for_another_cookie(elsewhere, guest)
    elsewhere.reload()
    elsewhere.get_by_text("Signed in on 2 browsers").wait_for()

    page.goto(server.url)
    swiped(page, 5)
    assert len({former, guest, cookie(page), cookie(elsewhere)}) == 4
    assert elsewhere.evaluate("document.documentElement.scrollWidth") <= 390
    stored = people_file(server).read_bytes()
    assert not any(one.encode() in stored for one in (former, guest, cookie(page), cookie(elsewhere), PASSPHRASE))


def test_a_cookie_from_before_signing_up_opens_an_empty_guest(page, server, elsewhere):
    swipe(page, server, 2)
    former = sign_up(page, server, "Ada")
    elsewhere.context.add_cookies([{"name": COOKIE, "value": former, "url": server.url}])
    elsewhere.goto(server.url + "/profile")
    elsewhere.get_by_text("Guest", exact=True).wait_for()
    elsewhere.get_by_text("Nothing swiped yet").wait_for()


def test_signing_out_leaves_a_new_guest_here_and_another_open_tab_follows(page, server):
    swipe(page, server, 1)
    sign_up(page, server, "Ada")
    other_tab = page.context.new_page()
    other_tab.goto(server.url)
    swiped(other_tab, 1)
    former = cookie(page)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_text("Guest", exact=True).wait_for()
    wait_for_another_cookie(page, former)
    other_tab.bring_to_front()
    other_tab.keyboard.press("ArrowRight")
    other_tab.get_by_text("Swipe right on what you like").wait_for()
    sign_in(page, server, "Ada")
    page.get_by_text("Ada", exact=True).wait_for()
    page.get_by_text("1 swiped, 1 liked").wait_for()


def test_a_name_that_is_markup_stays_text(page, server):
    name = "<img src=x onerror=pwned=1>**b** :red[x]"
    sign_up(page, server, name)
    page.get_by_role("button", name="Delete my data").click()
    page.get_by_role("dialog").get_by_text(name).wait_for()
    assert page.evaluate("window.pwned") is None and not page.locator("img[src='x']").count()


def test_my_data_comes_as_json_and_deleting_it_leaves_no_byte(page, server):
    page.goto(server.url)
    liked = front_card(page)
    swipe(page, server, 2)
    sign_up(page, server, "Augusta")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my data").click()
    told = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert told["name"] == "Augusta" and told["swipes"][0]["product_id"] == liked and len(told["swipes"]) == 2
    assert b"Augusta" in people_file(server).read_bytes()

    page.get_by_role("button", name="Delete my data").click()
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("dialog").wait_for(state="detached")
    assert liked.encode() in people_file(server).read_bytes()
    former = cookie(page)
    page.get_by_role("button", name="Delete my data").click()
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_text("Guest", exact=True).wait_for()
    page.get_by_text("Nothing swiped yet").wait_for()
    wait_for_another_cookie(page, former)
    left = b"".join(file.read_bytes() for file in people_file(server).parent.glob("people.json*"))
    assert not any(trace in left for trace in (b"Augusta", b"augusta", liked.encode(), b"scrypt"))


def test_a_ticket_is_refused_without_the_page_that_it_was_made_for(page, server):
    page.goto(server.url)
    front_card(page)
    refused = page.evaluate("""async () => {
        const post = (headers, body) => fetch("/session", { method: "POST", headers, body }).then((answer) => answer.status)
        return [await post({}, "x"), await post({ "X-FashFlix": "1" }, "x"), await post({ "X-FashFlix": "1" }, "x".repeat(5000))]
    }""")
    assert refused == [403, 403, 403]
