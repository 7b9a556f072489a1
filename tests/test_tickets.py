"""One-time tickets for a new cookie, and the route that takes them, over real HTTP semantics."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from fashflix.people import new_token
from fashflix.tickets import MOST, SECONDS, Tickets
from fashflix.ui import web
from fashflix.ui.entrance import tickets
from fashflix.ui.session import COOKIE


def test_a_ticket_is_good_once_for_a_minute_and_in_its_own_browser():
    now = [0.0]
    some = Tickets(clock=lambda: now[0])
    ticket = some.issue("new", "mine")
    assert some.redeem(ticket, "mine") == "new" and some.redeem(ticket, "mine") is None
    assert some.redeem(some.issue("new", "mine"), "another") is None
    late = some.issue("new", "mine")
    now[0] += SECONDS + 1
    assert some.redeem(late, "mine") is None and some.redeem("", "") is None and some.redeem("ö\udcff", "") is None


def test_tickets_that_nobody_takes_are_forgotten():
    some = Tickets()
    first = some.issue("new", "")
    for _ in range(MOST):
        some.issue("new", "")
    assert some.redeem(first, "") is None


@pytest.fixture
def client():
    return TestClient(Starlette(routes=web.ROUTES, middleware=web.MIDDLEWARE), base_url="https://fashflix.invalid")


def test_a_ticket_becomes_a_cookie_out_of_reach_of_scripts_and_other_sites(client):
    token, mine = new_token(), new_token()
    answer = client.post("/session", content=tickets().issue(token, mine), headers={"X-FashFlix": "1", "Cookie": f"{COOKIE}={mine}"})
    assert answer.status_code == 204
    set_ = answer.headers["set-cookie"]
    assert set_.startswith(f"{COOKIE}={token};") and all(word in set_ for word in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/"))


@pytest.mark.parametrize("headers", [{}, {"X-FashFlix": "1", "Sec-Fetch-Site": "cross-site"}])
def test_another_site_gets_no_cookie_even_with_a_ticket(client, headers):
    ticket = tickets().issue(new_token(), "")
    assert client.post("/session", content=ticket, headers=headers).status_code == 403
    assert client.post("/session", content=ticket, headers={"X-FashFlix": "1"}).status_code == 204, "the refusal used the ticket up"


def test_what_is_no_ticket_is_refused_without_being_read_to_its_end(client):
    for body in (b"", b"x", b"\xff" * 50, b"x" * 10_000_000):
        answer = client.post("/session", content=body, headers={"X-FashFlix": "1"})
        assert answer.status_code == 403 and "set-cookie" not in answer.headers
    assert client.get("/session").status_code == 405
