"""One-time tickets: how a new token gets into a browser's cookie without a script ever seeing it.

A page cannot set a cookie that is out of reach of scripts; only an answer over HTTP can. So the page is given a ticket that is good once,
for a minute, and only in the browser that it was made for, and trades it for the cookie.
"""

import hmac
import secrets
import threading
import time

SECONDS = 60
MOST = 10_000


class Tickets:
    """The tickets of one process. Safe for threads."""

    def __init__(self, clock=time.monotonic):
        self._clock, self._lock, self._open = clock, threading.Lock(), {}

    def issue(self, token, browser):
        """A ticket for a token. browser: the token the browser carries now, "" for none. Returns str."""
        ticket = secrets.token_urlsafe(24)
        with self._lock:
            self._open[ticket] = token, browser, self._clock() + SECONDS
            while len(self._open) > MOST:
                del self._open[next(iter(self._open))]
        return ticket

    def redeem(self, ticket, browser):
        """The token of a ticket, once; None when it is unknown, used, too old, or comes from another browser."""
        with self._lock:
            token, issued_to, until = self._open.pop(ticket, (None, "", 0.0))
        same = hmac.compare_digest(browser.encode("utf-8", "backslashreplace"), issued_to.encode("utf-8", "backslashreplace"))
        return token if same and self._clock() <= until else None
