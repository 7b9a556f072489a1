"""The app as a person meets it: a real server, a real Chromium, a people file of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLAGS = ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
         "--disable-component-update --disable-sync").split()


class Server:
    """`streamlit run app.py` on a free port; start and kill as often as wished, over the same people file."""

    def __init__(self, folder, **settings):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url, self.process, self.log = f"http://localhost:{self.port}", None, folder / "server.log"
        self.environment = os.environ | {"FASHFLIX_PEOPLE": f"tinydb://{folder / 'people.json'}"} | settings

    def start(self, ready="/health"):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true",
                                             "--server.port", str(self.port)], cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        for _ in range(600):
            try:
                urllib.request.urlopen(self.url + ready, timeout=5)
                return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"The server did not start:\n{self.log.read_text()}")

    def kill(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium")
    if not path:
        pytest.skip("no chromium on the PATH (Debian: apt install chromium)")
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path):
    running = Server(tmp_path).start()
    yield running
    running.kill()


@pytest.fixture
def page(chromium, server):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.outside = []
    page.on("request", lambda request: page.outside.append(request.url)
            if not request.url.startswith((server.url, server.url.replace("http", "ws"), "data:", "blob:")) else None)
    yield page
    context.close()
