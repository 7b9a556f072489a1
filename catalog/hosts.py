"""Good manners towards one host: one request at a time, the pauses it asks for, and none at all once it has refused."""

import threading
import time
from http.cookiejar import DefaultCookiePolicy

import requests
from requests.cookies import RequestsCookieJar
from urllib3.exceptions import InvalidHeader, MaxRetryError
from urllib3.util import Retry

from catalog import walls
from catalog.addresses import CheckedAdapter
from fashflix.errors import ShopBlocked, ShopUnavailable

TRIES = 3                           # further tries after the first one
AGAIN = (429, 500, 502, 503, 504)
PATIENCE = 120                      # seconds a shop may ask to wait with Retry-After; longer means: not today
BACKOFF, LONGEST_BACKOFF = 1.0, 30
IN_A_ROW, IN_ALL = 3, 20            # refusals after which a host is left alone
TROUBLES = 5                        # pages in a row that failed, each after all its tries, after which a host is left alone


class PoliteRetry(Retry):
    """urllib3's Retry, which waits through `pause` at least the host's own delay, and gives up when asked to wait longer than PATIENCE."""

    pause = staticmethod(time.sleep)

    def new(self, **changes):
        copy = super().new(**changes)
        copy.pause = self.pause
        return copy

    def asked(self, response):
        """Seconds that Retry-After asks for; 0 when it is absent or unreadable."""
        try:
            return self.get_retry_after(response) or 0 if response is not None else 0
        except (InvalidHeader, ValueError, OverflowError):
            return 0

    def increment(self, method=None, url=None, response=None, error=None, _pool=None, _stacktrace=None):
        if self.asked(response) > PATIENCE:
            raise MaxRetryError(_pool, url, f"asked to wait {self.asked(response):.0f} seconds")
        return super().increment(method, url, response=response, error=error, _pool=_pool, _stacktrace=_stacktrace)

    def sleep(self, response=None):
        self.pause(max(self.asked(response), self.get_backoff_time()))


class Host:
    """One host name: its lock, its pace and its session. `with host:` is one thread's turn to send one request.

    Attributes: delay (seconds between two requests), stopped (the error that ended all visits, or None).
    """

    def __init__(self, name, delay, headers, allow_private=False, sleep=time.sleep, clock=time.monotonic):
        self.name, self.delay, self.stopped = name, delay, None
        self._sleep, self._clock, self._lock, self._last = sleep, clock, threading.Lock(), None
        self._row, self._refusals, self._troubles = 0, 0, 0
        retry = PoliteRetry(total=TRIES, read=1, redirect=False, status_forcelist=AGAIN, allowed_methods={"GET"}, backoff_factor=BACKOFF,
                            backoff_max=LONGEST_BACKOFF, raise_on_status=False)
        retry.pause = self._pause
        self.session = requests.Session()
        self.session.trust_env = False          # no proxy (it would resolve names itself), no passwords from .netrc
        self.session.headers.update(headers)
        self.session.cookies = RequestsCookieJar(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("http://", "https://"):
            self.session.mount(scheme, CheckedAdapter(allow_private, max_retries=retry, pool_connections=1, pool_maxsize=1))

    def __enter__(self):
        """Wait for this thread's turn, then until the delay has passed since the last request. Raises the error that ended visits."""
        self._lock.acquire()
        if self.stopped:
            self._lock.release()
            raise type(self.stopped)(str(self.stopped))
        if self._last is not None:
            self._pause(0)
        self._last = self._clock()
        return self

    def __exit__(self, *error):
        self._lock.release()

    def slow_down_to(self, delay):
        """Obey a delay that the host asks for, when it is longer than the one so far."""
        self.delay = max(self.delay, delay)

    def judge(self, status, headers, body, url):
        """Count refusals and server errors. Raises ShopBlocked for a refusal; after several the host is never asked again."""
        if not walls.is_wall(status, headers, body):
            self._row = 0
            if status >= 500:
                self.failed(url, f"it answered {status}")
            else:
                self._troubles = 0
            return
        self._row, self._refusals = self._row + 1, self._refusals + 1
        said = ShopBlocked(walls.message(self.name, status, url, self._row))
        if status == 429 or self._row >= IN_A_ROW or self._refusals >= IN_ALL:      # 429 comes here after all waits that it asked for
            self.stopped = said
        raise said

    def failed(self, url, reason):
        """Count a page that failed after all its tries. Raises ShopUnavailable, and stops the visits, when it is one too many."""
        self._troubles += 1
        if self._troubles >= TROUBLES:
            self.stopped = ShopUnavailable(f"{self.name} failed for {self._troubles} pages in a row (the last one, {url}: {reason}), so "
                                           "it was left alone. Run the same command later.")
            raise self.stopped

    def _pause(self, seconds):
        """Sleep so many seconds, and at least until the host's delay has passed since the last request began."""
        now = self._clock()
        since = now - self._last if self._last is not None else self.delay
        self._sleep(max(seconds, self.delay - since, 0))
        self._last = self._clock()
