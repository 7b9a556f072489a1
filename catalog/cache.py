"""An HTTP cache on disk: what was fetched before is asked for again with "only if it changed" (RFC 9111).

    FOLDER/index.sqlite     url -> validators, type, and the name of its body
    FOLDER/ab/abcd....      bodies, named after their content, so equal ones are kept once
"""

import hashlib
import json
import os
import re
import sqlite3
import tempfile
import threading
import time
import zlib
from dataclasses import dataclass
from pathlib import Path

KEPT_HEADERS = ("content-type", "etag", "last-modified", "cache-control", "age")
DAY = 24 * 3600


@dataclass(frozen=True)
class Entry:
    """What is kept of one url. headers: lower-case names. stored: seconds since 1970, when the shop last confirmed it."""

    url: str
    headers: dict
    stored: float
    sha256: str
    path: Path

    def validators(self):
        """Request headers that ask for the body only if it changed; {} when the shop gave nothing to ask with."""
        asked = {"If-None-Match": self.headers.get("etag"), "If-Modified-Since": self.headers.get("last-modified")}
        return {name: value for name, value in asked.items() if value}

    def is_fresh(self, now, longest=DAY):
        """Whether the shop said that the body may be used without asking at time `now`. A lifetime over `longest` seconds is cut."""
        said = self.headers.get("cache-control", "").lower()
        lifetime = re.search(r"(?<![\w-])max-age=(\d{1,9})", said)
        if not lifetime or re.search(r"no-cache|no-store", said):
            return False
        age = re.fullmatch(r"\d{1,9}", self.headers.get("age", "").strip())
        return now - self.stored + (int(age[0]) if age else 0) < min(int(lifetime[1]), longest)


class Cache:
    """Bodies and validators by url. Threads may share it; so may processes, one writer at a time.

    packed: bodies are compressed (pages); photos are kept as they are, with the suffix their type suggests.
    longest: seconds after which the shop is asked again whatever lifetime it stated.
    """

    def __init__(self, folder, packed=True, longest=DAY):
        self.folder, self.longest, self._packed, self._lock = Path(folder), longest, packed, threading.Lock()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._table = sqlite3.connect(self.folder / "index.sqlite", timeout=30, check_same_thread=False, isolation_level=None)
        self._table.execute("pragma journal_mode = wal")
        self._table.execute("create table if not exists entries (url text primary key, headers text, stored real, sha256 text, name text)")

    def lookup(self, url):
        """The Entry of a url, or None when it was never kept or its body is gone."""
        with self._lock:
            found = self._table.execute("select headers, stored, sha256, name from entries where url = ?", [url]).fetchone()
        if not found or not (self.folder / found[3]).is_file():
            return None
        return Entry(url, json.loads(found[0]), found[1], found[2], self.folder / found[3])

    def body(self, entry):
        """The bytes of an Entry, or None when they are damaged: the caller then fetches anew."""
        try:
            data = entry.path.read_bytes()
            data = zlib.decompress(data) if self._packed else data
        except (OSError, zlib.error):
            return None
        return data if hashlib.sha256(data).hexdigest() == entry.sha256 else None

    def keep(self, url, headers, body):
        """Keep a body; a shop's no-store is obeyed for pages. Returns the Entry, or None when it was not kept."""
        if self._packed and "no-store" in headers.get("cache-control", "").lower():
            return None
        sha256 = hashlib.sha256(body).hexdigest()
        name = f"{sha256[:2]}/{sha256}{'' if self._packed else _suffix(body)}"
        self._write(self.folder / name, zlib.compress(body, 6) if self._packed else body)
        kept = {name: headers[name] for name in KEPT_HEADERS if name in headers}
        return self._store(Entry(url, kept, time.time(), sha256, self.folder / name))

    def confirm(self, entry, headers):
        """The shop said that an Entry is unchanged (304): its age starts anew, and headers it sent replace the old ones."""
        fresh = {name: headers[name] for name in KEPT_HEADERS if name in headers and name != "content-type"}
        return self._store(Entry(entry.url, entry.headers | fresh, time.time(), entry.sha256, entry.path))

    def close(self):
        self._table.close()

    def _store(self, entry):
        name = entry.path.relative_to(self.folder).as_posix()
        with self._lock:
            self._table.execute("replace into entries values (?, ?, ?, ?, ?)",
                                [entry.url, json.dumps(entry.headers), entry.stored, entry.sha256, name])
        return entry

    @staticmethod
    def _write(path, data):
        """Whole or not at all: a body that a kill cut short is never found."""
        if path.exists():
            return
        path.parent.mkdir(exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(temporary, path)


def _suffix(body):
    """The file suffix of a photo, read from its bytes; none when they are no photo."""
    marks = {b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png", b"RIFF": ".webp"}
    return next((suffix for mark, suffix in marks.items() if body.startswith(mark)), "")
