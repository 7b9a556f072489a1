"""Asks the catalogue's workshop to read vendors' feeds.

It runs as a program of its own, bounded in time and in what it says, so that nothing in a feed can harm the app, and so that the app knows
the workshop by its JSON alone.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from pathlib import Path

from fashflix.errors import FeedError
from fashflix.settings import ROOT

READING, PUBLISHING = 60, 3600          # seconds at most
MOST_BYTES = 8_000_000                  # of one answer
DETAILS = 500                           # rows that a report explains
_publishing = threading.Lock()


def inspect(data, name, encoding=None):
    """Format, columns, guessed mapping and first rows of a feed. data: bytes. name: of the file. Returns a dict. Raises FeedError."""
    return _ask("inspect", data, name, {"encoding": encoding}, READING)


def report(data, name, options):
    """What would become of each row.

    options: dict with mapping (dict), shop, currency, site, encoding. Returns a dict. Raises FeedError.
    """
    return _ask("report", data, name, options | {"details": DETAILS}, READING)


def publish(data, name, options, settings, together):
    """Build a staging catalogue of a feed; the served one stays as it is.

    options: as in `report`; the catalogue is named after options["shop"]. settings: Settings.
    together: keep the served products beside them.
    Yields (done, of) while it works, then the answer, a dict. Raises FeedError. One at a time; closing the generator ends it.
    """
    out = staging_folder(settings, options["shop"])
    further = {"out": out, "onto": settings.catalogue if together else None, "model": settings.model,
               "cache": out.with_name(f".photos-{out.name}")}
    if not _publishing.acquire(blocking=False):
        raise FeedError("Another feed is being published at this moment. Try again when it is done.")
    try:
        with tempfile.TemporaryDirectory() as folder:
            with closing(_run("build", _written(data, name, folder), options | further, PUBLISHING, "--progress")) as lines:
                for line in lines:
                    yield (line["done"], line["of"]) if "done" in line else line
    finally:
        _publishing.release()


def staging_folder(settings, shop):
    """The folder that a shop's feed is published into. Raises FeedError when it would touch the served catalogue."""
    folder = (settings.staging / shop_word(shop)).resolve()
    served = settings.catalogue.resolve()
    if folder == served or folder in served.parents or served in folder.parents:
        raise FeedError(f"The staging folder {folder} holds the served catalogue. Set FASHFLIX_STAGING to another folder.")
    return folder


def shop_word(name):
    """A shop's name as it is used in product ids and folders: "Vee & Co." becomes "vee-co"."""
    return re.sub(r"[^\w]+", "-", name).strip("-_").lower()[:60] or "vendor"


def _ask(command, data, name, options, seconds):
    with tempfile.TemporaryDirectory() as folder, closing(_run(command, _written(data, name, folder), options, seconds)) as answers:
        return list(answers)[-1]


def _written(data, name, folder):
    """The feed as a file whose name is ours, but for its ending."""
    path = Path(folder) / f"feed{re.sub(r'[^.a-z0-9]', '', Path(name).suffix.lower())[:8]}"
    path.write_bytes(data)
    return path


def _run(command, path, options, seconds, *flags):
    """Run `python -m catalog.feeds`. Yields the JSON values it prints. Raises FeedError with its message, or when it takes too long."""
    given = [f"--{option}={json.dumps(value) if isinstance(value, dict) else value}"
             for option, value in options.items() if value not in (None, "")]
    environment = {name: value for name, value in os.environ.items() if name != "FASHFLIX_VENDOR_PASSPHRASE"}
    process = subprocess.Popen([sys.executable, "-m", "catalog.feeds", command, str(path), *given, *flags], cwd=ROOT, env=environment,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    late = threading.Timer(seconds, process.kill)
    late.start()
    try:
        for value in _values(process.stdout, whole="--progress" not in flags):
            if "error" in value:
                raise FeedError(value["error"])
            yield value
        if process.wait():
            raise FeedError(f"Reading the feed ended early (it has {seconds:,} seconds and limits on memory). Send a smaller file.")
    finally:
        late.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


def _values(stream, whole):
    """JSON values of a stream: one in all of it, or one a line. Ends where it is cut off; raises FeedError when it is too long."""
    for text in [stream.read(MOST_BYTES + 1)] if whole else iter(lambda: stream.readline(MOST_BYTES + 1), b""):
        if len(text) > MOST_BYTES:
            raise FeedError("The feed says more than can be shown. Send it in parts.")
        try:
            yield json.loads(text)
        except ValueError:
            return
