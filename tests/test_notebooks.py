"""The notebooks run from top to bottom, and no output is committed."""

import json
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_draws(path, monkeypatch):
    matplotlib = pytest.importorskip("matplotlib", reason="matplotlib is in requirements-dev.txt only")
    matplotlib.use("Agg")
    from matplotlib import pyplot
    monkeypatch.chdir(path.parent)
    pyplot.close("all")
    names = {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [] and cell["execution_count"] is None
            exec(compile("".join(cell["source"]), path.name, "exec"), names)
    assert len(pyplot.get_fignums()) >= 3
    pyplot.close("all")


def test_there_is_a_notebook():
    assert NOTEBOOKS
