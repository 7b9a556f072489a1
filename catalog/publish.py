"""A finished catalogue folder takes the place of the old one, whole or not at all."""

import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from fashflix.catalogue import MANIFEST, SCHEMA_VERSION, sha256_of, verify
from fashflix.errors import SourceError

MARK = ".fashflix-build-"


@contextmanager
def building(out):
    """A new folder beside `out` to build in; it replaces `out` when the block ends, and vanishes when the block raises.

    Raises SourceError when `out` holds something that is not a catalogue.
    """
    out = Path(out).absolute()
    if out.exists() and not (out / MANIFEST).exists() and (not out.is_dir() or any(out.iterdir())):
        raise SourceError(f"{out} exists and is not a FashFlix catalogue; it was left as it is. Choose another --out.")
    out.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{MARK}{out.name}-", dir=out.parent))
    folder.chmod(0o755)
    try:
        yield folder
        verify(folder)
        _swap(folder, out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_manifest(folder, rows, model_sha256, built, sources, showcase=(), attributes=()):
    """Write manifest.json over all files that lie in the folder, and make all of them durable.

    showcase: ids of the products to show first. attributes: the words of attributes.npy, if there is one.
    """
    files = {}
    for path in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
        _sync(path)
        files[path.relative_to(folder).as_posix()] = {"bytes": path.stat().st_size, "sha256": sha256_of(path)}
    manifest = {"schema_version": SCHEMA_VERSION, "rows": rows, "model_sha256": model_sha256, "built": built, "sources": sources,
                "showcase": list(showcase), "attributes": list(attributes), "files": files}
    path = Path(folder) / MANIFEST
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    _sync(path)


def _swap(folder, out):
    """Two renames: the old folder moves aside first, and comes back if the new one cannot move in."""
    aside = folder.with_name(folder.name + ".old")
    if out.exists():
        os.rename(out, aside)
    try:
        os.rename(folder, out)
    except OSError:
        if aside.exists():
            os.rename(aside, out)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _sync(path):
    with open(path, "rb+") as file:
        os.fsync(file.fileno())
