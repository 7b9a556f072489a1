"""Fetch pages and photos of shops, politely.

One request at a time per host and a pause between two; robots.txt obeyed; waits when asked to; pages that did not change are not sent
again; limits on size and time; only public addresses; a shop that refuses is left alone. See hosts, robots, addresses, cache and walls.
"""

import threading
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from catalog.hosts import Host
from catalog.robots import Robots
from fashflix.errors import AddressRefused, FetchError, PageMissing

AGENT = "FashFlix/1.0 (catalogue builder; one visitor, obeys robots.txt{contact})"
PAGE_BYTES, PHOTO_BYTES, SITEMAP_BYTES = 10_000_000, 20_000_000, 50_000_000
CONNECT, SILENCE, WHOLE = 10, 30, 120       # seconds: to connect, without a byte, for a whole page
REDIRECTS = 10
MOVED = (301, 302, 303, 307, 308)
CHUNK = 65_536


@dataclass(frozen=True)
class Page:
    """What a shop answered. url: after redirects. headers: lower-case names. origin: "network", "unchanged" (304) or "cache".

    entry: where the cache keeps the body, or None.
    """

    url: str
    headers: dict
    body: bytes
    origin: str
    entry: object = None

    @property
    def content_type(self):
        return self.headers.get("content-type", "")


class Fetcher:
    """Fetches for one run. Threads may share it: those that want the same host wait for each other.

    delay: least seconds between two requests to a host. cache: catalog.cache.Cache or None. contact: how a shop can reach you.
    allow_private: also addresses that are not public. sleep, clock: for tests.
    """

    def __init__(self, delay=1.0, cache=None, contact=None, allow_private=False, sleep=time.sleep, clock=time.monotonic):
        self._delay, self._cache, self._private, self._sleep, self._clock = delay, cache, allow_private, sleep, clock
        self._headers = {"User-Agent": AGENT.format(contact=f"; contact {contact}" if contact else ""), "Accept-Encoding": "gzip, deflate",
                         "Accept": "text/html,application/xhtml+xml,application/xml,application/json,image/*;q=0.9,*/*;q=0.5"}
        self._hosts, self._lock = {}, threading.Lock()
        self.robots = Robots(self._download_robots)

    def get(self, url, limit=PAGE_BYTES, cache=None):
        """Fetch a url, following redirects; each hop is checked like a url of its own.

        limit: bytes after decompression. cache: other than the fetcher's own. Returns a Page.
        Raises PageMissing (404, 410), RobotsDisallowed, RobotsUnreachable, AddressRefused, ShopBlocked, ShopUnavailable, and FetchError
        for the rest.
        """
        cache = cache or self._cache
        for _ in range(REDIRECTS):
            url = _plain(url)
            rules = self.robots.check(url)
            self.host(url).slow_down_to(rules.delay)
            status, headers, body, entry, origin = self._from_cache(url, cache) or self._ask(url, limit, cache)
            if status not in MOVED:
                return Page(url, headers, body, origin, entry)
            url = _target(url, headers)
        raise FetchError(f"{url} came after {REDIRECTS} redirects in a row; it was given up.")

    def host(self, url):
        """The Host of a url: every port and scheme of one name share it."""
        name = (urlsplit(url).hostname or "").rstrip(".")
        with self._lock:
            if name not in self._hosts:
                self._hosts[name] = Host(name, self._delay, self._headers, self._private, self._sleep, self._clock)
            return self._hosts[name]

    def stopped(self):
        """{host name: the error that ended visits to it}."""
        with self._lock:
            return {name: host.stopped for name, host in self._hosts.items() if host.stopped}

    def close(self):
        for host in self._hosts.values():
            host.session.close()
        if self._cache:
            self._cache.close()

    def _from_cache(self, url, cache):
        entry = cache and cache.lookup(url)
        if not entry or not entry.is_fresh(time.time(), cache.longest):
            return None
        body = cache.body(entry)
        return None if body is None else (200, entry.headers, body, entry, "cache")

    def _ask(self, url, limit, cache):
        """One request in turn. Returns (status, headers, body, entry, origin); raises for every status that brings no page."""
        entry = cache and cache.lookup(url)
        known = cache.body(entry) if entry else None
        with self.host(url) as host:
            status, headers, body = self._read(host, url, limit, entry.validators() if known is not None else {})
            host.judge(status, headers, body, url)
        if status in MOVED and headers.get("location"):
            return status, headers, b"", None, "network"
        if status == 304 and known is not None:
            entry = cache.confirm(entry, headers)
            return 200, entry.headers, known, entry, "unchanged"
        if status in (404, 410):
            raise PageMissing(f"{url} is no longer there: the shop answered {status}.")
        if status != 200:
            raise FetchError(f"{url} could not be fetched: the shop answered {status}.")
        return status, headers, body, cache.keep(url, headers, body) if cache else None, "network"

    def _read(self, host, url, limit, headers=None):
        """Status, headers and body of one request, redirects not followed. Raises AddressRefused and FetchError."""
        end = self._clock() + WHOLE
        try:
            with host.session.get(url, headers=headers, stream=True, allow_redirects=False, timeout=(CONNECT, SILENCE)) as response:
                found = {name.lower(): value for name, value in response.headers.items()}
                if int(found.get("content-length", "0").strip() or 0) > limit:
                    raise FetchError(f"{url} has {found['content-length']} bytes; the limit is {limit:,}. It was not fetched.")
                parts, size = [], 0
                while part := response.raw.read1(CHUNK, decode_content=True):
                    parts.append(part)
                    size += len(part)
                    if size > limit:
                        raise FetchError(f"{url} has more than {limit:,} bytes. It was given up.")
                    if self._clock() > end:
                        raise FetchError(f"{url} took more than {WHOLE} seconds. It was given up.")
                return response.status_code, found, b"".join(parts)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            host.failed(url, _reason(error))
            raise FetchError(f"{url} could not be fetched: {_reason(error)}.") from error

    def _download_robots(self, url, limit):
        """For Robots: (status, body), with redirects followed and no rules asked. Cut at the limit, as RFC 9309 allows."""
        for _ in range(5):
            with self.host(url) as host:
                status, headers, body = self._read(host, _plain(url), 10 * limit)
            if status not in MOVED or not headers.get("location"):
                return status, body[:limit]
            url = _target(url, headers)
        return 404, b""                     # RFC 9309: after five redirects it counts as not there


def _target(url, headers):
    """Where a redirect leads. Raises FetchError."""
    try:
        return urljoin(url, headers["location"])
    except ValueError as error:
        raise FetchError(f"{url} leads to {headers['location'][:200]!r}, which is no address.") from error


def _plain(url):
    """A url as it is sent: no fragment, no user name. Raises FetchError for anything but http and https."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise FetchError(f"{url!r} is not an address of a web page: {error}.") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError(f"{url!r} is not an address of a web page. Give one that begins with http:// or https://.")
    if parts.username is not None or parts.password is not None:
        raise AddressRefused(f"The address at {parts.hostname} carries a user name or password, which FashFlix does not send.")
    host = parts.hostname if ":" not in parts.hostname else f"[{parts.hostname}]"
    netloc = host if port in (None, {"http": 80, "https": 443}[parts.scheme]) else f"{host}:{port}"
    return parts._replace(netloc=netloc, path=parts.path or "/", fragment="").geturl()


def _reason(error):
    """The innermost sentence of an error that wraps others."""
    while getattr(error, "reason", None) is not None and not isinstance(error.reason, str):
        error = error.reason
    return str(error).strip().rstrip(".") or type(error).__name__
