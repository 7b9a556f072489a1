import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.browser.conftest import FLAGS, ROOT, Server

HELLO = "import streamlit as st\nst.title('Hello')\nif 'n' not in st.session_state: st.session_state.n = 0\n" \
        "if st.button('Next'): st.session_state.n += 1\nst.text(f'{st.session_state.n} pressed')\n"
RUNS, SWIPES = 5, 30


def row(job, ours, peer, unit, note=""):
    return {"job": job, "ours": round(ours, 3), "peer": round(peer, 3), "ratio": round(ours / peer, 3), "unit": unit, "note": note}


class Hello(Server):
    """A Streamlit page with one button that changes one text: the least an app can be."""

    def start(self, ready="/_stcore/health"):
        folder = self.log.parent
        (folder / "hello.py").write_text(HELLO)
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([sys.executable, "-m", "streamlit", "run", str(folder / "hello.py"), "--server.headless", "true",
                                             "--server.port", str(self.port), "--browser.gatherUsageStats", "false"],
                                            cwd=folder, stdout=log, stderr=log)
        return self


def machine():
    """The processor and what decides the speed of networks on it, such as "AMD EPYC, 2 cores, avx512_bf16" (Linux; elsewhere its kind)."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    facts = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    wide = [flag for flag in ("amx_bf16", "avx512_bf16", "avx512f", "avx2") if flag in facts.get("flags", "").split()]
    return f"{facts.get('model name', platform.machine())}, {os.cpu_count()} cores, {wide[0] if wide else 'no wide vectors'}"


def rss(process):
    """Resident memory of a process in MB (Linux)."""
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmRSS in /proc")


def browser():
    import shutil
    from contextlib import contextmanager
    from playwright.sync_api import sync_playwright

    @contextmanager
    def opened():
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            yield chromium
            chromium.close()
    return opened()


def to_first(kind, chromium, selector):
    """Seconds from the command to what `selector` names, and MB after it."""
    with tempfile.TemporaryDirectory() as folder:
        page = chromium.new_context().new_page()
        server, began = kind(Path(folder)), time.perf_counter()
        (server.start() if kind is Hello else _start_only(server))
        while True:
            try:
                page.goto(server.url, timeout=5000)
                break
            except Exception:
                time.sleep(0.05)
        page.wait_for_selector(selector, timeout=60_000)
        seconds, memory = time.perf_counter() - began, rss(server.process)
        server.kill()
        page.context.close()
        return seconds, memory


def _start_only(server):
    with open(server.log, "ab") as log:
        server.process = subprocess.Popen([sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true", "--server.port",
                                           str(server.port)], cwd=ROOT, env=server.environment, stdout=log, stderr=log)


def start():
    """`streamlit run app.py` to the first card with its photo, beside a hello-world page."""
    with browser() as chromium:
        pairs = [(to_first(Server, chromium, ".card img"), to_first(Hello, chromium, "text=Hello")) for _ in range(RUNS)]
    ours, peer = ([statistics.median(values) for values in zip(*side)] for side in zip(*pairs))
    return [row("start to first card", ours[0], peer[0], "s", f"median of {RUNS}"), row("memory at first card", ours[1], peer[1], "MB RSS")]


def swipe():
    """A key press to the changed text, 30 times, beside the minimal page's button."""
    with browser() as chromium, tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        app, hello = Server(Path(one)).start(), Hello(Path(two)).start()
        page, small = chromium.new_page(), chromium.new_page()
        page.goto(app.url)
        page.wait_for_selector(".card img")
        time.sleep(2)
        small.goto(hello.url)
        small.wait_for_selector("text=0 pressed")
        # timed inside the page, so that the driver's own pauses do not count
        watch = """([text, act]) => new Promise((done) => { const began = performance.now(); const look = () =>
            document.body.innerText.includes(text) ? done(performance.now() - began) : setTimeout(look, 2); act === 'key' ?
            document.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true, composed: true})) :
            [...document.querySelectorAll('button')].find((one) => one.innerText.includes('Next')).click(); look() })"""
        ours, peer = [], []
        for count in range(1, SWIPES + 1):
            ours.append(page.evaluate(watch, [f"{count} swiped", "key"]))
            peer.append(small.evaluate(watch, [f"{count} pressed", "click"]))
            time.sleep(0.3)
        app.kill(), hello.kill()
    return [row("swipe to updated page", statistics.median(ours), statistics.median(peer), "ms", f"median of {SWIPES}")]


def embed():
    """One photo and a batch of 32 through the released model, beside PyTorch float32 eager (what most programs do)."""
    import numpy as np
    import torch
    from PIL import Image
    from fashflix.embedder import Embedder
    from fashflix.photo import frame
    from training.export import load_released
    embedder, net = Embedder.load(), load_released()
    rng = np.random.default_rng(0)
    photos = [Image.fromarray(rng.integers(0, 255, (640, 480, 3), np.uint8)) for _ in range(32)]

    @torch.no_grad()
    def eager(images):
        return net(torch.from_numpy(np.stack([frame(image, embedder.height, embedder.width) for image in images])).permute(0, 3, 1, 2).float())

    def timed(function, images):
        function(images)
        times = []
        for _ in range(RUNS):
            began = time.perf_counter()
            function(images)
            times.append(time.perf_counter() - began)
        return statistics.median(times)

    one = [timed(function, photos[:1]) * 1000 for function in (embedder.embed, eager)]
    many = [32 / timed(function, photos) for function in (embedder.embed, eager)]
    return [row("embed one photo", *one, "ms"), row("embed 32 photos", *many, "photos/s")]


def build():
    """A catalogue of 2,000 real shop photos, beside only decoding and embedding them with PyTorch float32 eager (200 of them)."""
    import io
    import numpy as np
    import pyarrow.parquet as parquet
    import torch
    from PIL import Image
    from catalog.build import build as build_catalogue
    from fashflix.embedder import Embedder
    from fashflix.photo import frame
    from training.export import load_released
    from training.sources import DATA
    source = DATA / "myntra_224.parquet"
    if not source.exists():
        print(f"build: skipped, {source} is absent (set FASHFLIX_DATA)")
        return []
    embedder, net = Embedder.load(), load_released()
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        count, _ = build_catalogue(source, Path(folder) / "out", embedder, limit=2000, progress=False)
        ours = count / (time.perf_counter() - began)
    data = parquet.ParquetFile(source).read_row_group(0, ["image"])["image"].to_pylist()[:200]
    began = time.perf_counter()
    with torch.no_grad():
        for begin in range(0, 200, 32):
            pixels = [frame(Image.open(io.BytesIO(one)).convert("RGB"), embedder.height, embedder.width) for one in data[begin:begin + 32]]
            net(torch.from_numpy(np.stack(pixels)).permute(0, 3, 1, 2).float())
    return [row("build a catalogue of 2,000 photos", ours, 200 / (time.perf_counter() - began), "photos/s")]


def feed():
    """The next cards after fifty swipes, beside the first rule of FashFlix at its barest."""
    from tests.benchmarks.feed import SIZES, steps
    return [row(f"feed step, {count:,} products", *steps(count), "ms of CPU", "peer: EMA, every vector, best twelve") for count in SIZES]


JOBS = {"start": start, "swipe": swipe, "embed": embed, "build": build, "feed": feed}


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("jobs", nargs="*", metavar="NAME", help=f"{', '.join(JOBS)}; default: all")
    parser.add_argument("--json", type=Path, help="write the rows there")
    given = parser.parse_args()
    if unknown := set(given.jobs) - set(JOBS):
        parser.error(f"no benchmark named {', '.join(unknown)}; there are {', '.join(JOBS)}")
    rows = [one for job in given.jobs or JOBS for one in JOBS[job]()]
    for one in rows:
        print(f"{one['job']:36} {one['ours']:10.1f} {one['peer']:10.1f} {one['unit']:10} x{one['ratio']:.2f}  {one['note']}")
    if given.json:
        given.json.write_text(json.dumps({"command": "python -m tests.benchmarks " + " ".join(given.jobs), "machine": machine(), "rows": rows}, indent=1) + "\n")


if __name__ == "__main__":
    main()
