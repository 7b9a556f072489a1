import gzip
import socket
import threading
import time

import pytest

from catalog import hosts
from catalog.addresses import checked_addresses, is_public
from catalog.cache import Cache
from catalog.fetch import Fetcher
from catalog.hosts import Host
from fashflix.errors import AddressRefused, FetchError, PageMissing, RobotsDisallowed, RobotsUnreachable, ShopBlocked, ShopUnavailable
from tests.toyshop import Answer, ToyShop


@pytest.fixture
def shop():
    with ToyShop(products=12) as running:
        yield running


class Time:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now, self.slept = 0.0, []

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds

    def clock(self):
        return self.now


def fetcher(times=None, **options):
    times = times or Time()
    return Fetcher(**{"delay": 0, "allow_private": True, "sleep": times.sleep, "clock": times.clock} | options)


# Manners

def test_robots_txt_is_read_first_and_obeyed(shop):
    with pytest.raises(RobotsDisallowed, match="asks not to fetch"):
        fetcher().get(shop.url + "/private/list")
    assert list(shop.paths()) == ["/robots.txt"]


def test_a_rule_for_fashflix_alone_is_obeyed(shop):
    shop.robots = "User-agent: *\nAllow: /\n\nUser-agent: FashFlix\nDisallow: /women\n"
    with pytest.raises(RobotsDisallowed):
        fetcher().get(shop.url + "/women")


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_shop_without_robots_txt_allows_everything(shop, status):
    shop.robots = status
    assert b"Plain Dress No. 1000" in fetcher().get(shop.url + "/women").body


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_shop_whose_robots_txt_fails_is_left_alone(shop, status):
    shop.robots = status
    visitor = fetcher()
    for _ in range(3):
        with pytest.raises(RobotsUnreachable, match=str(status)):
            visitor.get(shop.url + "/women")
    assert set(shop.paths()) == {"/robots.txt"}


def test_a_shop_that_does_not_answer_at_all_is_left_alone():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(RobotsUnreachable, match="could not be read"):
            fetcher().get(f"http://127.0.0.1:{closed.getsockname()[1]}/women")


@pytest.mark.parametrize("robots, seconds", [("User-agent: *\nCrawl-delay: 7", 7), ("User-agent: *\nRequest-rate: 1/4s", 4), ("", 2),
                                             ("User-agent: *\nCrawl-delay: 0.5", 2)])
def test_between_two_requests_lies_the_longer_of_our_delay_and_the_shops(shop, robots, seconds):
    shop.robots, times = robots, Time()
    visitor = fetcher(times, delay=2)
    for path in ("/women", "/products/thing-1", "/products/thing-2"):
        visitor.get(shop.url + path)
    assert times.slept[0] in (2, seconds) and times.slept[1:] == [seconds, seconds]


def test_the_delay_really_passes_on_the_real_clock(shop):
    visitor = Fetcher(delay=0.15, allow_private=True)
    for number in range(4):
        visitor.get(f"{shop.url}/products/thing-{number}")
    began = [one.began for one in shop.asked]
    assert min(later - earlier for earlier, later in zip(began, began[1:])) > 0.1


def test_the_agent_names_itself_and_its_contact_and_sends_no_cookie(shop):
    shop.answers["/women"] = [Answer(200, {"Set-Cookie": "id=7"}, b"hello")]
    visitor = fetcher(contact="ada@example.org")
    visitor.get(shop.url + "/women")
    visitor.get(shop.url + "/women?page=2")
    agents = {one.headers["User-Agent"] for one in shop.asked}
    assert len(agents) == 1 and "FashFlix" in (agent := agents.pop()) and "ada@example.org" in agent and "Mozilla" not in agent
    assert all("Cookie" not in one.headers for one in shop.asked)


def test_the_environment_gives_no_proxy(shop, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert fetcher().get(shop.url + "/women").body


# Waiting and giving up

def test_a_busy_shop_is_asked_again_after_the_time_it_names(shop):
    times = Time()
    shop.answers["/women"] = [Answer(429, {"Retry-After": "30"}), Answer(503, {"Retry-After": "5"})]
    assert fetcher(times).get(shop.url + "/women").body
    assert [seconds for seconds in times.slept if seconds] == [30, 5] and shop.paths()["/women"] == 3


def test_a_shop_that_asks_for_a_long_wait_is_not_asked_again(shop):
    times = Time()
    shop.answers["/women"] = [Answer(429, {"Retry-After": "86400"})]
    visitor = fetcher(times)
    for _ in range(2):
        with pytest.raises(ShopBlocked, match="429"):
            visitor.get(shop.url + "/women")
    assert shop.paths()["/women"] == 1 and sum(times.slept) == 0


@pytest.mark.parametrize("nonsense", ["soon", "9" * 5000, "-3", ""])
def test_a_retry_after_that_makes_no_sense_counts_as_none(shop, nonsense):
    shop.answers["/women"] = [Answer(429, {"Retry-After": nonsense})]
    assert fetcher().get(shop.url + "/women").body and shop.paths()["/women"] == 2


def test_after_three_refusals_in_a_row_the_shop_is_left_alone_and_a_person_is_told_what_to_do(shop):
    visitor = fetcher()
    visitor.get(shop.url + "/women")
    shop.wall = True
    for number in range(5):
        with pytest.raises(ShopBlocked) as refused:
            visitor.get(f"{shop.url}/products/thing-{number}")
    assert sum(shop.paths("/products").values()) == 3
    for part in ("127.0.0.1 does not want automated visits", "3 times in a row", "403", "does not go around such walls", "product feed",
                 "python -m catalog.feeds"):
        assert part in str(refused.value)
    assert list(visitor.stopped()) == ["127.0.0.1"]


def test_single_refusals_between_good_answers_do_not_end_the_visit(shop):
    visitor = fetcher()
    for number in range(6):
        shop.answers[f"/products/thing-{number}"] = [Answer(403)] if number % 2 else []
        if number % 2:
            with pytest.raises(ShopBlocked):
                visitor.get(f"{shop.url}/products/thing-{number}")
        else:
            visitor.get(f"{shop.url}/products/thing-{number}")
    assert not visitor.stopped()


@pytest.mark.parametrize("title", ["Just a moment...", "Access Denied", "Pardon Our Interruption", "Robot or human?",
                                   "Attention Required! | Cloudflare"])
def test_a_challenge_served_as_a_page_is_a_refusal(shop, title):
    shop.answers["/women"] = [Answer(200, {"Content-Type": "text/html"}, f"<html><head><title>{title}</title>".encode())]
    with pytest.raises(ShopBlocked):
        fetcher().get(shop.url + "/women")


def test_a_product_that_only_sounds_like_a_challenge_is_a_page(shop):
    shop.answers["/women"] = [Answer(200, {"Content-Type": "text/html"}, b"<title>Captcha Tee | Toy</title>")]
    assert fetcher().get(shop.url + "/women").body


def test_a_shop_that_keeps_failing_is_left_alone(shop):
    visitor = fetcher()
    for number in range(8):
        shop.answers[path := f"/products/thing-{number}"] = [Answer(500)]
        shop.stays.add(path)
        with pytest.raises(ShopUnavailable if number >= hosts.TROUBLES - 1 else FetchError):
            visitor.get(shop.url + path)
    assert len(shop.paths("/products")) == hosts.TROUBLES


def test_a_page_that_is_gone_says_so(shop):
    with pytest.raises(PageMissing, match="404"):
        fetcher().get(shop.url + "/products/thing-999")


# Limits

def test_a_page_larger_than_the_limit_is_given_up(shop):
    shop.answers["/a"] = [Answer(200, {}, b"x" * 5000)]
    shop.answers["/b"] = [Answer(200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * 3_000_000))]
    with pytest.raises(FetchError, match="5000 bytes; the limit is 4,000"):
        fetcher().get(shop.url + "/a", limit=4000)
    with pytest.raises(FetchError, match="more than 100,000 bytes"):
        fetcher().get(shop.url + "/b", limit=100_000)


def test_a_page_that_is_cut_off_is_no_page(shop):
    shop.answers["/women"] = [Answer(200, {}, b"half a page", cut=True)]
    with pytest.raises(FetchError, match="could not be fetched"):
        fetcher().get(shop.url + "/women")


def test_a_page_that_trickles_is_given_up_in_time(shop, monkeypatch):
    monkeypatch.setattr("catalog.fetch.WHOLE", 0.3)
    shop.answers["/women"] = [Answer(200, {}, b"x" * 100, drip=0.05)]
    began = time.monotonic()
    with pytest.raises(FetchError, match="took more than"):
        Fetcher(delay=0, allow_private=True).get(shop.url + "/women")
    assert time.monotonic() - began < 4


def test_a_server_that_trickles_its_headers_is_hung_up_on(monkeypatch):
    monkeypatch.setattr("catalog.addresses.HEADER_SECONDS", 0.2)
    monkeypatch.setattr(hosts, "TRIES", 0)
    with socket.create_server(("127.0.0.1", 0)) as server:
        def drip():
            while True:
                try:
                    connection, _ = server.accept()
                    for _ in range(200):
                        connection.sendall(b"H")
                        time.sleep(0.05)
                except OSError:
                    return
        threading.Thread(target=drip, daemon=True).start()
        began = time.monotonic()
        with pytest.raises(FetchError):
            Fetcher(delay=0, allow_private=True).get(f"http://127.0.0.1:{server.getsockname()[1]}/")
        assert time.monotonic() - began < 5


@pytest.mark.parametrize("url", ["ftp://shop.example/", "file:///etc/passwd", "javascript:alert(1)", "shop.example", "http://",
                                 "http://[::1/", "http://a:b/"])
def test_what_is_no_address_of_a_web_page_is_refused(url):
    with pytest.raises(FetchError):
        fetcher().get(url)


# Redirects

def test_redirects_are_followed_and_each_is_a_request_of_its_own(shop):
    times = Time()
    page = fetcher(times, delay=3).get(f"{shop.url}/go?to=/go?to=/products/thing-4")
    assert page.url == f"{shop.url}/products/thing-4" and times.slept == [3, 3, 3]


def test_redirects_that_never_end_are_given_up(shop):
    with pytest.raises(FetchError, match="10 redirects"):
        shop.answers["/round"] = [Answer(302, {"Location": "/round"})]
        shop.stays.add("/round")
        fetcher().get(shop.url + "/round")


def test_a_redirect_to_what_robots_txt_forbids_is_not_followed(shop):
    with pytest.raises(RobotsDisallowed):
        fetcher().get(f"{shop.url}/go?to=/private/list")
    assert not shop.paths("/private")


# Addresses

def as_public(monkeypatch, names):
    """Names resolve as told, and 127.0.0.2 counts as a public address, so that a test can be its shop."""
    real = socket.getaddrinfo

    def resolve(host, *arguments, **options):
        answer = names.get(host, host)
        return real(answer.pop(0) if isinstance(answer, list) else answer, *arguments, **options)
    monkeypatch.setattr("socket.getaddrinfo", resolve)
    monkeypatch.setattr("catalog.addresses.is_public", lambda address: address == "127.0.0.2" or is_public(address))


@pytest.fixture
def public_shop(monkeypatch):
    """A shop at shop.test, on an address that counts as public."""
    with ToyShop(products=3, address="127.0.0.2") as shop:
        as_public(monkeypatch, {"shop.test": "127.0.0.2", "inside.test": "127.0.0.1"})
        shop.url = f"http://shop.test:{shop.port}"
        yield shop


def test_private_addresses_are_refused_by_default(shop):
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]"):
        with pytest.raises(AddressRefused, match="not a public address.*--allow-private"):
            fetcher(allow_private=False).get(f"http://{host}:{shop.port}/women")
    assert not shop.asked


@pytest.mark.parametrize("target", ["http://127.0.0.1:{port}/women", "http://inside.test:{port}/women", "http://2130706433:{port}/",
                                    "http://[::1]:{port}/", "http://169.254.169.254/latest/meta-data/", "//127.0.0.1:{port}/women",
                                    "http://10.0.0.1/"])
def test_a_redirect_to_a_private_address_is_not_followed(public_shop, shop, target):
    public_shop.answers["/sale"] = [Answer(302, {"Location": target.format(port=shop.port)})]
    with pytest.raises(AddressRefused):
        fetcher(allow_private=False).get(public_shop.url + "/sale")
    assert public_shop.paths()["/sale"] == 1 and not shop.asked


def test_a_redirect_of_robots_txt_to_a_private_address_is_not_followed(public_shop, shop):
    public_shop.answers["/robots.txt"] = [Answer(301, {"Location": shop.url + "/robots.txt"})]
    with pytest.raises(AddressRefused):
        fetcher(allow_private=False).get(public_shop.url + "/women")
    assert not shop.asked


def test_a_name_that_changes_its_address_after_the_check_gains_nothing(public_shop, shop, monkeypatch):
    answers = ["127.0.0.2", "127.0.0.1"]
    as_public(monkeypatch, {"rebind.test": answers})
    page = fetcher(allow_private=False).get(f"http://rebind.test:{public_shop.port}/women")
    assert page.body and public_shop.paths()["/women"] == 1
    assert answers == ["127.0.0.1"]         # resolved once, and that answer was the one connected to


def test_a_name_with_one_private_address_among_its_own_is_refused(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *arguments, **options: found)
    with pytest.raises(AddressRefused, match="10.0.0.1"):
        checked_addresses("shop.test", 80)


def test_a_password_in_an_address_is_not_sent(shop):
    with pytest.raises(AddressRefused, match="user name"):
        fetcher().get(shop.url.replace("://", "://ada:secret@"))
    assert not shop.asked


@pytest.mark.parametrize("address, public", [
    ("8.8.8.8", True), ("2606:4700::1111", True), ("::ffff:8.8.8.8", True), ("64:ff9b::808:808", True), ("127.0.0.1", False),
    ("10.1.1.1", False), ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.1.1", False),
    ("0.0.0.0", False), ("224.0.0.1", False),
    ("240.0.0.1", False), ("255.255.255.255", False), ("::", False), ("::1", False), ("::ffff:127.0.0.1", False), ("::127.0.0.1", False),
    ("2002:7f00:1::", False), ("64:ff9b::7f00:1", False),
    ("fe80::1%eth0", False), ("fc00::1", False), ("ff02::1", False), ("2001:db8::1", False)])
def test_which_addresses_are_public(address, public):
    assert is_public(address) is public


# Cache

@pytest.fixture
def cache(tmp_path):
    kept = Cache(tmp_path / "cache")
    yield kept
    kept.close()


def test_a_page_that_did_not_change_is_not_sent_again(shop, cache):
    first, second = (fetcher(cache=cache).get(shop.url + "/women") for _ in range(2))
    assert (first.origin, second.origin) == ("network", "unchanged") and first.body == second.body
    assert [one.status for one in shop.asked if one.path == "/women"] == [200, 304]


def test_a_page_that_changed_is_sent_again(shop, cache):
    fetcher(cache=cache).get(shop.url + "/products/thing-3")
    shop.price[3] = 1.25
    page = fetcher(cache=cache).get(shop.url + "/products/thing-3")
    assert page.origin == "network" and b'"1.25"' in page.body


def test_last_modified_is_used_where_there_is_no_etag(shop, cache):
    date = "Wed, 01 Jan 2025 00:00:00 GMT"
    shop.answers["/women"] = [Answer(200, {"Last-Modified": date, "ETag": ""}, b"old"), Answer(304)]
    assert [fetcher(cache=cache).get(shop.url + "/women").body for _ in range(2)] == [b"old", b"old"]
    assert shop.asked[-1].headers["If-Modified-Since"] == date


@pytest.mark.parametrize("said, origin", [("max-age=3600", "cache"), ("max-age=0", "unchanged"), ("no-cache, max-age=3600", "unchanged"),
                                          ("s-maxage=3600", "unchanged"), ("no-store, max-age=3600", "network")])
def test_the_shop_says_how_long_a_page_may_be_used_without_asking(shop, cache, said, origin):
    shop.answers["/women"] = [Answer(200, {"Cache-Control": said}, b"page")] * 2
    assert [fetcher(cache=cache).get(shop.url + "/women").origin for _ in range(2)] == ["network", origin]


def test_a_damaged_body_is_fetched_anew(shop, cache):
    page = fetcher(cache=cache).get(shop.url + "/women")
    page.entry.path.write_bytes(b"rubbish")
    again = fetcher(cache=cache).get(shop.url + "/women")
    assert again.origin == "network" and again.body == page.body


def test_a_host_lets_one_thread_in_at_a_time():
    with pytest.raises(ShopUnavailable):
        host = Host("shop.test", 0, {})
        host.stopped = ShopUnavailable("closed")
        with host:
            pass
    host.stopped = None
    with host:                              # the refusal above left no lock behind
        assert not host._lock.acquire(blocking=False)
