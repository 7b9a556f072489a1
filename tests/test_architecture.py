"""The house rules of imports, read from the source."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOMES = {       # library -> the only places that may import it
    "streamlit": ("app", "pages", "fashflix.ui"),
    "starlette": ("fashflix.ui.web",),
    "faiss": ("fashflix.index",),
    "tinydb": ("fashflix.documents",),
    "openvino": ("fashflix.embedder", "fashflix.garments"),
    "torch": ("training",),
    "torchvision": ("training",),
    "onnx": ("training",),
    "bs4": ("catalog",),
    "requests": ("catalog",),
    "lxml": ("catalog",),
    "urllib3": ("catalog",),
    "protego": ("catalog.robots",),
    "defusedxml": ("catalog",),
    "openpyxl": ("catalog",),
    "charset_normalizer": ("catalog",),
    "pandas": ("catalog", "training"),
    "numba": ("catalog.studio",),
    "cv2": ("catalog.studio",),
    "matplotlib": ("training",),
    "scipy": ("catalog.studio", "training"),
}
OURS_ALLOWED = {    # package -> what of ours it may import
    "app": ("fashflix",),
    "pages": ("fashflix",),
    "fashflix": ("fashflix",),
    "training": ("training", "fashflix.photo", "fashflix.embedder", "fashflix.index", "fashflix.vocabulary", "fashflix.settings",
                 "fashflix.errors", "fashflix.freshness", "fashflix.garments"),
    "training.taste": ("training", "fashflix.photo", "fashflix.embedder", "fashflix.errors", "fashflix.catalogue", "fashflix.confidence",
                       "fashflix.simulate"),        # the one workshop that plays with the product
    "catalog": ("catalog", "fashflix.photo", "fashflix.embedder", "fashflix.catalogue", "fashflix.vocabulary", "fashflix.settings",
                "fashflix.errors"),
    "fashflix.preference": ("fashflix.preference", "fashflix.errors"),
    "fashflix.index": ("fashflix.errors",),
    "fashflix.recommend": ("fashflix.catalogue", "fashflix.index", "fashflix.preference", "fashflix.opinions", "fashflix.shortlist",
                           "fashflix.feed", "fashflix.lists", "fashflix.lanes", "fashflix.reasons", "fashflix.attributes", "fashflix.words",
                           "fashflix.confidence"),
    "fashflix.confidence": ("fashflix.errors", "fashflix.settings"),
    "fashflix.simulate": ("fashflix.simulate", "fashflix.catalogue", "fashflix.confidence", "fashflix.errors", "fashflix.index", "fashflix.people",
                          "fashflix.preference", "fashflix.recommend", "fashflix.vocabulary"),
    "fashflix.feed": ("fashflix.shortlist",),
    "fashflix.lanes": ("fashflix.attributes", "fashflix.vocabulary"),
    "fashflix.reasons": ("fashflix.attributes",),
    "fashflix.attributes": ("fashflix.vocabulary",),
    "fashflix.words": ("fashflix.attributes", "fashflix.catalogue", "fashflix.vocabulary"),
    "fashflix.shortlist": (), "fashflix.lists": (), "fashflix.opinions": (),
}


def modules():
    for top in ("app.py", "pages", "fashflix", "training", "catalog"):
        path = ROOT / top
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            yield ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), file


def imports(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.name}: relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def inside(name, places):
    return any(name == place or name.startswith(place + ".") for place in places)


@pytest.mark.parametrize("name, file", modules(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_module_imports_only_what_the_house_allows(name, file):
    for imported in imports(file):
        library = imported.split(".")[0]
        if library in HOMES:
            assert inside(name, HOMES[library]), f"{name} imports {library}; its home is {', '.join(HOMES[library])}"
        if library in ("app", "pages", "fashflix", "training", "catalog", "tests"):
            rule = max((place for place in OURS_ALLOWED if inside(name, (place,))), key=len)       # the closest one
            assert inside(imported, OURS_ALLOWED[rule]) or imported == "fashflix", f"{name} imports {imported}"
        if inside(name, ("fashflix",)) and not inside(name, ("fashflix.ui",)):
            assert not inside(imported, ("fashflix.ui",)), f"{name}, of the core, imports {imported}"


def test_the_scan_sees_the_whole_house():
    assert {"app", "pages.swipe", "fashflix.recommend", "training.train", "catalog.build"} <= {name for name, _ in modules()}


def test_pages_and_app_are_thin():
    for name, file in modules():
        if inside(name, ("pages", "app")):
            assert len(file.read_text(encoding="utf-8").splitlines()) <= 80, name


def test_the_app_needs_no_pytorch_to_be_installed():
    needed = re.findall(r"^[a-z0-9-]+", (ROOT / "requirements.txt").read_text(), re.M)
    assert {"streamlit", "openvino", "faiss-cpu"} <= set(needed)
    assert not {"torch", "torchvision", "onnx", "numba", "opencv-python-headless", "scipy"} & set(needed)


def test_the_theme_loads_nothing_from_the_network():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert all(not face["url"].startswith("http") for face in config["theme"]["fontFaces"])


def test_every_line_of_the_readme_tree_names_something_that_exists():
    tree = (ROOT / "README.md").read_text(encoding="utf-8").split("<!-- tree -->")[1]
    paths = re.findall(r"^    (\S+)", tree, re.M)
    assert len(paths) > 20
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_no_file_in_git_is_larger_than_hosting_takes():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout, so there is no list of committed files")
    assert [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file() and (ROOT / name).stat().st_size > 50_000_000] == []
