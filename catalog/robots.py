"""What a shop's robots.txt asks for (RFC 9309): what may be fetched, how slowly, and where the sitemaps are."""

import threading
from urllib.parse import urlsplit

from protego import Protego

from fashflix.errors import AddressRefused, FetchError, RobotsDisallowed, RobotsUnreachable

TOKEN = "FashFlix"                  # the name robots.txt may address us by
MAX_BYTES = 512 * 1024              # RFC 9309: at least 500 KiB are read; what follows is ignored
REDIRECTS = 5


def origin_of(url):
    """scheme://host:port of a URL, the unit that one robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class Rules:
    """The robots.txt of one origin. Attributes: delay (seconds between requests it asks for, 0 when it does not), sitemaps (urls)."""

    def __init__(self, text):
        self._rules = Protego.parse(text)
        rate = self._rules.request_rate(TOKEN)
        self.delay = max(float(self._rules.crawl_delay(TOKEN) or 0), rate.seconds / rate.requests if rate and rate.requests else 0)
        self.sitemaps = list(self._rules.sitemaps)

    def allows(self, url):
        return self._rules.can_fetch(url, TOKEN)


class Robots:
    """Reads each origin's robots.txt once per run.

    download: function of (url, byte limit) -> (status, body) that follows no redirect to a host that is not public; raises FetchError.
    """

    def __init__(self, download):
        self._download, self._rules, self._locks, self._lock = download, {}, {}, threading.Lock()

    def rules(self, url):
        """The Rules for a URL. 4xx: everything is allowed. Raises RobotsUnreachable for 5xx, 429 or no answer: then nothing is."""
        origin = origin_of(url)
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            if origin not in self._rules:
                self._rules[origin] = self._read(origin)
        if isinstance(self._rules[origin], FetchError):
            raise self._rules[origin]
        return self._rules[origin]

    def check(self, url):
        """The Rules for a URL that they allow. Raises RobotsDisallowed, or RobotsUnreachable."""
        rules = self.rules(url)
        if not rules.allows(url):
            raise RobotsDisallowed(f"{origin_of(url)}/robots.txt asks not to fetch {url}, so it was not fetched.")
        return rules

    def _read(self, origin):
        try:
            status, body = self._download(f"{origin}/robots.txt", MAX_BYTES)
        except AddressRefused as error:
            return error
        except FetchError as error:
            return RobotsUnreachable(f"{origin}/robots.txt could not be read ({error}), so nothing of this shop was fetched. "
                                     "Try again later.")
        if status >= 500 or status == 429:
            return RobotsUnreachable(f"{origin}/robots.txt answered {status}, which means to stay away for now. Try again later.")
        return Rules(body.decode("utf-8-sig", "replace") if 200 <= status < 300 else "")
