"""One page, parsed once: its text, its tree, its addresses."""

import re
from functools import cached_property
from html import unescape
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from catalog.shops.text import decoded

LARGEST_TREE = 4_000_000       # characters; more is cut off before a tree is built


class Page:
    """A page of a shop. body: bytes. url: where it came from. content_type: HTTP header or ""."""

    def __init__(self, body, url, content_type=""):
        self.url, self.text = url, decoded(body, content_type)

    @cached_property
    def tree(self):
        """The parsed page, scripts and styles taken out."""
        light = re.sub(r"<(script|style)\b[^>]*>.*?</\1\s*>", " ", self.text[:LARGEST_TREE], flags=re.S | re.I)
        return BeautifulSoup(light, "lxml")

    @cached_property
    def head(self):
        """Meta tags and links: a tree of the start of the page."""
        return BeautifulSoup("".join(re.findall(r"<(?:meta|link|base|title)\b[^>]*>(?:[^<]{0,400}</title>)?", self.text[:2_000_000], re.I)), "lxml")

    @cached_property
    def base(self):
        tag = self.head.find("base", href=True)
        return urljoin(self.url, tag["href"]) if tag else self.url

    @cached_property
    def has_canonical(self):
        """Whether the page names its own address."""
        return any("canonical" in (link.get("rel") or []) for link in self.head.find_all("link", href=True))

    @cached_property
    def canonical(self):
        """The address the page gives itself; where it was found, when it gives none of the web."""
        tag = next((link for link in self.head.find_all("link", href=True) if "canonical" in (link.get("rel") or [])), None)
        stated = self.absolute(tag["href"]) if tag else None
        if stated and not self.url.endswith("index.html"):
            stated = re.sub(r"/index\.html$", "/", stated)          # saved and exported pages name their file
        return stated or self.url

    @cached_property
    def meta(self):
        """property or name -> list of contents, in order."""
        found = {}
        for tag in self.head.find_all("meta"):
            key, content = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower(), tag.get("content")
            if key and content and content.strip():
                found.setdefault(key, []).append(unescape(content.strip()))
        return found

    def first(self, *keys):
        """The first content stated for any of the meta keys, or None."""
        return next((self.meta[key][0] for key in keys if key in self.meta), None)

    @cached_property
    def heading(self):
        """The text of the page's main heading, or of what calls itself the product's title; None without one."""
        named = self.tree.find(id=re.compile(r"^(?:productTitle|product[-_]?title)$", re.I))
        if named is not None and clean(named.get_text(" ")):
            return clean(named.get_text(" "))
        headings = [clean(tag.get_text(" ")) for tag in self.tree.find_all("h1")]
        return next((text for text in headings if text), None)

    @cached_property
    def title(self):
        tag = self.head.find("title")
        return clean(tag.get_text()) if tag else None

    def absolute(self, address):
        """A web address made whole, or None for anything that is not http(s)."""
        address = unescape(str(address or "")).strip()
        if not address or address.startswith(("javascript:", "data:", "blob:", "#", "about:")):
            return None
        address = re.sub(r"^(https?:)/{3,}", r"\1//", address)
        if re.match(r"[\w-]+(\.[\w-]+)+/", address) and not address.startswith(("http", "/", ".")):
            address = "https://" + address
        try:
            whole = urljoin(self.base, address.replace(" ", "%20"))
            parts = urlsplit(whole)
        except ValueError:
            return None
        return whole if parts.scheme in ("http", "https") and parts.netloc else None


def clean(text):
    """One line of plain text, entities resolved, or None."""
    text = re.sub(r"\s+", " ", unescape(unescape(str(text or "")))).strip()
    return text or None
